"""Finds the Javas of this machine and the file of roots that each of them reads."""

import glob
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from certwizard.domain.cleantext import clean
from certwizard.probe.bounded_file import read_bounded

MAX_HOMES = 32
OPTION_VARIABLES = ("_JAVA_OPTIONS", "JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS")
"""In the order in which one overrides the other."""
MACHINE_TYPES = ("windows-root", "windows-my", "keychainstore", "keychainstore-root")
"""Values of trustStoreType that mean the system's own store."""

_LONGEST_NAME = 80
_PLACES = {
    "linux": (
        "/usr/lib/jvm/*", "/usr/java/*", "/usr/local/java/*", "/opt/java/*", "/opt/jdk*", "/opt/jre*",
        "/usr/local/openjdk-*", "/usr/lib64/jvm/*", "~/.sdkman/candidates/java/*", "~/.jdks/*",
        "/snap/openjdk/current/jdk",
    ),
    "darwin": (
        "/Library/Java/JavaVirtualMachines/*/Contents/Home", "~/Library/Java/JavaVirtualMachines/*/Contents/Home",
        "/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
        "/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home", "~/.sdkman/candidates/java/*",
    ),
    "win32": tuple(
        rf"{folder}\{maker}\*"
        for folder in (r"C:\Program Files", r"C:\Program Files (x86)")
        for maker in ("Java", "Eclipse Adoptium", "Microsoft", "Amazon Corretto", "Zulu", "BellSoft", "Semeru")
    ),
}  # fmt: skip
_STORES = (
    "lib/security/jssecacerts",  # taken before cacerts where it is there
    "lib/security/cacerts",
    "jre/lib/security/jssecacerts",
    "jre/lib/security/cacerts",
)
_RELEASE = re.compile(r'^(IMPLEMENTOR|JAVA_VERSION)="([^"\r\n]{1,60})"', re.MULTILINE)
_STORE_OPTION = r"(?:^|\s)[\"']?-Djavax\.net\.ssl\.{}=(?:\"([^\"]*)\"|'([^']*)'|(\S+))"


@dataclass(frozen=True, slots=True)
class JavaHome:
    """One Java."""

    path: str
    name: str
    """Maker and version where it says so, else the folder's name."""
    roots: str
    """The file of roots it reads."""


@dataclass(frozen=True, slots=True)
class JavaOverride:
    """A store that the environment gives to every Java."""

    variable: str
    path: str
    """Empty where it means the system's own store."""


def java_homes(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> tuple[JavaHome, ...]:
    """Return the Javas with a file of roots, the one that runs by default first, each file once."""
    found: dict[str, JavaHome] = {}
    for home in _candidates(environ, platform):
        roots = next((path for name in _STORES if os.path.isfile(path := os.path.join(home, name))), "")
        if roots:
            found.setdefault(os.path.realpath(roots), JavaHome(home, _name(home), roots))
        if len(found) >= MAX_HOMES:
            break
    return tuple(found.values())


def java_override(environ: Mapping[str, str] = os.environ) -> JavaOverride | None:
    """Return the store that a variable of Java's options names in place of each Java's own, or None."""
    for variable in OPTION_VARIABLES:
        options = environ.get(variable, "")
        kind, path = _option(options, "trustStoreType"), _option(options, "trustStore")
        if kind.lower() in MACHINE_TYPES:
            return JavaOverride(variable, "")
        if path and path != "NONE":
            return JavaOverride(variable, path)
    return None


def _option(options: str, name: str) -> str:
    found = re.findall(_STORE_OPTION.format(name), options)
    return next((part for part in found[-1] if part), "").strip("\"'") if found else ""


def _candidates(environ: Mapping[str, str], platform: str) -> Iterator[str]:
    if environ.get("JAVA_HOME"):
        yield environ["JAVA_HOME"]
    program = shutil.which("java", path=environ.get("PATH"))
    if program is not None:
        yield os.path.dirname(os.path.dirname(os.path.realpath(program)))
    home = environ.get("HOME", "")
    for pattern in _PLACES.get(platform, _PLACES["linux"]):
        if not pattern.startswith("~") or home:
            yield from sorted(glob.glob(pattern.replace("~", glob.escape(home), 1)))


def _name(home: str) -> str:
    release = read_bounded(os.path.join(home, "release"), 64 * 1024)
    text = release.decode("utf-8", "replace") if isinstance(release, bytes) else ""
    said = dict(_RELEASE.findall(text))
    version = said.get("JAVA_VERSION")
    maker = said.get("IMPLEMENTOR", "")
    name = f"Java {version}" + (f" of {maker}" if maker else "") if version else os.path.basename(home)
    return clean(name, _LONGEST_NAME)
