"""Every cause has a way out for everybody, and it ends with its proof."""

from datetime import UTC, datetime

import pytest

from certwizard.diagnosis.result import Origin
from certwizard.domain.vocabulary import CauseId, Role
from certwizard.remedies.catalogue import remedies_for
from certwizard.remedies.loading import prevention_remedies, recipe, remedies_of
from certwizard.remedies.model import Remedy, Step
from certwizard.remedies.quoting import render
from certwizard.remedies.situation import Situation
from certwizard.remedies.tags import tags_of
from certwizard.remedies.templates import places
from certwizard.remedies.values import known_places
from tests.factory import leaf, pki
from tests.unit.remedies_cases import (
    TARGETS,
    all_remedies,
    cause,
    commands_of,
    diagnosis,
    every_step,
    link,
    programs,
    sent,
    situations,
)

READS_ONLY = {
    ("nginx", "-t"), ("nginx", "-T"), ("apachectl", "-S"), ("haproxy", "-c"), ("ss", "-ltnp"),
    ("ufw", "status"), ("firewall-cmd", "--list-all"), ("nft", "list"), ("tail", "-n"), ("postfix", "status"),
    ("openssl", "x509"), ("openssl", "storeutl"), ("openssl", "pkey"), ("ls", "-l"),
    ("grep", "-rn"), ("grep", "-rnE"), ("mysql", "-e"), ("find", "/etc/letsencrypt"),
    ("certbot", "certificates"),
}  # fmt: skip
LISTS = {"missing_url", "missing_file", "missing_subject", "missing_reader"}


def lines(steps: tuple[Step, ...]) -> list[str]:
    return [render(command, shell) for step in steps for command, shell in commands_of(step)]


def remedy_of(found: tuple[Remedy, ...], identity: str) -> Remedy:
    return next(remedy for remedy in found if remedy.id == identity)


EVERY_CAUSE = [title for title, case in situations().items() if len(case.causes) == len(CauseId)]


@pytest.mark.parametrize("title", EVERY_CAUSE)
def test_every_cause_has_steps_for_every_role_whatever_the_target(title: str) -> None:
    remedies = all_remedies()[title]
    found = {(remedy.cause, remedy.role) for remedy in remedies if remedy.steps}
    assert {(cause, role) for cause in CauseId for role in Role} <= found


def test_every_remedy_of_a_server_owner_ends_with_a_proof_that_names_the_target() -> None:
    for title, remedies in all_remedies().items():
        for remedy in remedies:
            if remedy.role is Role.SERVER_OWNER and not remedy.id.startswith("prevent"):
                last = remedy.steps[-1].verify
                assert last is not None, f"{title}: {remedy.id}"
                assert last.pipeline[0][:2] == ("certwizard", "check")


def test_the_proof_goes_to_the_same_place_with_the_same_options_as_the_diagnosis() -> None:
    found = remedies_for(situations()["connect"], ca_files=("/srv/our ca/root.crt",))
    proof = remedy_of(found, "expired-renew").steps[-1]
    assert proof.command is not None
    assert proof.verify is not None
    assert render(proof.command) == (
        "openssl s_client -connect '[2001:db8::5]:4433' -servername www.example.com "
        "-CAfile '/srv/our ca/root.crt' -verify_return_error -verify_hostname www.example.com < /dev/null"
    )
    assert render(proof.verify) == (
        "certwizard check www.example.com:443 --connect '[2001:db8::5]:4433' --ca-file '/srv/our ca/root.crt'"
    )


def test_the_proof_upgrades_mail_with_starttls() -> None:
    proof = remedy_of(all_remedies()["smtp"], "expired-renew").steps[-1]
    assert proof.command is not None
    assert proof.verify is not None
    assert "-starttls smtp" in render(proof.command)
    assert render(proof.verify) == "certwizard check mail.example.com:25 --starttls smtp"


def test_the_proof_of_files_reads_the_chain_that_the_steps_made() -> None:
    proof = remedy_of(all_remedies()["files"], "wrong-order-rejoin").steps[-1]
    assert proof.verify is not None
    assert render(proof.verify) == (
        "certwizard check --file new-fullchain.pem --key key.pem --name www.example.com"
    )


def test_the_root_cause_comes_first_and_within_a_cause_the_asked_role() -> None:
    case = diagnosis(TARGETS["web"], cause(CauseId.REVOKED), cause(CauseId.WEAK_KEY))
    found = remedies_for(case, Role.CLIENT_DEVELOPER)
    assert [remedy.cause for remedy in found] == sorted(
        (remedy.cause for remedy in found), key=[CauseId.REVOKED, CauseId.WEAK_KEY].index
    )
    assert found[0].role is Role.CLIENT_DEVELOPER
    assert {remedy.role for remedy in found} == set(Role)


