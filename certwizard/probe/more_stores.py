"""The stores that only an inventory of the machine asks for: every Java's, browsers' databases, and variables'."""

import os
from collections.abc import Iterable, Mapping

from certwizard.domain.cleantext import clean
from certwizard.domain.observation import Failure, TrustStore
from certwizard.knowledge.trust_variables import trust_variables
from certwizard.probe.java_homes import java_homes, java_override
from certwizard.probe.nss_store import nss_databases, read_nss_database
from certwizard.probe.store_loading import MAX_JAVAS, keystore
from certwizard.probe.stores import LoadedStore, outlines
from certwizard.probe.trust_places import Public, place_of, read_place

NSS = "nss"


def more_stores(
    environ: Mapping[str, str], public: Public, loaded: Iterable[LoadedStore]
) -> list[LoadedStore]:
    """Return the stores that a check does not consult.

    Args:
        environ: Where homes and variables are looked up.
        public: The roots that vendors ship, to count them.
        loaded: What is loaded already; a file that is in there is not loaded again.
    """
    known = {place.path for store in loaded for place in store.record.places}
    known |= {store.record.path for store in loaded}
    javas = [] if java_override(environ) else java_homes(environ)[MAX_JAVAS:]
    return [
        *(
            keystore(number, f"the roots of {home.name}", home.roots, public)
            for number, home in enumerate(javas, MAX_JAVAS + 1)
        ),
        *(_database(number, path, public) for number, path in enumerate(nss_databases(environ), 1)),
        *_named_by_variables(environ, public, known),
    ]


def _database(number: int, path: str, public: Public) -> LoadedStore:
    folder = os.path.basename(os.path.dirname(path))
    title = f"roots added to the browser profile {clean(folder, 80)}"
    return _store(f"{NSS}-{number}", title, path, read_nss_database(path), public)


def _named_by_variables(environ: Mapping[str, str], public: Public, known: set[str]) -> Iterable[LoadedStore]:
    for row in trust_variables():
        value = environ.get(row.name, "")
        # Those of OpenSSL are the system's store, and those of Java are Java's.
        if not value or row.name.startswith("SSL_CERT_") or row.java_options or value in known:
            continue
        yield _store(row.name, f"the roots named by {row.name}", value, read_place(value), public)


def _store(
    store_id: str, title: str, path: str, found: tuple[bytes, ...] | Failure, public: Public
) -> LoadedStore:
    place, shown = place_of(path, found, public), clean(path, 500)
    if isinstance(found, Failure):
        return LoadedStore(TrustStore(store_id, title, shown, 0, found, places=(place,)))
    record = TrustStore(store_id, title, shown, len(found), None, place.public, (place,))
    return LoadedStore(record, outlines(found))
