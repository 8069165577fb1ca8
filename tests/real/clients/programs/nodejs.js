// Reads a JSON list of visits, goes to each with https.get, writes a JSON line for each.
'use strict';
const fs = require('fs');
const https = require('https');
const net = require('net');

function go(visit) {
  return new Promise(done => {
    const options = {host: visit.host, port: visit.port, ca: fs.readFileSync(visit.roots), agent: false, path: '/'};
    if (visit.connect) {
      const family = net.isIP(visit.connect);
      options.lookup = (name, how, found) =>
        how.all ? found(null, [{address: visit.connect, family}]) : found(null, visit.connect, family);
    }
    let secure = false;
    current = words => done({action: 'rejects', words: `uncaught ${words}`});
    const request = https.get(options, answer => {
      answer.resume();
      answer.on('error', () => {});
      done({action: 'accepts', words: `${answer.statusCode}`});
    });
    request.on('close', () => done({action: 'rejects', words: 'closed without a word'}));
    request.setTimeout(visit.patience * 1000, () => request.destroy(new Error('timed out')));
    request.on('socket', socket => socket.on('secureConnect', () => { secure = socket.authorized; }));
    request.on('error', error => {
      // What breaks after a good handshake says nothing on the certificate, except that the server wants one.
      const wanted = /certificate.required/i.test(error.code + error.message);
      done({action: secure && !wanted ? 'accepts' : 'rejects', words: `${error.code} ${error.message}`});
    });
  });
}

// What Node.js throws while it compares names reaches no listener; the visit ends with it.
let current = () => {};
process.on('uncaughtException', error => current(`${error.code} ${error.message}`));

(async () => {
  for (const visit of JSON.parse(fs.readFileSync(0, 'utf8'))) console.log(JSON.stringify(await go(visit)));
  process.exit(0);
})();
