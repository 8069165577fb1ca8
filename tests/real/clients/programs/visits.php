<?php
// Reads a JSON list of visits, goes to each with PHP's https:// streams, writes a JSON line for each.

function go(array $visit): array
{
    $context = stream_context_create([
        'ssl' => ['cafile' => $visit['roots'], 'peer_name' => $visit['host']],
        'http' => [
            'method' => 'HEAD', 'timeout' => $visit['patience'], 'ignore_errors' => true, 'header' => "Host: {$visit['host']}",
        ],
    ]);
    $warnings = [];
    set_error_handler(function (int $level, string $text) use (&$warnings): bool {
        $warnings[] = preg_replace('/\s+/', ' ', $text); // OpenSSL's errors come on lines of their own.
        return true;
    });
    $address = $visit['connect'] === '' ? $visit['host'] : $visit['connect'];
    $where = str_contains($address, ':') ? "[$address]" : $address;
    $answer = file_get_contents("https://$where:{$visit['port']}/", false, $context);
    restore_error_handler();
    $words = implode("\n", $warnings);
    // What breaks after a good handshake says nothing on the certificate, unless TLS itself complains.
    $late = str_contains($words, 'HTTP request failed') && !str_contains($words, 'SSL operation failed');
    return ['action' => $answer === false && !$late ? 'rejects' : 'accepts', 'words' => $words];
}

foreach (json_decode(stream_get_contents(STDIN), true) as $visit) {
    $said = go($visit);
    $words = json_encode($said['words'], JSON_INVALID_UTF8_SUBSTITUTE);
    echo "{\"action\": \"{$said['action']}\", \"words\": $words}\n";
}
