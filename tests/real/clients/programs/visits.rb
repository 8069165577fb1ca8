# Reads a JSON list of visits, goes to each with Net::HTTP, writes a JSON line for each.
require "json"
require "net/http"

$stdout.sync = true

def connected(visit)
  http = Net::HTTP.new(visit["host"], visit["port"], nil)
  http.ipaddr = visit["connect"] unless ["", visit["host"]].include?(visit["connect"])
  http.use_ssl = true
  http.ca_file = visit["roots"]
  http.open_timeout = http.read_timeout = http.ssl_timeout = visit["patience"]
  http.max_retries = 0
  http.start
end

def go(visit)
  http = connected(visit)
  begin
    { "action" => "accepts", "words" => http.head("/").code }
  rescue OpenSSL::SSL::SSLError
    raise
  rescue StandardError => error
    { "action" => "accepts", "words" => "after the handshake: #{error.class}: #{error.message}" }
  end
rescue StandardError => error
  { "action" => "rejects", "words" => "#{error.class}: #{error.message}".scrub }
end

JSON.parse($stdin.read).each do |visit|
  answer = go(visit)
  puts %({"action": #{answer["action"].to_json}, "words": #{answer["words"].to_json}})
end
