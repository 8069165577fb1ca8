# Reads a JSON list of visits, goes to each with LWP::UserAgent over IO::Socket::SSL, writes a JSON line for each.
use strict;
use warnings;
use JSON::PP;
use LWP::UserAgent;
use LWP::Protocol::https;

$| = 1;
local $/;

for my $visit (@{decode_json(<STDIN>)}) {
    my ($host, $address) = ($visit->{host}, $visit->{connect} || $visit->{host});
    $address = "[$address]" if $address =~ /:/;
    # LWP has no option for the address alone, so it is given to the socket, and the name to what checks it.
    @LWP::Protocol::http::EXTRA_SOCK_OPTS = (
        PeerAddr => $address, PeerHost => $address, SSL_verifycn_name => $host,
        SSL_hostname => ($host =~ /^[\d.]+$|:/ ? '' : $host),
    );
    my $agent = LWP::UserAgent->new(
        timeout => $visit->{patience}, keep_alive => 0, ssl_opts => { SSL_ca_file => $visit->{roots} },
    );
    my $url = 'https://' . ($host =~ /:/ ? "[$host]" : $host) . ":$visit->{port}/";
    my $answer = $agent->head($url);
    my $failed = ($answer->header('Client-Warning') // '') eq 'Internal response';
    my $words = $answer->status_line . ($failed ? ' ' . ($answer->decoded_content // '') : '');
    # These come after a good handshake, and say nothing on the certificate. (A server that wants a certificate of the
    # client closes without a word; every other one here answers.)
    $failed = 0 if $words =~ /^500 (?:write failed|read failed|Status read failed)/ && $words !~ /alert/;
    printf "{\"action\": \"%s\", \"words\": %s}\n", $failed ? 'rejects' : 'accepts',
        JSON::PP->new->ascii->allow_nonref->encode($words);
}
