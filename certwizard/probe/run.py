"""Probes a target: everything that can be seen of it, as one Observation."""

import time
from dataclasses import replace
from datetime import UTC, datetime

from certwizard.domain.observation import AddressSource, Handshake, Observation, Resolution
from certwizard.domain.options import ProbeOptions
from certwizard.domain.progress import Report
from certwizard.domain.target import Target, TargetKind
from certwizard.probe.cancel import CancelToken
from certwizard.probe.guard import Reach, reach_for
from certwizard.probe.phases import Phases
from certwizard.probe.surroundings import Surveyor


def probe(
    target: Target,
    options: ProbeOptions,
    *,
    report: Report | None = None,
    cancel: CancelToken | None = None,
) -> Observation:
    """Look at a target and return what was seen; never raises for anything a server or a file does.

    Args:
        target: A server, or files in its place.
        options: How to probe.
        report: Called with each step as it goes.
        cancel: Raised from another thread to stop; what was seen until then is returned.
    """
    started, token, phases = time.monotonic(), cancel or CancelToken(), Phases(report)
    observed_at = datetime.now(UTC)
    blank = Observation(
        target=target,
        observed_at=observed_at,
        judge_at=options.at or observed_at,
        offline=options.offline,
        only_ca_file=options.only_ca_file,
    )
    seen = _look_at_target(blank, options, phases, report, token)
    surveyor = Surveyor(options, _reach(seen), blank.judge_at, phases, token)
    around = surveyor.look(seen.chain, _other_chains(seen))
    return replace(
        seen,
        made_up=_made_up(seen, options, around.public, token),
        fetches=around.fetches,
        stores=around.stores,
        trust_variables=around.variables,
        anchors=around.anchors,
        ct_logs=around.ct_logs,
        openssl=around.openssl,
        openssl_version=around.openssl_version,
        total_ms=(time.monotonic() - started) * 1000,
    )


def _look_at_target(
    blank: Observation, options: ProbeOptions, phases: Phases, report: Report | None, cancel: CancelToken
) -> Observation:
    """Contact the server, or read the files."""
    if blank.target.kind is TargetKind.FILES:
        from certwizard.probe.local import read_target

        local = read_target(blank.target, options, phases, cancel)
        return replace(blank, files=local.files, private_key=local.key)
    from certwizard.probe.server import observe_server

    server = observe_server(blank.target, options, report=report, cancel=cancel)
    seen = replace(blank, resolution=server.resolution, handshakes=server.handshakes, http=server.http)
    return _with_files(seen, options)


def _with_files(seen: Observation, options: ProbeOptions) -> Observation:
    """Look at the files that the server is meant to serve: those given, and those of its machine if it is this one."""
    if seen.target.files:
        from certwizard.probe.installed import read_given, read_given_key

        key = read_given_key(seen.target, options)
        seen = replace(seen, installed=read_given(seen.target, options), private_key=key)
    if options.disk is None or not seen.chain:
        return seen
    from certwizard.probe.own_disk import files_of_this_machine, is_this_machine

    if not is_this_machine(seen):
        return seen
    return replace(seen, installed=seen.installed + files_of_this_machine(seen, options.disk))


def _made_up(seen: Observation, options: ProbeOptions, public: bool, cancel: CancelToken) -> Handshake | None:
    """Ask for a name that nobody has, where the answer could tell who made the certificate."""
    if not seen.chain or public:
        return None
    from certwizard.probe.made_up_name import ask_for_made_up_name

    return ask_for_made_up_name(seen, options, cancel, public=public)


def _reach(seen: Observation) -> Reach:
    """Return how far the addresses in the certificates may lead."""
    resolution = seen.resolution or Resolution("")
    # Behind a proxy the target's address is unknown: then it counts as one on the internet.
    known = () if resolution.source is AddressSource.PROXY else resolution.addresses
    return reach_for(known, files=seen.target.kind is TargetKind.FILES)


def _other_chains(seen: Observation) -> tuple[tuple[bytes, ...], ...]:
    """Return what a reload would send, and what other addresses sent in place of the chain to judge."""
    first = seen.handshakes[0] if seen.handshakes else None
    on_disk = tuple(each.chain for each in seen.installed if each.chain)
    return on_disk + tuple(
        each.chain
        for each in seen.handshakes[1:]
        if first is not None
        and each.chain not in ((), seen.chain)
        and (each.offer, each.sni) == (first.offer, first.sni)
    )
