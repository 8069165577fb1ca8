"""Saves an observation as JSON and reads it back, checked field by field."""

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime

from certwizard.domain.cleantext import clean, escape
from certwizard.domain.errors import SavedFileError
from certwizard.domain.observation import SCHEMA, Observation

MAX_BYTES = 64 * 1024 * 1024
_LONGEST_TEXT = 10_000
_KIND = SCHEMA.rpartition("/")[0]


def encode_observation(observation: Observation) -> bytes:
    """Return the observation as JSON with times in RFC 3339 and bytes in base64, ending in a line feed."""
    import msgspec

    # A path may hold bytes that are no text, which JSON cannot carry.
    return msgspec.json.encode(made_safe(observation)) + b"\n"


def decode_observation(data: bytes) -> Observation:
    """Return the observation that `encode_observation` wrote.

    Raises:
        SavedFileError: The bytes are too many, no JSON, or no observation of this version.
    """
    import msgspec

    if len(data) > MAX_BYTES:
        raise SavedFileError(f"the file is larger than {MAX_BYTES // 1024 // 1024} MiB; no observation is")
    _check_schema(data.removeprefix(b"\xef\xbb\xbf"))
    try:
        return made_safe(msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=Observation))
    except msgspec.ValidationError as error:
        raise SavedFileError(f"the observation is damaged: {clean(str(error), 200)}") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SavedFileError(_no_json(data)) from error


def _check_schema(data: bytes) -> None:
    import msgspec

    class Head(msgspec.Struct):
        schema: object = None

    try:
        schema = msgspec.json.decode(data, type=Head).schema
    except msgspec.ValidationError as error:
        raise SavedFileError(f"this is JSON, but no saved observation; expected {SCHEMA}") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SavedFileError(_no_json(data)) from error
    if schema == SCHEMA:
        return
    shown = clean(schema, 60) if isinstance(schema, str) else "none"
    if isinstance(schema, str) and schema.startswith(f"{_KIND}/"):
        raise SavedFileError(f"the observation has the schema {shown}; this version reads {SCHEMA}")
    raise SavedFileError(f"this is no saved observation (schema {shown}); expected {SCHEMA}")


def made_safe(observation: Observation) -> Observation:
    """Return the observation as saving it keeps it: its texts harmless and its times in UTC.

    Raises:
        SavedFileError: A time has no zone or no place in the calendar.
    """
    safe = _safe(observation)
    if not isinstance(safe, Observation):  # pragma: no cover - _safe keeps types
        raise SavedFileError("the observation is damaged")
    return safe


def _safe(value: object) -> object:
    if type(value) is str:
        return escape(value, _LONGEST_TEXT)
    if isinstance(value, datetime):
        return _in_utc(value)
    if isinstance(value, tuple):
        return tuple(_safe(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _safe(getattr(value, field.name)) for field in fields(value)})
    return value


def _in_utc(time: datetime) -> datetime:
    if time.tzinfo is None:
        raise SavedFileError("the observation is damaged: a time without its zone")
    try:
        return time.astimezone(UTC)
    except OverflowError as error:
        raise SavedFileError("the observation is damaged: a time before the year 1 or after 9999") from error


def _no_json(data: bytes) -> str:
    if not data.strip():
        return "the file is empty; expected a saved observation"
    if data.lstrip().startswith(b"{"):
        return "the file is cut off or damaged; it begins as JSON and does not end as JSON"
    return "the file is no JSON; expected an observation written with --save"
