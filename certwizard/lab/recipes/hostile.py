"""A good chain whose texts try to take over the screen, the markup and the shell of whoever reads them."""

from cryptography import x509
from cryptography.x509.oid import NameOID

from certwizard.lab.bench import Bench
from certwizard.lab.plan import intermediate_plan
from certwizard.lab.recipes.build import Build
from certwizard.lab.scenario import OpenScenario

_ESCAPES = "\x1b]0;owned\x07\x1b[2J\x1b[31mGOOD\x1b[0m\x9b1m"
_MARKUP = "[/x][bold red]ok[/] [@click=app.quit]x[/] <b>&amp;"
_BIDI = "\u202egnp.exe\u2066 \u200b\ufeff"
_SHELL = "$(touch /tmp/x) `id` '; rm -rf ~ #\" %PATH% | & > x"
_LINES = "line one\r\nline two\n\x00\ttab\x08\x7f"


def _attribute(oid: x509.ObjectIdentifier, value: str) -> x509.NameAttribute[str]:
    return x509.NameAttribute(oid, value)


def _issuer() -> x509.Name:
    return x509.Name(
        [
            _attribute(NameOID.ORGANIZATION_NAME, _SHELL),
            _attribute(NameOID.ORGANIZATIONAL_UNIT_NAME, _MARKUP),
            _attribute(NameOID.COMMON_NAME, _ESCAPES),
        ]
    )


def _subject() -> x509.Name:
    return x509.Name(
        [
            _attribute(NameOID.ORGANIZATION_NAME, _LINES),
            _attribute(NameOID.ORGANIZATIONAL_UNIT_NAME, _BIDI),
            _attribute(NameOID.LOCALITY_NAME, _ESCAPES),
            _attribute(NameOID.COMMON_NAME, _MARKUP),
        ]
    )


def _hostile(bench: Bench) -> OpenScenario:
    authority = bench.authority("issuing", intermediate_plan(bench.now, "replaced").named(_issuer()))
    return bench.serve(bench.issue(bench.leaf().named(_subject()), by=authority))


BUILDERS: dict[str, Build] = {
    "hostile-text": _hostile,
}
