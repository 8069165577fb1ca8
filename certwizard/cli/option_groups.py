"""Groups of options that several commands share."""

import argparse

from certwizard.domain.cleantext import clean
from certwizard.domain.options import DEFAULT_TIMEOUT

FORMATS = ("text", "json", "jsonl", "markdown", "html", "nagios", "prometheus", "junit")


def whole_number(text: str) -> int:
    """Return a whole number that was typed."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise argparse.ArgumentTypeError(f"{clean(text, 40) or 'an empty word'} is no whole number")
    return int(text)


def number(text: str) -> float:
    """Return a number of seconds that was typed."""
    try:
        return float(text)
    except ValueError:
        shown = clean(text, 40) or "an empty word"
        raise argparse.ArgumentTypeError(f"{shown} is no number; expected seconds") from None


def add_server_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `serve` that are its own; all others are the wizard's."""
    parser.add_argument("--demo", action="store_true", help="serve the practice lab")
    parser.add_argument(
        "--port", type=whole_number, default=8000, metavar="PORT", help="where to listen; 0 takes a free one"
    )
    parser.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="a loopback address, no other")


def add_report_options(parser: argparse.ArgumentParser, default: str | None = "text") -> None:
    """Add the options that say how and where to a report is written."""
    group = parser.add_argument_group("report")
    group.add_argument(
        "--format",
        choices=FORMATS,
        default=default,
        metavar="FORM",
        help=f"{', '.join(FORMATS[:-1])} or {FORMATS[-1]} (default text)",
    )
    group.add_argument("--output", metavar="FILE", help="write the report there")
    group.add_argument("--warning", metavar="SHARE", help="warn at this much lifetime left: 15%% or 20d")
    group.add_argument("--critical", metavar="SHARE", help="reject at this much lifetime left")
    group.add_argument(
        "--quiet", action="store_true", help="one line a target that is not accepted, else nothing"
    )
    group.add_argument("--explain", action="store_true", help="add the lesson of each cause")


def add_plain_option(parser: argparse.ArgumentParser) -> None:
    """Add the option for the wizard line by line."""
    parser.add_argument(
        "--plain",
        action="store_true",
        help="questions and answers line by line, for screen readers and dumb terminals",
    )


def add_save_option(parser: argparse.ArgumentParser) -> None:
    """Add the option that keeps what was seen."""
    parser.add_argument("--save", metavar="FILE", help="write the observation there, for `certwizard replay`")


def add_probe_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that the wizard, demo and check share."""
    _add_server_group(parser)
    _add_file_group(parser)
    _add_judging_group(parser)


def _add_server_group(parser: argparse.ArgumentParser) -> None:
    server = parser.add_argument_group("server")
    server.add_argument("--sni", "--servername", dest="sni", metavar="NAME", help="name to send and to check")
    server.add_argument(
        "--connect", metavar="ADDRESS[:PORT]", help="connect there instead of resolving the host"
    )
    server.add_argument("--starttls", metavar="PROTO", help="upgrade with that protocol")
    family = server.add_mutually_exclusive_group()
    family.add_argument("-4", dest="family", action="store_const", const=4, help="only IPv4")
    family.add_argument("-6", dest="family", action="store_const", const=6, help="only IPv6")
    server.add_argument(
        "--proxy", metavar="URL", help="HTTP CONNECT or SOCKS5 proxy (default: from the environment)"
    )
    server.add_argument(
        "--timeout",
        type=number,
        default=DEFAULT_TIMEOUT,
        metavar="SECONDS",
        help="bound on each network step (default 5)",
    )
    server.add_argument(
        "--offline", action="store_true", help="contact the target alone: no OCSP, CRL or AIA"
    )


def _add_file_group(parser: argparse.ArgumentParser) -> None:
    files = parser.add_argument_group("files instead of a server")
    files.add_argument(
        "--file",
        action="append",
        default=[],
        metavar="FILE",
        help="the chain as it would be served; beside a TARGET, the file it is meant to serve; repeatable",
    )
    files.add_argument(
        "--key", metavar="FILE", help="the private key to match (only its public half is compared)"
    )
    files.add_argument("--name", metavar="NAME", help="the name the certificate must serve")
    files.add_argument(
        "--password-file",
        metavar="FILE",
        help="password of a PKCS#12 file or key (or CERTWIZARD_PASSWORD in the environment)",
    )


def _add_judging_group(parser: argparse.ArgumentParser) -> None:
    judging = parser.add_argument_group("judging")
    judging.add_argument(
        "--ca-file",
        action="append",
        default=[],
        metavar="FILE",
        help="judge with these roots as well; repeatable",
    )
    judging.add_argument(
        "--only-ca-file", action="store_true", help="judge with the roots of --ca-file alone"
    )
    judging.add_argument("--at", metavar="TIME", help="judge as of that time (RFC 3339)")
    judging.add_argument(
        "--crl", action="append", default=[], metavar="FILE", help="a CRL to judge with; repeatable"
    )
