"""Diagnoses for the tests of remedies: every cause, on every kind of target."""

import functools
from collections.abc import Iterator
from dataclasses import replace

from certwizard.diagnosis.result import Cause, ChainRole, Diagnosis, Origin, PathLink, SentCertificate
from certwizard.domain.parsing import parse_certificate
from certwizard.domain.target import Starttls, Target, TargetKind
from certwizard.domain.vocabulary import CauseId, FieldId, Severity, Verdict
from certwizard.remedies.catalogue import remedies_for
from certwizard.remedies.model import Command, Remedy, Shell, Step
from certwizard.remedies.prevention import prevention_for
from certwizard.remedies.quoting import shell_for
from tests.factory import NOW, Issued, leaf, pki

FILES = Target(
    "chain.pem", TargetKind.FILES, server_name="www.example.com", files=("chain.pem",), key_file="key.pem"
)


def server(host: str, port: int = 443, starttls: Starttls | None = None, **changes: str | int) -> Target:
    """Return a server as target, its name the one sent."""
    values: dict[str, object] = {"server_name": host, **changes}
    return Target(f"{host}:{port}", TargetKind.SERVER, host, port, starttls=starttls, **values)  # type: ignore[arg-type]


TARGETS = {
    "web": server("www.example.com"),
    "other port": server("www.example.com", 8443),
    "connect": server("www.example.com", connect_host="2001:db8::5", connect_port=4433),
    "name": server("192.0.2.7", server_name="www.example.com"),
    "smtp": server("mail.example.com", 25, Starttls.SMTP),
    "imap": server("mail.example.com", 143, Starttls.IMAP),
    "imaps": server("mail.example.com", 993),
    "xmpp": server("chat.example.com", 5222, Starttls.XMPP),
    "postgres": server("db.example.com", 5432, Starttls.POSTGRES),
    "mysql": server("db.example.com", 3306, Starttls.MYSQL),
    "ldap": server("dir.example.com", 389, Starttls.LDAP),
    "private name": server("printer.home.arpa"),
    "public address": server("9.9.9.9"),
    "private address": server("10.1.2.3"),
    "address of version 6": server("fd00::7", 8443),
    "files": FILES,
    "files without a name": Target("a.pem", TargetKind.FILES, files=("a.pem", "my chain.pem")),
}

DETAILS = (
    "apex",
    "wildcard-depth",
    "near-miss",
    "underscore",
    "idn-form",
    "trailing-dot",
    "other-domain",
    "proxy",
    "unreachable",
    "connected",
    "unrecognized-name",
    "keyCompromise",
    "balancer",
    "key-kind",
    "long-greeting",
    "intolerant",
    "dh-small",
    "none",
    "staple-outdated",
    "header",
    "built-in",
)
"""The details of causes that choose a variant of a step."""


ON_DISK: list[dict[str, object]] = [
    {"path": "/etc/ssl/it's new.pem", "standing": "newer", "to_load": True},
    {"path": "/etc/nginx/old.pem", "standing": "same", "named_in": "/etc/nginx/nginx.conf", "to_load": False},
]
"""Evidence on the files of the server's machine."""


def cause(identity: CauseId, **changes: object) -> Cause:
    """Return a cause on the certificate sent first."""
    values: dict[str, object] = {
        "severity": Severity.ERROR,
        "headline": "Something is wrong.",
        "explanation": "It is explained here.",
        "field": FieldId.CHAIN,
        "seen": "one thing",
        "expected": "another thing",
        "certificate": 0,
    }
    return Cause(identity, **{**values, **changes})  # type: ignore[arg-type]


def sent(*chain: Issued) -> tuple[SentCertificate, ...]:
    """Return a chain as sent."""
    roles = (ChainRole.LEAF, *(ChainRole.INTERMEDIATE for _ in chain[1:]))
    return tuple(
        SentCertificate(index, role, parse_certificate(each.der))
        for index, (role, each) in enumerate(zip(roles, chain, strict=True))
    )


def link(issued: Issued, origin: Origin, index: int | None = None) -> PathLink:
    """Return one certificate of a path."""
    return PathLink(parse_certificate(issued.der), origin, ChainRole.LEAF, index)


def diagnosis(target: Target, *causes: Cause, **changes: object) -> Diagnosis:
    """Return a diagnosis of these causes; with the usual chain unless told otherwise."""
    values: dict[str, object] = {"sent": sent(*pki().chain), **changes}
    return Diagnosis(target, NOW, Verdict.REJECTED, "Clients reject this.", causes, (), **values)  # type: ignore[arg-type]


@functools.cache
def situations() -> dict[str, Diagnosis]:
    """Return one diagnosis of every cause for every kind of target, with and without certificates."""
    every = tuple(cause(identity) for identity in CauseId)
    above = tuple(cause(identity, certificate=1) for identity in CauseId)
    wildcard = leaf(pki().intermediate, ["*.example.com", "example.com"])
    found = {title: diagnosis(target, *every) for title, target in TARGETS.items()}
    found["nothing sent"] = diagnosis(TARGETS["web"], *every, sent=())
    found["smtp, nothing sent"] = diagnosis(TARGETS["smtp"], *every, sent=())
    found["above the leaf"] = diagnosis(TARGETS["web"], *above)
    found["wildcard"] = diagnosis(TARGETS["web"], *every, sent=sent(wildcard, pki().intermediate))
    found["with addresses"] = diagnosis(TARGETS["web"], *every, sent=sent_with_addresses())
    found["a plain port"] = diagnosis(server("mail.example.com", 25), cause(CauseId.NOT_TLS, seen="SMTP"))
    for detail in DETAILS:
        varied = (cause(identity, detail=detail) for identity in CauseId)
        found[detail] = diagnosis(TARGETS["web"], *varied)
    found["newer on disk"] = diagnosis(TARGETS["web"], *every, evidence={"installed": ON_DISK[:1]})
    elsewhere = (cause(identity, detail="other-file") for identity in CauseId)
    found["read elsewhere"] = diagnosis(TARGETS["web"], *elsewhere, evidence={"installed": ON_DISK})
    return found


def sent_with_addresses() -> tuple[SentCertificate, ...]:
    """Return a leaf as sent that names where its issuer, its OCSP service and its list are."""
    (only,) = sent(pki().leaf)
    certificate = replace(
        only.certificate,
        ca_issuer_urls=("ldap://pki.example/x", "http://pki.example/CA(1).crt"),
        ocsp_urls=("http://ocsp.pki.example",),
        crl_urls=("http://pki.example/list.crl",),
    )
    return (replace(only, certificate=certificate),)


@functools.cache
def all_remedies() -> dict[str, tuple[Remedy, ...]]:
    """Return every remedy of every situation."""
    found = {title: remedies_for(each) + prevention_for(each) for title, each in situations().items()}
    web = situations()["web"]
    found["with a CA file"] = remedies_for(web, ca_files=("/srv/our ca/root.crt",))
    return found


def every_step() -> Iterator[tuple[str, Step]]:
    """Yield each step with a title that says where it stands."""
    for title, remedies in all_remedies().items():
        for remedy in remedies:
            for step in remedy.steps:
                yield f"{title}: {remedy.id}", step


def commands_of(step: Step) -> Iterator[tuple[Command, Shell]]:
    """Yield each command of a step with the shell it is for."""
    for command in (step.command, step.verify):
        if command is not None:
            yield command, shell_for(step)


def programs(command: Command | None) -> Iterator[tuple[str, ...]]:
    """Yield the arguments of each program of a command, in its order."""
    while command is not None:
        yield from command.pipeline
        command = command.then
