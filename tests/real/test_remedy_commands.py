"""The commands of the remedies do what they say, run by the real programs on loopback."""

from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from certwizard.diagnosis.result import Origin, SentCertificate
from certwizard.domain.target import Target, TargetKind
from certwizard.domain.vocabulary import CauseId
from certwizard.remedies.catalogue import remedies_for
from tests.factory import HOST, Issued, ec_key
from tests.real.real_servers import program
from tests.real.remedy_bench import (
    current_pki,
    file_server,
    holding,
    lines,
    pem,
    run,
    succeed,
    tls_server,
)
from tests.unit.remedies_cases import cause, diagnosis, link, sent, server


def behind(port: int, host: str = HOST) -> Target:
    """Return the target that stands at a loopback port."""
    return server(host, 443, connect_host="127.0.0.1", connect_port=port)


def test_key_and_request_hold_the_asked_names(tmp_path: Path) -> None:
    pki = current_pki([HOST, "example.com"])
    case = diagnosis(server(HOST), cause(CauseId.WEAK_KEY), sent=sent(*pki.chain))
    written = lines(remedies_for(case), "weak-key-new-key")
    for part in ("genpkey -algorithm EC", "-noout -check", "req -new", "req -in"):
        succeed(tmp_path, holding(written, part))
    request = x509.load_pem_x509_csr((tmp_path / f"{HOST}.new.csr").read_bytes())
    names = request.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == [HOST, "example.com"]
    assert (tmp_path / f"{HOST}.new.key").stat().st_mode & 0o077 == 0


def test_a_second_run_does_not_write_over_the_key(tmp_path: Path) -> None:
    written = lines(remedies_for(diagnosis(server(HOST), cause(CauseId.WEAK_KEY))), "weak-key-new-key")
    line = holding(written, "genpkey -algorithm EC")
    succeed(tmp_path, line)
    before = (tmp_path / f"{HOST}.new.key").read_bytes()
    assert run(tmp_path, line).returncode != 0
    assert (tmp_path / f"{HOST}.new.key").read_bytes() == before


@pytest.mark.parametrize("host", ["printer.home.arpa", "10.1.2.3"])
def test_the_private_ca_issues_what_strict_verifiers_accept(tmp_path: Path, host: str) -> None:
    found = remedies_for(diagnosis(server(host), cause(CauseId.SELF_SIGNED), sent=()))
    written = lines(found, "self-signed-own-ca")
    start = written.index(holding(written, "private-ca.key", "genpkey"))
    end = written.index(holding(written, "openssl verify -CAfile private-ca.crt"))
    for line in written[start : end + 1]:
        succeed(tmp_path, line, given="a pass phrase\na pass phrase\n")
    names = f"-verify_{'ip' if host[0] == '1' else 'hostname'} {host}"
    succeed(
        tmp_path,
        f"openssl verify -x509_strict -purpose sslserver -CAfile private-ca.crt {names} {host}.new.crt",
    )
    assert "ENCRYPTED" in (tmp_path / "private-ca.key").read_text()


BUILDING = (
    "-showcerts",
    "-out new-leaf.pem",
    "-in new-leaf.pem",
    "curl",
    "-in intermediate-1.pem",
    "cat new-leaf",
    "openssl verify",
)


