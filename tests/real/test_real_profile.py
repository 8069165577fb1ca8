"""OpenSSL and the verifier of pyca/cryptography do with each broken rule what the table says of them."""

import re
import subprocess
from base64 import encodebytes
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509 import verification

from certwizard.domain.vocabulary import CauseId
from certwizard.knowledge.clients import find_profile
from certwizard.knowledge.profile_rules import profile_rules
from tests import factory as f
from tests.profile_breakers import BREAKERS, Chain
from tests.real.real_servers import program

each_rule = pytest.mark.parametrize("rule", list(BREAKERS))
PYCA = "pyca/cryptography"


def pem(certificate: bytes) -> str:
    body = encodebytes(certificate).decode("ascii")
    return f"-----BEGIN CERTIFICATE-----\n{body}-----END CERTIFICATE-----\n"


def openssl(chain: Chain, folder: Path, *options: str) -> str:
    """Return what OpenSSL has against a chain, nothing where it accepts."""
    texts = {"leaf": pem(chain.sent[0]), "more": "".join(map(pem, chain.sent[1:])), "root": pem(chain.root)}
    for name, text in texts.items():
        (folder / name).write_text(text, "ascii")
    at = ["-attime", str(int(f.NOW.timestamp())), "-purpose", "sslserver", *options]
    done = subprocess.run(
        [program("openssl"), "verify", *at, "-CAfile", "root", "-untrusted", "more", "leaf"],
        cwd=folder, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    return "" if done.returncode == 0 else done.stdout + done.stderr


def pyca_accepts(chain: Chain) -> bool:
    """Return whether the strict verifier of cryptography takes a chain."""
    try:
        loaded = [x509.load_der_x509_certificate(each) for each in (*chain.sent, chain.root)]
        policy = verification.PolicyBuilder().store(verification.Store(loaded[-1:])).time(f.NOW)
        policy.build_server_verifier(x509.DNSName(f.HOST)).verify(loaded[0], loaded[1:-1])
    except (verification.VerificationError, ValueError):
        return False
    return True


@each_rule
def test_openssl_accepts_unless_it_is_told_to_be_strict(rule: str, tmp_path: Path) -> None:
    accepts = "openssl" not in profile_rules()[rule].clients

    assert (openssl(BREAKERS[rule](), tmp_path) == "") is accepts


@each_rule
def test_strict_openssl_refuses_what_python_refuses_and_in_those_words(rule: str, tmp_path: Path) -> None:
    python = find_profile("python")
    assert python is not None
    said = openssl(BREAKERS[rule](), tmp_path, "-x509_strict")

    message = python.message(CauseId.PROFILE_VIOLATION, rule)
    assert bool(said) is ("python" in profile_rules()[rule].clients)
    assert message is not None
    if said:
        words = re.search(r"verify failed: (.*) \(_ssl", message.text)
        assert words is not None
        assert words.group(1) in said


@each_rule
@pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
def test_the_strict_verifier_refuses_what_the_table_says(rule: str) -> None:
    row = profile_rules()[rule]
    if row.clients:
        return  # There the table names clients alone.
    assert pyca_accepts(BREAKERS[rule]()) is (PYCA not in row.strict)
