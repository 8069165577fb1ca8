"""The phases of a probe in words."""

from certwizard.domain.progress import Phase

TITLES: dict[Phase, str] = {
    Phase.RESOLVE: "Resolve",
    Phase.CONNECT: "Connect",
    Phase.HANDSHAKE: "Handshake",
    Phase.READ: "Read files",
    Phase.CHAIN: "Missing links",
    Phase.TRUST: "Trust stores",
    Phase.REVOCATION: "Revocation",
}

WHAT: dict[Phase, str] = {
    Phase.RESOLVE: "ask for the addresses of the name",
    Phase.CONNECT: "open a connection to each address",
    Phase.HANDSHAKE: "shake hands, receive certificates",
    Phase.READ: "read the certificates from the files",
    Phase.CHAIN: "fetch what the server did not send",
    Phase.TRUST: "look for the root in the trust stores",
    Phase.REVOCATION: "ask whether it was withdrawn",
}