def test_the_missing_intermediate_is_fetched_joined_served_and_proved(tmp_path: Path) -> None:
    files: dict[str, bytes] = {}
    with file_server(files) as shelf:
        url = f"http://127.0.0.1:{shelf}/CA(1).crt"
        pki = current_pki(aia=url)
        files["/CA(1).crt"] = pki.intermediate.der
        (tmp_path / "our root.crt").write_bytes(pem(pki.root))
        with tls_server(tmp_path, [pki.leaf]) as port:
            path = (link(pki.leaf, Origin.SENT, 0), link(pki.intermediate, Origin.FETCHED))
            case = diagnosis(
                behind(port), cause(CauseId.MISSING_INTERMEDIATE), sent=sent(pki.leaf), path=path
            )
            written = lines(remedies_for(case, ca_files=("our root.crt",)), "missing-intermediate-add")
            proof = holding(written, "s_client", "-verify_return_error")
            assert run(tmp_path, proof).returncode != 0
            assert run(tmp_path, written[-1]).returncode == 2
            for part in BUILDING:
                succeed(tmp_path, holding(written, part))
    assert (tmp_path / "new-fullchain.pem").read_bytes() == pem(*pki.chain)
    with tls_server(tmp_path, pki.chain) as port:
        assert "Verify return code: 0 (ok)" in succeed(tmp_path, prove_at(port, proof))
        succeed(tmp_path, prove_at(port, written[-1]))


def prove_at(port: int, line: str) -> str:
    """Return a proof's line with the port of the repaired server."""
    words = line.split("127.0.0.1:")
    return f"{words[0]}127.0.0.1:{port} {words[1].split(' ', 1)[1]}"


def test_a_chain_in_the_wrong_order_is_taken_apart_and_joined_rightly(tmp_path: Path) -> None:
    pki = current_pki()
    order = (pki.leaf, pki.root, pki.intermediate)
    path = tuple(link(issued, Origin.SENT, order.index(issued)) for issued in (*pki.chain, pki.root))
    with tls_server(tmp_path, order) as port:
        case = diagnosis(behind(port), cause(CauseId.WRONG_ORDER), sent=sent(*order), path=path)
        written = lines(remedies_for(case), "wrong-order-rejoin")
        for part in ("awk", "-in sent-1.pem", "cat sent-", "storeutl -noout -certs"):
            succeed(tmp_path, holding(written, part))
    assert (tmp_path / "new-fullchain.pem").read_bytes() == pem(*pki.chain)


def test_a_file_in_the_wrong_order_is_taken_apart_and_joined_rightly(tmp_path: Path) -> None:
    pki = current_pki()
    order = (pki.intermediate, pki.leaf)
    (tmp_path / "my chain.pem").write_bytes(b"some text before\n" + pem(*order))
    path = (link(pki.leaf, Origin.SENT, 1), link(pki.intermediate, Origin.SENT, 0))
    target = Target("my chain.pem", TargetKind.FILES, server_name=HOST, files=("my chain.pem",))
    case = diagnosis(target, cause(CauseId.WRONG_ORDER), sent=sent(*order), path=path)
    written = lines(remedies_for(case), "wrong-order-rejoin")
    for part in ("awk", "cat sent-"):
        succeed(tmp_path, holding(written, part))
    assert (tmp_path / "new-fullchain.pem").read_bytes() == pem(*pki.chain)


@pytest.mark.parametrize("fitting", [True, False])
def test_the_two_hashes_tell_whether_key_and_certificate_belong_together(
    tmp_path: Path, fitting: bool
) -> None:
    pki = current_pki()
    key = pki.leaf.key if fitting else ec_key("a stranger")
    (tmp_path / "chain.pem").write_bytes(pem(*pki.chain))
    (tmp_path / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    target = Target("chain.pem", TargetKind.FILES, files=("chain.pem",), key_file="key.pem")
    written = lines(remedies_for(diagnosis(target, cause(CauseId.KEY_MISMATCH))), "key-mismatch-match")
    of_certificate = succeed(tmp_path, holding(written, "-pubkey"))
    of_key = succeed(tmp_path, holding(written, "-pubout").replace("sudo ", ""))
    assert (of_certificate == of_key) is fitting


def untrusted(port: int, tmp_path: Path) -> list[str]:
    """Return what a client developer is told of a private root that stands beside the target."""
    target = server("localhost", port)
    case = diagnosis(target, cause(CauseId.UNTRUSTED_ROOT))
    return lines(remedies_for(case, ca_files=("root.crt",)), "untrusted-root-trust")


@pytest.fixture
def private(tmp_path: Path) -> Issued:
    """Write a private root and a chain for localhost below the test's folder."""
    pki = current_pki(["localhost"])
    (tmp_path / "root.crt").write_bytes(pem(pki.root))
    return pki.root


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("openssl", "-verify_return_error"),
        ("curl", "--cacert"),
        ("node", "NODE_EXTRA_CA_CERTS"),
    ],
)
def test_each_program_trusts_the_private_root_it_was_given(
    tmp_path: Path, private: Issued, name: str, part: str
) -> None:
    program(name)
    with tls_server(tmp_path, current_pki(["localhost"]).chain) as port:
        line = holding(untrusted(port, tmp_path), part)
        answer = run(tmp_path, line)
        assert answer.returncode == 0, f"{line}\n{answer.stdout}{answer.stderr}"
        if name == "curl":
            assert run(tmp_path, line.replace("--cacert root.crt ", "")).returncode == 60