def test_remedy_ids_are_unique_within_a_diagnosis() -> None:
    for remedies in all_remedies().values():
        ids = [remedy.id for remedy in remedies]
        assert len(ids) == len(set(ids))


def test_every_place_of_the_data_is_known_and_every_recipe_is_there() -> None:
    known = known_places() | LISTS
    templates = [template for identity in CauseId for template in remedies_of(identity)]
    for template in (*templates, *prevention_remedies()):
        for step in template.steps:
            assert places(step) <= known, template.slug
    assert recipe("prove")


def test_every_condition_of_the_data_holds_somewhere() -> None:
    seen = {"ca-file", "pop3", "detail:"}
    for case in situations().values():
        for found in case.causes:
            seen |= tags_of(Situation(case, found))
    templates = [template for identity in CauseId for template in remedies_of(identity)]
    for template in (*templates, *prevention_remedies()):
        words = {*template.when, *(word for step in template.steps for word in step.when)}
        assert {word.removeprefix("!") for word in words} <= seen, template.slug


def test_no_place_is_left_open_in_what_people_read() -> None:
    for where, step in every_step():
        texts = [step.text, step.undo, *lines((step,)), step.snippet.where if step.snippet else ""]
        for text in texts:
            for name in known_places():
                assert f"{{{name}}}" not in text, where


def test_a_step_that_needs_an_administrator_says_so() -> None:
    for where, step in every_step():
        if any(program[0] == "sudo" for program in programs(step.command)):
            assert step.needs_root, where


def test_a_step_that_changes_a_system_names_the_way_back() -> None:
    for where, step in every_step():
        changing = [
            program
            for program in programs(step.command)
            if program[0] == "sudo" and program[1:3] not in READS_ONLY and "--dry-run" not in program
        ]
        if changing and changing[0][1] != "journalctl":
            assert step.undo, f"{where}: {changing[0]}"
        if step.snippet is not None and step.snippet.language in {"nginx", "apache", "haproxy", "ini"}:
            assert step.undo, where


def test_steps_that_make_a_key_never_write_over_one() -> None:
    for where, step in every_step():
        all_programs = list(programs(step.command))
        if any("genpkey" in program for program in all_programs):
            assert all_programs[0][:3] == ("test", "!", "-e"), where


def test_mail_servers_are_told_of_postfix_and_web_servers_of_nginx() -> None:
    platforms = {
        title: {step.platform for remedy in remedies for step in remedy.steps if remedy.cause == "expired"}
        for title, remedies in all_remedies().items()
    }
    assert "postfix" in platforms["smtp"]
    assert "nginx" not in platforms["smtp"]
    assert "dovecot" in platforms["imaps"]
    assert {"nginx", "apache", "haproxy"} <= platforms["web"]
    assert "postfix" not in platforms["web"]


def test_a_pkcs7_answer_is_read_as_pkcs7() -> None:
    url = "http://pki.example/issuer.p7c"
    from cryptography import x509
    from cryptography.x509.oid import AuthorityInformationAccessOID

    access = x509.AccessDescription(
        AuthorityInformationAccessOID.CA_ISSUERS, x509.UniformResourceIdentifier(url)
    )
    bare = leaf(pki().intermediate, having=[x509.AuthorityInformationAccess([access])])
    case = diagnosis(TARGETS["web"], cause(CauseId.MISSING_INTERMEDIATE), sent=sent(bare))
    written = lines(remedy_of(remedies_for(case), "missing-intermediate-add").steps)
    assert f"curl -fsS {url} | openssl pkcs7 -inform DER -print_certs -out intermediate-1.pem" in written


def test_a_chain_in_the_wrong_order_is_joined_in_the_right_one_without_the_root() -> None:
    order = (pki().leaf, pki().root, pki().intermediate)
    path = (
        link(pki().leaf, Origin.SENT, 0),
        link(pki().intermediate, Origin.SENT, 2),
        link(pki().root, Origin.SENT, 1),
    )
    case = diagnosis(TARGETS["web"], cause(CauseId.WRONG_ORDER), sent=sent(*order), path=path)
    written = lines(remedy_of(remedies_for(case), "wrong-order-rejoin").steps)
    assert "cat sent-1.pem sent-3.pem > new-fullchain.pem" in written


def test_a_new_certificate_holds_the_asked_name_and_the_kin_of_the_old_one_but_no_strangers() -> None:
    served = leaf(pki().intermediate, ["example.com", "shop.example.com", "other.example.org"])
    case = diagnosis(TARGETS["web"], cause(CauseId.HOSTNAME_MISMATCH), sent=sent(served))
    written = lines(remedy_of(remedies_for(case), "hostname-mismatch-reissue").steps)
    request = next(line for line in written if "openssl req -new" in line)
    assert "subjectAltName=DNS:www.example.com,DNS:example.com,DNS:shop.example.com" in request
    assert "other.example.org" not in "\n".join(written)


