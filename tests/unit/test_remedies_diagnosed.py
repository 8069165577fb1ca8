"""Remedies of real diagnoses, from an observation on."""

import hashlib
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID

from certwizard.diagnosis.diagnose import diagnose
from certwizard.domain.vocabulary import CauseId
from certwizard.remedies.catalogue import remedies_for
from certwizard.remedies.loading import remedies_of
from certwizard.remedies.model import Remedy
from certwizard.remedies.platforms import steps_for
from certwizard.remedies.quoting import render
from tests.factory import HOST, NOW, Issued, aia, files_observation, leaf, observation, pki


def lines(found: tuple[Remedy, ...], identity: str) -> list[str]:
    remedy = next(remedy for remedy in found if remedy.id == identity)
    return [render(step.command) for step in remedy.steps if step.command is not None]


def with_address(url: str) -> Issued:
    """Return a leaf that names where its issuer is to be had."""
    place = x509.UniformResourceIdentifier(url)
    access = x509.AccessDescription(AuthorityInformationAccessOID.CA_ISSUERS, place)
    return leaf(pki().intermediate, having=[x509.AuthorityInformationAccess([access])])


def test_the_intermediate_is_fetched_from_the_address_that_the_leaf_names() -> None:
    url = "http://pki.example/CA(1).crt"
    bare = with_address(url)
    seen = observation([bare], anchors=[pki().root], fetches=(aia(bare, pki().intermediate, url),))
    written = lines(remedies_for(diagnose(seen)), "missing-intermediate-add")
    assert f"curl -fsS '{url}' | openssl x509 -inform DER -out intermediate-1.pem" in written
    assert "cat new-leaf.pem intermediate-1.pem > new-fullchain.pem" in written


def test_an_address_with_shell_text_is_not_offered() -> None:
    url = "http://pki.example/$(reboot)'`id`"
    bare = with_address(url)
    seen = observation([bare], anchors=[pki().root], fetches=(aia(bare, pki().intermediate, url),))
    written = lines(remedies_for(diagnose(seen)), "missing-intermediate-add")
    assert not any("pki.example" in line for line in written)
    assert "cat new-leaf.pem intermediate-1.pem > new-fullchain.pem" in written


def test_a_chain_with_its_ca_first_is_turned_round() -> None:
    seen = observation([pki().intermediate, pki().leaf], anchors=[pki().root])
    found = remedies_for(diagnose(seen))
    assert found[0].cause is CauseId.WRONG_ORDER
    assert "cat sent-2.pem sent-1.pem > new-fullchain.pem" in lines(found, "wrong-order-rejoin")


def test_the_same_diagnosis_gives_the_same_remedies() -> None:
    case = diagnose(observation([leaf(pki().intermediate, days=(-90, -3))], at=NOW))
    assert remedies_for(case)
    assert remedies_for(case) == remedies_for(case)


def test_nothing_wrong_needs_no_remedy() -> None:
    healthy = diagnose(observation(pki().chain, HOST, anchors=[pki().root]))
    assert healthy.causes == ()
    assert remedies_for(healthy) == ()


def test_files_made_anew_are_proved_and_not_the_faulty_ones() -> None:
    seen = files_observation([leaf(None)])
    proof = lines(remedies_for(diagnose(seen)), "self-signed-own-ca")[-1]
    assert proof == (
        "certwizard check --file new-fullchain.pem --name www.example.com --ca-file private-ca.crt"
    )


def test_files_that_no_step_makes_are_proved_as_they_were_given() -> None:
    given = leaf(pki().intermediate, days=(30, 60))
    proofs = [
        render(step.verify)
        for remedy in remedies_for(
            diagnose(files_observation([given, pki().intermediate], anchors=[pki().root]))
        )
        if not any("new-fullchain.pem" in render(s.command) for s in remedy.steps if s.command)
        for step in remedy.steps
        if step.verify is not None
    ]
    assert "certwizard check --file chain.pem --name www.example.com" in proofs


def test_a_store_that_holds_no_root_is_repaired_with_the_root_and_not_with_what_it_holds() -> None:
    seen = files_observation([pki().leaf], anchors=[pki().intermediate])
    written = lines(remedies_for(diagnose(seen), ca_files=("inter.pem",)), "untrusted-root-hand-out-root")
    assert not any("inter.pem" in line for line in written)
    assert written[-1] == "certwizard check --file chain.pem --name www.example.com --ca-file root.crt"


def test_a_new_certificate_is_not_proved_with_the_old_one_as_its_root() -> None:
    itself = leaf(None, ["other.internal"])
    seen = observation([itself], "www.internal", anchors=[itself], anchor_stores=("ca-file",))
    found = remedies_for(diagnose(seen), ca_files=("itself.pem",))
    written = lines(found, "hostname-mismatch-reissue")
    assert not any("itself.pem" in line for line in written)
    assert any("-CAfile private-ca.crt" in line for line in written)


def without_its_intermediate() -> Remedy:
    """The remedy for a chain whose intermediate is to be had."""
    url = "http://pki.example/ca.crt"
    bare = with_address(url)
    seen = observation([bare], anchors=[pki().root], fetches=(aia(bare, pki().intermediate, url),))
    return next(each for each in remedies_for(diagnose(seen)) if each.id == "missing-intermediate-add")


@pytest.mark.parametrize("platform", ["nginx", "apache", "haproxy"])
def test_the_new_chain_is_put_into_place_before_a_server_is_pointed_at_it(platform: str) -> None:
    steps = steps_for(without_its_intermediate(), platform, "ca")
    commands = [render(step.command) if step.command else "" for step in steps]
    placed = [place for place, line in enumerate(commands) if "install -D" in line]
    pointed = [place for place, step in enumerate(steps) if step.snippet]
    assert len(placed) == 1
    assert steps[placed[0]].needs_root
    assert placed[0] < pointed[0]


def test_on_windows_the_intermediate_goes_into_its_store_and_no_command_of_linux_is_named() -> None:
    steps = steps_for(without_its_intermediate(), "iis", "ca")
    written = [render(step.command) for step in steps if step.command is not None]
    assert "certutil -addstore CA intermediate-1.pem" in written
    assert not any(line.startswith("sudo ") or "pkcs12" in line for line in written)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
def test_the_search_for_the_right_key_names_each_key_with_the_hash_to_compare(tmp_path: Path) -> None:
    template = next(remedy for remedy in remedies_of(CauseId.KEY_MISMATCH) if remedy.slug == "match")
    line = next(step.run for step in template.steps if step.run and "find " in step.run)
    script = line.replace("sudo ", "").replace("/etc/letsencrypt /etc/ssl", shlex.quote(str(tmp_path)))
    assert str(tmp_path) in script
    key = tmp_path / "a b.key"
    subprocess.run(
        ["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", str(key)],
        check=True, capture_output=True,
    )  # fmt: skip
    (tmp_path / "no-key.pem").write_text("nothing")
    public = subprocess.run(["openssl", "pkey", "-in", str(key), "-pubout"], check=True, capture_output=True)
    digest = hashlib.sha256(public.stdout).hexdigest()
    told = subprocess.run(["sh", "-c", script], check=False, capture_output=True, text=True).stdout
    assert str(key) in told
    assert digest in told
    assert "no-key" not in told