def test_python_shows_the_refusal_and_its_number(tmp_path: Path, private: Issued) -> None:
    with tls_server(tmp_path, current_pki(["localhost"]).chain) as port:
        line = holding(untrusted(port, tmp_path), "python3", "wrap_socket")
        refused = run(tmp_path, line)
        assert "CERTIFICATE_VERIFY_FAILED" in refused.stderr
        assert succeed(tmp_path, line, SSL_CERT_FILE=str(tmp_path / "root.crt")).strip() == "TLSv1.3"


def test_the_python_bundle_holds_the_private_root_beside_the_public_ones(
    tmp_path: Path, private: Issued
) -> None:
    succeed(tmp_path, holding(untrusted(443, tmp_path), "certifi", "bundle.pem"))
    bundle = (tmp_path / "bundle.pem").read_bytes()
    assert pem(private).strip() in bundle
    assert bundle.count(b"BEGIN CERTIFICATE") > 50


def test_keytool_adds_the_root_to_a_store(tmp_path: Path, private: Issued) -> None:
    program("keytool")
    written = untrusted(443, tmp_path)
    # The store of the machine's own Java stays as it is: the same commands on a store of the test.
    add, show = (
        holding(written, part).replace("sudo ", "").replace("-cacerts", "-keystore store.p12")
        for part in ("-importcert", "-list")
    )
    succeed(tmp_path, add, given="yes\n")
    assert "trustedCertEntry" in succeed(tmp_path, show)


def test_git_takes_the_root_for_this_server_alone(tmp_path: Path, private: Issued) -> None:
    program("git")
    written = untrusted(8443, tmp_path)
    succeed(tmp_path, holding(written, "git config", "private-root.crt"))
    assert "private-root.crt" in succeed(tmp_path, holding(written, "git config", "--get"))
    assert '"https://localhost:8443/"' in (tmp_path / ".gitconfig").read_text()


def test_revocation_lists_are_fetched_and_read(tmp_path: Path) -> None:
    from datetime import UTC, datetime, timedelta

    from cryptography.hazmat.primitives import hashes

    pki = current_pki()
    now = datetime.now(UTC)
    revoked = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(pki.intermediate.certificate.subject)
        .last_update(now - timedelta(hours=1))
        .next_update(now + timedelta(days=1))
        .sign(pki.intermediate.key, hashes.SHA256())
    )
    with file_server({"/list.crl": revoked.public_bytes(Encoding.DER)}) as port:
        case = diagnosis(server(HOST), cause(CauseId.REVOCATION_UNKNOWN), sent=with_list(pki.leaf, port))
        written = lines(remedies_for(case), "revocation-unknown-look")
        assert "nextUpdate" in succeed(tmp_path, holding(written, "openssl crl"))


def with_list(issued: Issued, port: int) -> tuple[SentCertificate, ...]:
    """Return a certificate as sent that names a list at a loopback port."""
    from dataclasses import replace

    (only,) = sent(issued)
    url = f"http://127.0.0.1:{port}/list.crl"
    return (replace(only, certificate=replace(only.certificate, crl_urls=(url,))),)
