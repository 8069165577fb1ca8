// Reads a JSON list of visits, goes to each with Deno, whose TLS is rustls, writes a JSON line for each.
const certificates = new Map();

async function go(visit) {
  if (!certificates.has(visit.roots)) {
    const text = await Deno.readTextFile(visit.roots);
    certificates.set(visit.roots, text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g));
  }
  const raw = await Deno.connect({ hostname: visit.connect || visit.host, port: visit.port });
  const secured = await Deno.startTls(raw, { hostname: visit.host, caCerts: certificates.get(visit.roots) });
  await secured.handshake();
  try {
    const question = `HEAD / HTTP/1.1\r\nHost: ${visit.host}\r\nConnection: close\r\n\r\n`;
    await secured.write(new TextEncoder().encode(question));
    await secured.read(new Uint8Array(1));
  } catch (error) {
    // What breaks after a good handshake says nothing on the certificate, unless TLS itself complains.
    if (error.message.includes("alert")) throw error;
  }
}

function late(seconds) {
  return new Promise((_, reject) => setTimeout(() => reject(new Error("timed out")), seconds * 1000));
}

for (const visit of await new Response(Deno.stdin.readable).json()) {
  let answer = { action: "accepts", words: "" };
  try {
    await Promise.race([go(visit), late(visit.patience)]);
  } catch (error) {
    answer = { action: "rejects", words: `${error.name}: ${error.message}` };
  }
  console.log(`{"action": "${answer.action}", "words": ${JSON.stringify(answer.words)}}`);
}
Deno.exit(0);
