"""Stores that differ: vendors that do not agree, machines without roots, and variables that lead astray."""

from __future__ import annotations

from dataclasses import replace

import pytest

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import Cause, ClientAction, Diagnosis
from certwizard.domain.observation import Anchor, Failure, FailureReason, Observation, TrustStore
from certwizard.domain.saved import decode_observation, encode_observation
from certwizard.domain.trust_stores import PlaceState, StorePlace, TrustVariable
from certwizard.domain.vocabulary import CauseId, CheckId, Severity, Status, Verdict
from tests import factory as f

P = f.pki()
GONE = Failure(FailureReason.UNREADABLE, "there is no such file")
USABLE = StorePlace("/etc/ssl/certs", PlaceState.USABLE, 140, 130)


def place(
    state: PlaceState = PlaceState.MISSING, path: str = "/gone", roots: int = 0, public: int = 0
) -> StorePlace:
    return StorePlace(path, state, roots, public)


def seen(
    holding: tuple[str, ...],
    lacking: tuple[str, ...] = (),
    stores: tuple[TrustStore, ...] = (),
    variables: tuple[TrustVariable, ...] = (),
    *,
    only_ca_file: bool = False,
) -> Observation:
    consulted = (*(f.store(each) for each in (*holding, *lacking)), *stores)
    anchors = [P.root] if holding else []
    return f.observation(
        P.chain,
        anchors=anchors,
        anchor_stores=holding,
        stores=consulted,
        trust_variables=variables,
        only_ca_file=only_ca_file,
    )


def found(observation: Observation, wanted: CauseId) -> list[Cause]:
    return [cause for cause in diagnose(observation).causes if cause.id is wanted]


def only(observation: Observation, wanted: CauseId) -> Cause:
    (cause,) = found(observation, wanted)
    return cause


def refusing(diagnosis: Diagnosis) -> set[str]:
    return {each.client for each in diagnosis.clients if each.action is ClientAction.REJECTS}


# Vendors


def test_a_root_of_all_stores_is_trusted_and_each_store_has_a_row() -> None:
    diagnosis = diagnose(seen(("mozilla", "microsoft", "system", "java")))
    rows = [fact for fact in diagnosis.check(CheckId.TRUST).facts if fact.seen == "holds the root"]
    assert diagnosis.verdict is Verdict.ACCEPTED
    assert [fact.label for fact in rows] == [
        "Mozilla's roots",
        "Microsoft's roots",
        "This system's store",
        "The roots of Java 21",
    ]


def test_trusted_on_windows_and_not_in_firefox_is_said() -> None:
    diagnosis = diagnose(seen(("microsoft",), ("mozilla", "system")))
    cause = diagnosis.root_cause
    assert cause is not None
    assert (cause.id, cause.detail, cause.severity) == (
        CauseId.UNTRUSTED_ROOT,
        "some-vendors",
        Severity.ERROR,
    )
    assert "Microsoft's roots, but not of Mozilla's roots" in cause.headline
    assert "Windows, Edge" in cause.explanation
    assert {"firefox", "nodejs", "curl"} <= refusing(diagnosis)
    assert "edge" not in refusing(diagnosis)


def test_trusted_in_firefox_and_not_on_windows_is_said() -> None:
    diagnosis = diagnose(seen(("mozilla", "system"), ("microsoft",)))
    assert refusing(diagnosis) == {"edge", "dotnet"}
    assert only(seen(("mozilla", "system"), ("microsoft",)), CauseId.UNTRUSTED_ROOT).detail == "some-vendors"
    row = next(fact for fact in diagnosis.check(CheckId.TRUST).facts if fact.seen == "does not hold the root")
    assert (row.label, row.status) == ("Microsoft's roots", Status.FAIL)


def test_a_root_that_only_microsoft_ships_is_still_a_public_one() -> None:
    """The rules for public CAs bind it: the store that holds it does not matter."""
    old = f.leaf(P.intermediate, days=(-30, 470))
    observation = f.observation(
        [old, P.intermediate],
        anchors=[P.root],
        anchor_stores=("microsoft",),
        stores=(f.store("microsoft"), f.store("mozilla")),
    )
    assert CauseId.VALIDITY_TOO_LONG in {cause.id for cause in diagnose(observation).causes}


def test_a_root_that_the_user_gives_is_trusted_whatever_vendors_hold() -> None:
    diagnosis = diagnose(seen(("ca-file", "microsoft"), ("mozilla", "system")))
    assert diagnosis.verdict is Verdict.ACCEPTED


