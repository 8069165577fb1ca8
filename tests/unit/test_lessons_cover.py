"""Every field and extension that certificates of the wild and of test suites show has its lesson."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import cryptography_vectors
import pytest

from certwizard.domain.parsing import parse_certificate
from certwizard.domain.vocabulary import FieldId
from certwizard.knowledge.lessons import LessonKind, all_lessons, find_by_key, find_lesson, lesson_ids
from certwizard.knowledge.part_lessons import fallback, lesson_on_extension, lesson_on_part
from certwizard.lab.der import elements, sequence, tlv, value_span
from tests.factory import pki
from tests.lesson_cover import GENERAL, anatomy, unexplained

LIMBO = Path(__file__).resolve().parents[2].parent / "shared" / "x509-limbo" / "cases.json"
FACTS = LIMBO.parents[1] / "facts" / "topics.md"
VECTORS = Path(cryptography_vectors.__file__).parent / "x509"
BLOCK = re.compile(r"-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----(.*?)-----END", re.DOTALL)


def blocks(text: str) -> Iterator[bytes]:
    """The certificates in PEM, without caring for headers and stray characters."""
    for block in BLOCK.findall(text):
        yield b64decode(re.sub(r"[^A-Za-z0-9+/=]", "", block))


@cache
def vectors() -> dict[str, bytes]:
    """Every certificate of the vectors of cryptography, also what is broken; by its file."""
    found = {}
    for path in sorted(VECTORS.rglob("*")):
        if path.suffix == ".pem":
            for number, der in enumerate(blocks(path.read_text("latin-1"))):
                found[f"{path.name}#{number}"] = der
        elif path.suffix in (".crt", ".der"):
            # Among them are CRLs, requests and OCSP answers: for the viewer, broken certificates.
            found[path.name] = path.read_bytes()
    return found


@cache
def limbo() -> tuple[bytes, ...]:
    """Every certificate of x509-limbo that is at hand."""
    text = json.dumps(json.loads(LIMBO.read_text(encoding="utf-8"))).replace("\\n", "\n")
    return tuple(blocks(text))


def test_every_part_of_every_certificate_of_the_vectors_has_a_lesson() -> None:
    assert len(vectors()) > 500
    assert {name: missing for name, der in vectors().items() if (missing := unexplained(der))} == {}


@pytest.mark.skipif(not LIMBO.exists(), reason="the cases of x509-limbo are not beside this checkout")
def test_every_part_of_every_certificate_of_limbo_has_a_lesson() -> None:
    assert len(limbo()) > 100
    assert [missing for der in limbo() if (missing := unexplained(der))] == []


def test_the_general_lesson_says_that_it_is_the_general_one_and_stands_only_where_that_is_stated() -> None:
    lesson = find_by_key(fallback())
    assert lesson is not None
    assert "this is the general one" in lesson.summary
    assert all(lesson_on_extension(oid) is lesson for oid in GENERAL)
    assert lesson_on_extension("1.3.6.1.4.1.99999.1") is lesson
    assert lesson_on_part("a-word-nobody-knows", None) is lesson
    assert lesson_on_part("", None) is None


@pytest.mark.parametrize(
    ("oid", "key"),
    [
        ("2.5.29.17", "field/subject-alt-name"),
        ("2.5.29.33", "extension/policy-mappings"),
        ("1.3.6.1.4.1.311.99.1", "extension/microsoft"),
        ("1.3.6.1.4.1.3110.1", "field/other-extension"),
        ("2.16.840.1.113730.1.8", "extension/netscape"),
        ("2.16.840.1.113730.10", "field/other-extension"),
    ],
)
def test_an_extension_opens_its_own_lesson_or_the_one_of_its_arc(oid: str, key: str) -> None:
    lesson = lesson_on_extension(oid)
    assert lesson is not None
    assert lesson.key == key


def test_every_lesson_on_an_extension_is_opened_by_something() -> None:
    opened = {lesson_on_part(topic, None) for topic in ("unique-ids", *_every_topic())}
    keys = {lesson.key for lesson in opened if lesson}
    assert {f"extension/{name}" for name in lesson_ids(LessonKind.EXTENSION)} <= keys


def _every_topic() -> list[str]:
    from certwizard.knowledge.part_lessons import _table

    return [*_table().exactly, *_table().below]


def test_what_stands_in_no_certificate_has_a_lesson_under_its_field() -> None:
    assert all(find_lesson(LessonKind.FIELD, field) for field in FieldId)


def test_old_unique_identifiers_are_shown_and_explained() -> None:
    body, *rest = elements(value_of(pki().leaf.der))
    fields = list(elements(value_of(body)))
    fields[-1:-1] = [tlv(0x81, b"\x00\xab"), tlv(0x82, b"\x00\xcd\xef")]
    root = anatomy(sequence(sequence(*fields), *rest))
    parts = [part for part in root.children if part.topic == "unique-ids"]
    assert [(part.label, part.value) for part in parts] == [
        ("Unique id of the issuer (issuerUniqueID)", "ab"),
        ("Unique id of the owner (subjectUniqueID)", "cd:ef"),
    ]
    assert all(part.end - part.start == size for part, size in zip(parts, (4, 5), strict=True))


def value_of(der: bytes) -> bytes:
    """The value inside a DER element."""
    start, end = value_span(der)
    return der[start:end]


def test_what_cannot_be_read_opens_the_lesson_on_broken_encoding() -> None:
    root = anatomy(b"\x30\x03\x02\x01\x01")
    assert parse_certificate(b"\x30\x03\x02\x01\x01").problems
    (fault,) = [part for part in root.children if part.label == "Fault"]
    lesson = lesson_on_part(fault.topic, fault.field)
    assert lesson is not None
    assert lesson.key == "cause/malformed"


def test_from_the_checks_every_lesson_is_reached_by_links() -> None:
    reached: set[str] = set()
    waiting = [f"check/{name}" for name in lesson_ids(LessonKind.CHECK)]
    while waiting:
        key = waiting.pop()
        lesson = find_by_key(key)
        if key not in reached and lesson is not None:
            reached.add(key)
            waiting += lesson.see_also
    assert {lesson.key for lesson in all_lessons()} - reached == set()


TOPICS = {
    "the message": ("term/invalid-certificate",),
    "expired certificate": ("cause/expired", "cause/not-yet-valid", "check/dates", "term/renewal"),
    "domain mismatch": ("cause/hostname-mismatch", "cause/no-san", "check/name"),
    "untrusted or unknown CA": ("cause/untrusted-root", "term/root-store", "term/private-ca"),
    "self-signed": ("cause/self-signed",),
    "improper installation": (
        *("check/installation", "cause/missing-intermediate", "cause/wrong-order", "cause/key-mismatch"),
        *("cause/wrong-certificate-served", "cause/not-reloaded"),
    ),
    "revoked": ("cause/revoked", "term/ocsp", "term/stapling", "term/crl", "cause/revocation-unknown"),
    "malicious intent": ("term/man-in-the-middle", "cause/interception", "cause/captive-portal"),
    "weak or wrong certificate": (
        *("cause/weak-key", "cause/weak-signature", "cause/wrong-usage", "cause/validity-too-long"),
        "cause/ct-missing",
    ),
    "browser messages": ("term/browser-warning",),
    "is it safe to proceed": ("term/safe-to-proceed",),
    "what to do as a visitor": ("term/safe-to-proceed", "term/browser-warning"),
    "tools": ("term/openssl-tool", "term/certbot", "term/browser-tools"),
    "monitoring": ("cause/expiring-soon", "term/certificate-management"),
    "automated renewal": ("term/renewal", "term/acme", "term/certbot"),
    "documentation and inventory": ("term/certificate-management",),
    "certificate policy": ("term/certificate-policy",),
    "certificate management": ("term/ca-choice", "term/dv-ov-ev", "term/wildcard", "term/ca"),
}
"""The topics of the mission (shared/facts/topics.md) by their first words, and the lessons that teach them."""
WORDS = {
    "term/invalid-certificate": ("-1202", "The certificate for this server is invalid"),
    "term/browser-warning": (
        *("Your connection is not private", "Warning: Potential Security Risk Ahead"),
        *("This Connection Is Not Private", "Edge"),
    ),
    "term/safe-to-proceed": ("clock", "owner"),
    "term/browser-tools": ("SSL Labs",),
    "term/certificate-management": ("inventory", "certwizard check"),
    "term/renewal": ("reload",),
    "term/man-in-the-middle": ("password",),
}
"""Words of a topic that its lesson has to say."""


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_of_the_mission_is_a_lesson_or_inside_one(topic: str) -> None:
    assert [key for key in TOPICS[topic] if find_by_key(key) is None] == []


@pytest.mark.parametrize("key", WORDS)
def test_a_lesson_says_the_words_that_people_come_with(key: str) -> None:
    lesson = find_by_key(key)
    assert lesson is not None
    text = " ".join(f"{lesson.title} {lesson.summary} {lesson.body_markdown}".split())
    assert [word for word in WORDS[key] if word.casefold() not in text.casefold()] == []


@pytest.mark.skipif(not FACTS.exists(), reason="the list of topics is not beside this checkout")
def test_the_list_of_topics_has_none_that_is_not_named_here() -> None:
    rows = re.findall(r"^\| (.+?) \|", FACTS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    listed = [row.strip('"“”') for row in rows if row not in ("topic", "---")]
    assert len(listed) >= 18
    assert [row for row in listed if not any(row.startswith(topic) for topic in TOPICS)] == []
