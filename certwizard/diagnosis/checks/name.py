"""Does the certificate cover the name that was asked for?"""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.checks.first import ca_stands_first
from certwizard.diagnosis.checks.wrong_certificate import wrong_certificate_cause
from certwizard.diagnosis.clients.names import covers
from certwizard.diagnosis.naming import capital, listing
from certwizard.diagnosis.outcome import Outcome, conclude, skipped, unreadable
from certwizard.diagnosis.result import Cause, Fact
from certwizard.domain.certificate import Certificate, SubjectAltNames
from certwizard.domain.cleantext import clean
from certwizard.domain.hostname import MatchReason, NameMatch, is_ip, match_names, to_ulabel
from certwizard.domain.vocabulary import CauseId, CheckId, FieldId, Severity, Status
from certwizard.knowledge.client_traits import CommonName, NameTraits
from certwizard.knowledge.clients import ClientProfile, profiles

MAX_ROWS = 20

_CURES = {
    MatchReason.APEX: "A wildcard does not cover the bare domain; it has to be listed beside the wildcard.",
    MatchReason.WILDCARD_DEPTH: "The name itself has to be listed, or a wildcard one level deeper.",
    MatchReason.WILDCARD_PUBLIC_SUFFIX: "A wildcard directly below a registry's suffix counts for no client.",
    MatchReason.PARTIAL_WILDCARD: "A wildcard must be the whole left-most label.",
    MatchReason.NOT_LEFTMOST_WILDCARD: "A wildcard counts only as the left-most label.",
    MatchReason.BARE_WILDCARD: "A lone star covers nothing.",
    MatchReason.WILDCARD_IP: "A wildcard never stands for an address.",
    MatchReason.IP_ADDRESS: "An address is compared with the IP entries alone, never with names.",
    MatchReason.UNDERSCORE: "Clients do not let a wildcard stand for a label with an underscore.",
    MatchReason.TRAILING_DOT: "An entry must not end in a dot.",
    MatchReason.IDN_FORM: "International names stand in certificates in their xn-- form.",
}


def check(case: Case) -> Outcome:
    """Compare the asked name with every entry of the leaf, as RFC 9525 says."""
    leaf, asked = case.leaf, case.asked
    if leaf is None:
        return skipped(CheckId.NAME, "No certificate was received, so there is no name to compare.")
    if not case.readable:
        return unreadable(CheckId.NAME, "its names are not known")
    if asked is None:
        facts = _facts(case, leaf, [])
        return skipped(
            CheckId.NAME, "No name was given (--name), so there is nothing to compare with.", facts
        )
    if any(problem.field == FieldId.SUBJECT_ALT_NAME for problem in leaf.problems):
        facts = _facts(case, leaf, [])
        good = "The names of the certificate cannot be read."
        return conclude(CheckId.NAME, [], facts, good=good, unknown=good)
    causes = _causes(case, leaf, asked)
    return conclude(CheckId.NAME, causes, _facts(case, leaf, causes), good=_good(case, asked))


def _causes(case: Case, leaf: Certificate, asked: str) -> list[Cause]:
    causes = []
    out_of_place = ca_stands_first(case)
    if leaf.san is None and not out_of_place:
        causes.append(_no_san(leaf, asked))
    by_common_name = leaf.san is None and not out_of_place
    refusing = _refusing(leaf, asked, by_common_name=by_common_name, public=case.publicly_trusted)
    if case.name_matches and refusing:
        causes.append(_mismatch_for(leaf, asked, refusing))
    elif refusing:
        mainstream = any(profile.mainstream for profile in refusing)
        causes.append(_mismatch(case, leaf, asked, Severity.ERROR if mainstream else Severity.WARNING))
    wrong = wrong_certificate_cause(case)
    return [wrong, *causes] if wrong else causes


def _refusing(
    leaf: Certificate, asked: str, *, by_common_name: bool, public: bool
) -> tuple[ClientProfile, ...]:
    """Return the clients that do not find the name.

    Args:
        case: What was seen.
        leaf: The server's certificate.
        asked: The name.
        by_common_name: Leave out those that miss the list of names, which is a cause of its own.
        public: Whether the chain ends in a root of a vendor.
    """
    found: dict[NameTraits, bool] = {}
    for traits in (profile.traits.names for profile in profiles()):
        if traits not in found:
            found[traits] = covers(traits, leaf, asked, public=public)
    return tuple(
        profile
        for profile in profiles()
        if not found[profile.traits.names]
        and not (by_common_name and profile.traits.names.common_name is CommonName.NEVER)
    )


def _mismatch_for(leaf: Certificate, asked: str, refusing: tuple[ClientProfile, ...]) -> Cause:
    """Return the cause where an entry covers the name by RFC 9525, and some clients think otherwise."""
    names = leaf.san.all if leaf.san else ()
    mainstream = any(profile.mainstream for profile in refusing)
    who = listing(tuple(profile.title for profile in refusing))
    compare = "compares" if len(refusing) == 1 else "compare"
    by_form = "_" in asked and not any(profile.traits.names.underscores for profile in refusing)
    return Cause(
        id=CauseId.HOSTNAME_MISMATCH,
        severity=Severity.ERROR if mainstream else Severity.WARNING,
        headline=f"Not every client finds {_shown(asked)} in the certificate.",
        explanation=f"The certificate covers it, but {who} {'takes' if len(refusing) == 1 else 'take'} no host name "
        "with an underscore (RFC 1123 2.1 knows none), whatever the certificate says. The server needs another name."
        if by_form
        else f"Its entry covers the name by the standard (RFC 9525), but {who} {compare} more strictly. A "
        "certificate that lists the very name is understood by all.",
        field=FieldId.SUBJECT_ALT_NAME,
        seen=listing(names, 10),
        expected=asked,
        certificate=0,
        detail="underscore" if by_form else "stricter-clients",
    )