def test_a_private_root_of_this_system_is_no_matter_of_vendors() -> None:
    assert found(seen(("system",), ("mozilla", "microsoft")), CauseId.UNTRUSTED_ROOT) == []


# This machine's stores


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (PlaceState.MISSING, "is not there"),
        (PlaceState.EMPTY, "holds no root"),
        (PlaceState.UNREADABLE, "cannot be read"),
    ],
)
def test_a_machine_without_roots_is_told_by_what_is_the_matter(state: PlaceState, words: str) -> None:
    system = f.store("system", count=0, failure=GONE, places=(place(state, "/etc/ssl/ca.crt"),))
    observation = seen(("mozilla",), stores=(system,))
    cause = only(observation, CauseId.TRUST_STORE_MISSING)
    assert (cause.severity, cause.detail) == (Severity.ERROR, state.value)
    assert f"/etc/ssl/ca.crt {words}" in cause.headline
    assert {"curl", "openssl", "python", "go"} <= refusing(diagnose(observation))
    assert not {"chrome", "firefox", "nodejs"} & refusing(diagnose(observation))
    assert diagnose(observation).root_cause == cause


def test_a_store_of_private_roots_alone_is_called_replaced() -> None:
    system = f.store("system", count=1, public=0, places=(place(PlaceState.USABLE, roots=1),))
    cause = only(seen(("mozilla",), stores=(system,)), CauseId.TRUST_STORE_MISSING)
    assert cause.detail == "replaced"
    assert "no public one" in cause.headline


def test_a_store_that_lacks_one_public_root_is_outdated() -> None:
    system = f.store("system", public=130, places=(USABLE,))
    observation = seen(("mozilla", "microsoft"), stores=(system,))
    cause = only(observation, CauseId.TRUST_STORE_OUTDATED)
    assert (cause.detail, cause.severity) == ("system", Severity.ERROR)
    assert found(observation, CauseId.TRUST_STORE_MISSING) == []
    assert cause.minded_by is not None
    assert {"curl", "openssl", "python", "go"} <= cause.minded_by
    curl = next(each for each in diagnose(observation).clients if each.client == "curl")
    assert (curl.action, curl.cause) == (ClientAction.REJECTS, CauseId.TRUST_STORE_OUTDATED)
    assert curl.message, "curl says what it says for any unknown root"


def test_an_old_java_is_told_apart_from_an_old_system() -> None:
    observation = seen(("mozilla", "system"), ("java",))
    cause = only(observation, CauseId.TRUST_STORE_OUTDATED)
    assert (cause.detail, cause.minded_by) == ("java", frozenset({"java"}))
    assert "the roots of Java 21 do not hold" in cause.headline


@pytest.mark.parametrize(
    ("lacks", "label"), [("system", "This system's store"), ("java", "The roots of Java 21")]
)
def test_the_row_of_a_store_is_as_bad_as_what_is_said_of_it(lacks: str, label: str) -> None:
    """A step that fails for a store does not call the same store a mere warning."""
    having = tuple(each for each in ("mozilla", "microsoft", "system", "java") if each != lacks)
    diagnosis = diagnose(seen(having, (lacks,)))
    assert diagnosis.check(CheckId.TRUST).status is Status.FAIL
    row = next(fact for fact in diagnosis.check(CheckId.TRUST).facts if fact.seen == "does not hold the root")
    assert (row.label, row.status) == (label, Status.FAIL)


def test_a_further_java_that_lacks_the_root_is_a_row_and_no_cause() -> None:
    further = TrustStore("java-2", "the roots of Java 8", "/opt/jdk8/cacerts", 90)
    diagnosis = diagnose(seen(("mozilla", "system", "java"), stores=(further,)))
    assert diagnosis.verdict is Verdict.ACCEPTED
    labels = [
        fact.label for fact in diagnosis.check(CheckId.TRUST).facts if fact.seen == "does not hold the root"
    ]
    assert labels == ["The roots of Java 8"]


def test_a_root_that_the_machine_takes_out_on_purpose_is_not_outdated() -> None:
    system = f.store("system", public=130, places=(USABLE,), excluded=(P.root.sha256,))
    observation = seen(("mozilla",), stores=(system,))
    assert found(observation, CauseId.TRUST_STORE_OUTDATED) == []
    assert only(observation, CauseId.DISTRUSTED_CA).detail == "this-machine"


