"""The databases of Firefox and of Chrome on Linux: the roots that were added to them by hand or by a policy.

The roots these programs bring along are not in the database, so it holds only what somebody added. It is SQLite
(cert9.db), read here as it stands: certificates and trust are objects of PKCS#11, a column for each attribute.
"""

import glob
import os
import sqlite3
import sys
from collections.abc import Mapping
from contextlib import closing
from hashlib import sha1
from urllib.parse import quote

from certwizard.domain.cleantext import clean
from certwizard.domain.observation import Failure, FailureReason

MAX_DATABASES = 16
MAX_ROWS = 4096
_LONGEST = 64 * 1024
_PLACES = {
    "linux": (
        "~/.mozilla/firefox/*",
        "~/snap/firefox/common/.mozilla/firefox/*",
        "~/.var/app/org.mozilla.firefox/.mozilla/firefox/*",
        "~/.config/mozilla/firefox/*",
        "~/.pki/nssdb",
    ),
    "darwin": ("~/Library/Application Support/Firefox/Profiles/*",),
    "win32": ("~/AppData/Roaming/Mozilla/Firefox/Profiles/*",),
}
_CERTIFICATE = (1).to_bytes(4)
_TRUSTED_DELEGATOR = b"\xce\x53\x43\x52"
_CERTIFICATES = "SELECT a11 FROM nssPublic WHERE a0 = ? AND length(a11) <= ? LIMIT ?"
# CKA_CERT_SHA1_HASH (as a plain attribute of NSS) and CKA_TRUST_SERVER_AUTH.
_TRUST = "SELECT ace5363b4 FROM nssPublic WHERE ace536358 = ? LIMIT ?"


def nss_databases(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> tuple[str, ...]:
    """Return the databases of this user's profiles."""
    home = environ.get("HOME") or environ.get("USERPROFILE", "")
    if not home:
        return ()
    found = [
        path
        for pattern in _PLACES.get(platform, _PLACES["linux"])
        for folder in sorted(glob.glob(pattern.replace("~", glob.escape(home), 1)))
        if os.path.isfile(path := os.path.join(folder, "cert9.db"))
    ]
    return tuple(found[:MAX_DATABASES])


def read_nss_database(path: str) -> tuple[bytes, ...] | Failure:
    """Return the certificates that a database trusts to issue for servers; none is no failure."""
    try:
        # Immutable: no lock is taken and no journal written beside a running browser.
        with closing(sqlite3.connect(f"file:{quote(path)}?mode=ro&immutable=1", uri=True)) as database:
            rows = database.execute(_CERTIFICATES, (_CERTIFICATE, _LONGEST, MAX_ROWS)).fetchall()
            marks = database.execute(_TRUST, (_TRUSTED_DELEGATOR, MAX_ROWS)).fetchall()
    except sqlite3.Error as error:
        return Failure(FailureReason.UNREADABLE, clean(str(error), 200), spoke="a database of NSS")
    trusted = {mark for (mark,) in marks}
    # NSS marks what it trusts by SHA-1; here it only finds a row again.
    return tuple(
        der
        for (der,) in rows
        if isinstance(der, bytes) and sha1(der, usedforsecurity=False).digest() in trusted
    )