def _mismatch(case: Case, leaf: Certificate, asked: str, severity: Severity) -> Cause:
    best = case.names[0] if case.names else None
    names = leaf.san.all if leaf.san else ()
    covered = listing(names) if names else f"no name (its subject is “{clean(leaf.subject.short, 80)}”)"
    return Cause(
        id=CauseId.HOSTNAME_MISMATCH,
        severity=severity,
        headline=f"The certificate does not cover {_shown(asked)}.",
        explanation=f"It is for {covered}. {_why(best, asked, alone=len(case.names) == 1)}{_near_misses(case.names)}",
        field=FieldId.SUBJECT_ALT_NAME,
        seen=listing(names, 10) if names else "no names",
        expected=asked,
        certificate=0,
        detail="ip-address" if is_ip(asked) else best.reason.value if best else "no-names",
    )


def _why(best: NameMatch | None, asked: str, *, alone: bool) -> str:
    if best is None:
        return "Clients compare the asked name with the list of names in the certificate and refuse."
    kind = "address" if is_ip(asked) else "name"
    cure = _CURES.get(best.reason) or f"Clients refuse where no entry is the very {kind} that was asked for."
    note = best.note.rstrip(".")
    if not note or best.reason in (MatchReason.OTHER_DOMAIN, MatchReason.OTHER_KIND):
        return cure
    return f"{capital(note) if alone else f'Closest entry: {clean(best.entry, 100)}: {note}'}. {cure}"


def _near_misses(names: tuple[NameMatch, ...]) -> str:
    near = [match.entry for match in names[1:] if match.reason is MatchReason.NEAR_MISS]
    return f" Also close: {clean(listing(tuple(near), 3), 300)}." if near else ""


def _no_san(leaf: Certificate, asked: str) -> Cause:
    common = leaf.subject.first("CN")
    said = f"“{clean(common, 100)}” stands in the Common Name alone" if common else "It names no host at all"
    fits = _common_name_matches(leaf, asked)
    return Cause(
        id=CauseId.NO_SAN,
        severity=Severity.ERROR,
        headline="The certificate has no list of names (Subject Alternative Name).",
        explanation=(
            f"{said}, where browsers and Go have not looked for years. "
            + (
                "Some command line tools still accept it, so it may work with curl and fail in the browser. "
                if fits
                else ""
            )
            + "A new certificate with the names in the right place is needed."
        ),
        field=FieldId.SUBJECT_ALT_NAME,
        seen=f"none; Common Name {clean(common, 100)}" if common else "none",
        expected=asked,
        certificate=0,
    )


def _common_name_matches(leaf: Certificate, asked: str) -> bool:
    common = leaf.subject.first("CN")
    if not common:
        return False
    as_entry = SubjectAltNames(ips=(common,)) if is_ip(common) else SubjectAltNames(dns=(common,))
    return any(match.matches for match in match_names(asked, as_entry))


def _facts(case: Case, leaf: Certificate, causes: list[Cause]) -> list[Fact]:
    failed = any(cause.severity is Severity.ERROR for cause in causes)
    asked = _shown(case.asked) if case.asked else "not given"
    status = Status.FAIL if failed else Status.PASS if case.asked else Status.SKIPPED
    facts = [Fact(FieldId.SNI, "Name asked for", asked, "an entry that covers it", status, 0)]
    for match in case.names[:MAX_ROWS]:
        row = Status.PASS if match.matches else Status.SKIPPED if case.name_matches else Status.FAIL
        facts.append(
            Fact(FieldId.SUBJECT_ALT_NAME, "Name in the certificate", match.entry, "", row, 0, match.note)
        )
    if not case.names:
        entries = leaf.san.all if leaf.san else ()
        facts += [
            Fact(FieldId.SUBJECT_ALT_NAME, "Name in the certificate", entry, "", Status.SKIPPED, 0)
            for entry in entries[:MAX_ROWS]
        ]
    if leaf.san is None:
        facts.append(
            Fact(
                FieldId.SUBJECT_ALT_NAME,
                "Names (Subject Alternative Name)",
                "none",
                "a list of names",
                Status.FAIL if failed else Status.SKIPPED,
                0,
            )
        )
    common = leaf.subject.first("CN")
    if common:
        facts.append(
            Fact(FieldId.SUBJECT, "Common Name (not used for matching)", common, "", Status.SKIPPED, 0)
        )
    return facts


def _good(case: Case, asked: str) -> str:
    match = case.names[0] if case.names else None
    if match is None:
        return f"The certificate covers {_shown(asked)}."
    return f"The certificate covers {_shown(asked)}, by its entry {clean(match.entry, 100)}."


def _shown(asked: str) -> str:
    """Return the name for people: both forms where it is international."""
    shown = to_ulabel(asked)
    return asked if shown == asked else f"{shown} ({asked})"