def test_a_root_that_mozilla_does_not_ship_makes_no_linux_outdated() -> None:
    assert found(seen(("microsoft",), ("mozilla", "system")), CauseId.TRUST_STORE_OUTDATED) == []


def test_on_windows_only_programs_that_list_the_store_miss_a_root() -> None:
    system = f.store("system", path="ROOT")
    cause = only(seen(("mozilla",), stores=(system,)), CauseId.TRUST_STORE_OUTDATED)
    assert (cause.detail, cause.minded_by) == ("windows", frozenset({"python"}))


@pytest.mark.parametrize("alone", [True, False])
def test_where_the_user_gives_the_roots_the_machine_does_not_matter(alone: bool) -> None:
    system = f.store("system", count=0, failure=GONE, places=(place(),))
    variable = TrustVariable("CURL_CA_BUNDLE", place())
    observation = seen(("ca-file", "mozilla"), stores=(system,), variables=(variable,), only_ca_file=alone)
    assert diagnose(observation).verdict is Verdict.ACCEPTED


def test_a_machine_without_roots_is_told_beside_a_root_that_nobody_holds() -> None:
    """Whether it would be there is not known, but no server at all is trusted by this machine's programs."""
    system = f.store("system", count=0, failure=GONE, places=(place(),))
    diagnosis = diagnose(seen((), ("mozilla",), stores=(system,)))
    assert [cause.id for cause in diagnosis.causes] == [CauseId.UNTRUSTED_ROOT, CauseId.TRUST_STORE_MISSING]
    assert "not at fault" not in diagnosis.causes[1].explanation


# Variables


def with_variable(
    name: str, where: StorePlace, *others: str, holding: tuple[str, ...] = ("mozilla", "system")
) -> Observation:
    more = tuple(TrustVariable(each, USABLE) for each in others)
    return seen(
        holding, () if holding else ("mozilla", "system"), variables=(TrustVariable(name, where), *more)
    )


@pytest.mark.parametrize(
    ("name", "clients", "severity"),
    [
        ("SSL_CERT_FILE", {"curl"}, Severity.ERROR),
        ("CURL_CA_BUNDLE", {"curl", "requests"}, Severity.ERROR),
        ("REQUESTS_CA_BUNDLE", {"requests"}, Severity.WARNING),
        ("GIT_SSL_CAINFO", {"git"}, Severity.WARNING),
        ("JAVA_TOOL_OPTIONS", {"java"}, Severity.ERROR),
        ("PIP_CERT", {"pip"}, Severity.WARNING),
    ],
)
def test_a_variable_that_names_nothing_stops_its_programs(
    name: str, clients: set[str], severity: Severity
) -> None:
    cause = only(with_variable(name, place()), CauseId.TRUST_STORE_MISSING)
    assert (cause.severity, cause.detail) == (severity, "variable")
    assert cause.minded_by == frozenset(clients)
    assert cause.headline.startswith(f"{name} names /gone, which is not there")
    known = {outcome.client for outcome in diagnose(with_variable(name, place())).clients}
    assert refusing(diagnose(with_variable(name, place()))) == clients & known


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("SSL_CERT_FILE", "CURL_CA_BUNDLE"),
        ("SSL_CERT_FILE", "SSL_CERT_DIR"),
        ("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS"),
    ],
)
def test_a_variable_that_another_one_overrides_stops_nobody(name: str, other: str) -> None:
    assert found(with_variable(name, place(), other), CauseId.TRUST_STORE_MISSING) == []


def test_requests_looks_at_its_own_variable_before_that_of_curl() -> None:
    cause = only(with_variable("CURL_CA_BUNDLE", place(), "REQUESTS_CA_BUNDLE"), CauseId.TRUST_STORE_MISSING)
    assert cause.minded_by == frozenset({"curl"})


def test_a_bundle_of_the_companys_root_alone_replaces_the_public_ones() -> None:
    """Pain of many: the variable replaces, it does not add."""
    company = place(PlaceState.USABLE, "/etc/company.pem", roots=1)
    cause = only(with_variable("REQUESTS_CA_BUNDLE", company), CauseId.TRUST_STORE_MISSING)
    assert (cause.detail, cause.minded_by) == ("replaced", frozenset({"requests"}))
    assert "does not add" in cause.explanation


