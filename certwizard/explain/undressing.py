"""Takes off what terminals, logs, JSON and web pages put around a message.

The text is hostile and comes in any state; what is left is plain text with ordinary quotes and new lines.
"""

import html
import re
import unicodedata

LONGEST = 4 << 20
"""Characters that are read at most; more is cut off and said so."""

_TERMINAL = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-_])|\x9b[0-?]*[ -/]*[@-~]"
)
_OVERSTRUCK = re.compile(r"[^\n\x08]\x08")
_ESCAPED_CHARACTER = re.compile(r"\\+(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")
_ESCAPED_BREAK = re.compile(r"\\+[nr](?![a-z]{2,}\\)|\\+t(?=\s|at )")
_ESCAPED_QUOTE = re.compile(r"\\+(?=[\"'`/])")
_PERCENT = re.compile(r"%(2[0-9A-Fa-f]|3[A-Fa-f]|5[BbDd]|0[AaDd])")
_TAGS = re.compile(
    r"</?(?:a|b|body|br|button|code|dd|div|dl|dt|em|font|h[1-6]|head|html|i|img|li|ol|p|pre|small|span|strong"
    r"|table|tbody|td|th|title|tr|u|ul)(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_INLINE = r"(?:</?(?:a|b|code|em|i|mark|span|strong|u|wbr)(?:\s[^<>]{0,300})?/?>)+"
_TAGS_IN_A_NAME = re.compile(rf"(?<=[\w-]){_INLINE}(?=\.\w)|(?<=\w\.){_INLINE}(?=\w)", re.IGNORECASE)
"""Emphasis within a host's name, as search results have it."""
_MARKERS = re.compile(
    r"\s?\[\s*(?:\.\.\.|…|truncated|snip|cut)\s*\]|<\s*(?:snip|truncated|cut)\s*>|\.{3,}|…", re.IGNORECASE
)
_PLAIN = str.maketrans({
    **dict.fromkeys("‘’‚‛′´ʼ＇", "'"),
    **dict.fromkeys("“”„‟″«»＂", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00a0\u2007\u202f\u3000", " "),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"),
    **dict.fromkeys("\u2028\u2029\u0085\v\f\r", "\n"),
})  # fmt: skip
_SCRIPT = "\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af"
_BESIDE_SCRIPT = re.compile(rf"(?<=[!-~])(?=[{_SCRIPT}])|(?<=[{_SCRIPT}])(?=[!-~])")
"""Where Chinese, Japanese or Korean stands right beside a message, without a space."""
_MISREAD = (("â€™", "'"), ("â€˜", "'"), ("â€œ", '"'), ("â€\x9d", '"'), ("â€", '"'), ("Â ", " "))
"""UTF-8 read as Windows-1252, as old mail and ticket systems do."""


def undress(text: str) -> str:
    """Return the text without control sequences, escapes, entities, tags and typographic quotes.

    Args:
        text: What was pasted or piped in.
    """
    text = (text if len(text) <= LONGEST else f"{text[:LONGEST]}…").replace("\r\n", "\n")
    if "\x1b" in text or "\x9b" in text:
        text = _TERMINAL.sub("", text)
    if "\x08" in text:
        text = _OVERSTRUCK.sub("", text)
    if "\\" in text:
        text = _unescaped(text)
    if "&" in text:
        text = html.unescape(html.unescape(text)) if "&amp;" in text else html.unescape(text)
    if "<" in text:
        text = _TAGS.sub("\n", _TAGS_IN_A_NAME.sub("", text))
    if text.count("%20") > 1:
        text = _PERCENT.sub(lambda found: chr(int(found[1], 16)), text)
    if not text.isascii():
        text = _plain_letters(text)
    elif "\r" in text:
        text = text.replace("\r", "\n")
    return _MARKERS.sub("…", text)


def _unescaped(text: str) -> str:
    text = _ESCAPED_CHARACTER.sub(lambda found: chr(int(found[1] or found[2], 16)), text)
    text = _ESCAPED_BREAK.sub("\n", text)
    text = _ESCAPED_QUOTE.sub("", text)
    return _TERMINAL.sub("", text) if "\x1b" in text else text


def _plain_letters(text: str) -> str:
    if "â€" in text or "Â" in text:
        for wrong, right in _MISREAD:
            text = text.replace(wrong, right)
    text = _BESIDE_SCRIPT.sub(" ", text.translate(_PLAIN))
    return text if text.isascii() else unicodedata.normalize("NFKC", text).replace("...", "…")