def test_a_wildcard_is_proved_in_the_dns() -> None:
    remedy = remedy_of(all_remedies()["wildcard"], "no-san-reissue")
    certbot = next(line for line in lines(remedy.steps) if "certonly" in line)
    assert "--preferred-challenges dns" in certbot
    assert "'*.example.com'" in certbot


def test_a_private_name_is_sent_to_a_private_ca_and_never_to_a_public_one() -> None:
    remedies = [r for r in all_remedies()["private name"] if r.cause is CauseId.NO_SAN]
    written = "\n".join(line for remedy in remedies for line in lines(remedy.steps))
    assert "private-ca.key" in written
    assert "certonly" not in written


def test_an_address_gets_an_address_certificate() -> None:
    written = "\n".join(lines(remedy_of(all_remedies()["public address"], "no-san-reissue").steps))
    assert "--ip-address 9.9.9.9" in written
    assert "subjectAltName=IP:9.9.9.9" in written


def test_a_fault_above_the_leaf_replaces_the_chain_and_not_the_leaf() -> None:
    ids = {remedy.id for remedy in all_remedies()["above the leaf"]}
    assert "expired-replace-chain" in ids
    assert "expired-renew" not in ids


def test_dates_are_those_of_the_certificate() -> None:
    old = leaf(pki().intermediate, not_after=datetime(2026, 11, 11, 9, 12, tzinfo=UTC))
    case = diagnosis(TARGETS["web"], cause(CauseId.EXPIRED), sent=sent(old))
    texts = " ".join(step.text for step in remedy_of(remedies_for(case), "expired-renew").steps)
    assert "2026-11-11 09:12 UTC" in texts


def test_a_new_private_ca_is_proved_with_its_own_root() -> None:
    remedy = remedy_of(all_remedies()["private name"], "self-signed-own-ca")
    proof = remedy.steps[-1]
    assert proof.command is not None
    assert proof.verify is not None
    assert "-CAfile private-ca.crt" in render(proof.command)
    assert render(proof.verify) == "certwizard check printer.home.arpa:443 --ca-file private-ca.crt"


@pytest.mark.parametrize(
    ("target", "spoke", "protocol"),
    [("other port", "SMTP", "smtp"), ("imaps", "IMAP", "imap"), ("web", "HTTP", None)],
)
def test_a_port_that_speaks_plain_text_is_asked_again_with_starttls(
    target: str, spoke: str, protocol: str | None
) -> None:
    case = diagnosis(TARGETS[target], cause(CauseId.NOT_TLS, seen=spoke), sent=())
    written = lines(remedy_of(remedies_for(case), "not-tls-speak-tls").steps)
    first = next((line for line in written if "--starttls" in line), None)
    assert first == (None if protocol is None else f"{written[-1]} --starttls {protocol}")


PROGRAMS = {"nginx", "apache", "haproxy", "caddy", "postfix", "dovecot"}


@pytest.mark.parametrize(
    ("spoke", "platforms"),
    [
        ("HTTP", {"nginx", "apache", "haproxy", "caddy"}),
        ("SMTP", {"postfix"}),
        ("IMAP", {"dovecot"}),
        ("MySQL", set()),
    ],
)
def test_a_plain_port_is_repaired_in_the_programs_that_speak_what_was_heard(
    spoke: str, platforms: set[str]
) -> None:
    """A mail server on a port of its own is no web server."""
    case = diagnosis(TARGETS["other port"], cause(CauseId.NOT_TLS, seen=spoke), sent=())
    steps = remedy_of(remedies_for(case), "not-tls-speak-tls").steps
    assert platforms == {step.platform for step in steps} & PROGRAMS


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ("apex", "the domain and the wildcard"),
        ("wildcard-depth", "one label only"),
        ("near-miss", "mistyped"),
    ],
)
def test_a_mismatch_is_explained_by_its_own_reason(detail: str, words: str) -> None:
    case = diagnosis(TARGETS["web"], cause(CauseId.HOSTNAME_MISMATCH, detail=detail))
    texts = [step.text for step in remedy_of(remedies_for(case), "hostname-mismatch-reissue").steps]
    assert any(words in text for text in texts)


def test_a_certificate_of_another_domain_may_be_the_wrong_site() -> None:
    case = diagnosis(TARGETS["web"], cause(CauseId.HOSTNAME_MISMATCH, detail="other-domain"))
    written = lines(remedy_of(remedies_for(case), "hostname-mismatch-other-site").steps)
    assert any(line.startswith("sudo nginx -T") for line in written)