def test_variables_that_name_the_same_file_are_one_fault_and_one_change() -> None:
    """Companies set half a dozen of them; each alone would be the same sentence again."""
    company = place(PlaceState.USABLE, "/etc/company.pem", roots=1)
    observation = with_variable("REQUESTS_CA_BUNDLE", company)
    more = tuple(TrustVariable(name, company) for name in ("PIP_CERT", "AWS_CA_BUNDLE"))
    diagnosis = diagnose(replace(observation, trust_variables=(*observation.trust_variables, *more)))
    told = [cause for cause in diagnosis.causes if cause.id is CauseId.TRUST_STORE_MISSING]
    assert [cause.headline for cause in told] == [
        "REQUESTS_CA_BUNDLE, PIP_CERT and AWS_CA_BUNDLE replace the public roots by 1 root, and no public one is "
        "among them."
    ]
    assert told[0].minded_by == frozenset({"requests", "pip", "aws"})
    mended = diagnosis.repairs.spotless or diagnosis.repairs.best
    assert mended is not None
    assert len(mended.changes) == 1


def test_curl_reads_the_systems_directory_beside_a_private_bundle() -> None:
    company = TrustVariable("CURL_CA_BUNDLE", place(PlaceState.USABLE, roots=1))
    with_directory = f.store("system", public=130, places=(place(), USABLE))
    without = f.store("system", public=130, places=(USABLE,))
    for system, clients in ((with_directory, {"requests"}), (without, {"curl", "requests"})):
        observation = f.observation(
            P.chain, anchors=[P.root], stores=(f.store("mozilla"), system), trust_variables=(company,)
        )
        assert only(observation, CauseId.TRUST_STORE_MISSING).minded_by == frozenset(clients)


def test_a_bundle_with_public_roots_replaces_nothing_of_worth() -> None:
    bundle = place(PlaceState.USABLE, roots=140, public=130)
    assert found(with_variable("REQUESTS_CA_BUNDLE", bundle), CauseId.TRUST_STORE_MISSING) == []


def test_extra_roots_that_are_missing_matter_only_where_the_chain_is_not_trusted() -> None:
    assert found(with_variable("NODE_EXTRA_CA_CERTS", place()), CauseId.TRUST_STORE_MISSING) == []
    cause = only(with_variable("NODE_EXTRA_CA_CERTS", place(), holding=()), CauseId.TRUST_STORE_MISSING)
    assert (cause.detail, cause.severity) == ("extra-missing", Severity.WARNING)


def test_a_variable_that_nobody_here_knows_says_nothing() -> None:
    assert found(with_variable("SOME_CA_BUNDLE", place()), CauseId.TRUST_STORE_MISSING) == []


def test_what_was_seen_of_stores_and_variables_survives_saving() -> None:
    observation = seen(
        ("mozilla",),
        stores=(f.store("system", count=0, failure=GONE, places=(place(),), excluded=("ab",)),),
        variables=(TrustVariable("CURL_CA_BUNDLE", place()),),
    )
    again = decode_observation(encode_observation(observation))
    assert again == observation
    assert diagnose(again) == diagnose(observation)


def test_an_observation_of_before_the_stores_had_places_still_loads() -> None:
    saved = encode_observation(seen(("mozilla", "system")))
    for field in (b'"trust_variables":[],', b',"public":0,"places":[],"excluded":[]', b',"limits":[]'):
        assert field in saved
        saved = saved.replace(field, b"")
    assert diagnose(decode_observation(saved)).verdict is Verdict.ACCEPTED


def test_evidence_lists_stores_with_places_and_variables() -> None:
    variable = TrustVariable("CURL_CA_BUNDLE", place())
    evidence = diagnose(seen(("mozilla", "system"), variables=(variable,))).evidence
    stores, variables = evidence["stores"], evidence["trust_variables"]
    assert isinstance(stores, list)
    assert [each["holds_root"] for each in stores] == [True, True]
    assert variables == [
        {
            "name": "CURL_CA_BUNDLE",
            "path": "/gone",
            "state": "missing",
            "roots": 0,
            "public": 0,
            "words": "",
        }
    ]


def test_the_anchor_of_another_store_does_not_count_for_java() -> None:
    observation = seen(("mozilla", "system"), ("java",))
    assert Anchor(P.root.der, ("mozilla", "system")) in observation.anchors
    assert refusing(diagnose(observation)) == {"java"}
