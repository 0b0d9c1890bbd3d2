"""One way to write a value, an entry and a seal as bytes, so that a hash means the same everywhere and for good."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from typing import Any
from uuid import UUID

CHAINED = (
    "previous_hash",
    "town",
    "seq",
    "subject_type",
    "subject_id",
    "deed",
    "by",
    "on_behalf_of",
    "happened_at",
    "recorded_at",
    "article",
    "client_key",
    "content_digest",
    "body_digest",
)
"""The columns of an entry that its hash covers, in order."""


def plain(value: object) -> object:
    """Return `value` as JSON can hold it; TypeError for what a column should never hold, such as a float."""
    write = _WRITERS.get(type(value))
    if write is not None:
        return write(value)
    if isinstance(value, Enum):
        return plain(value.value)
    for kind, of_kind in _WRITERS.items():
        if isinstance(value, kind):
            return of_kind(value)
    raise TypeError(f"{type(value).__name__} has no canonical form: {value!r}")


def written(content: object) -> str:
    """Return `content` as canonical JSON: sorted keys, no blanks, Chinese as it is."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(*parts: str) -> str:
    """Return the SHA-256 of `parts`, each led by its length so that no two lists of parts agree."""
    return sha256("".join([f"{len(part)}:{part}" for part in parts]).encode()).hexdigest()


def entry_hash(fields: Iterable[object]) -> str:
    """Return the hash of an entry from its columns in the order of `CHAINED`."""
    parts = [v if type(v) is str else "" if v is None else str(plain(v)) for v in fields]
    return sha256("".join([f"{len(part)}:{part}" for part in parts]).encode()).hexdigest()


def personal_digest(salt: str, value: object) -> str:
    """Return what stands in a body for a personal value: its salted digest, marked with ~."""
    return "~" + digest(salt, written(value))[:32]


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise TypeError("a moment without a zone has no canonical form")
    at = value if value.tzinfo is UTC else value.astimezone(UTC)
    return at.isoformat(timespec="microseconds")


def _decimal(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _mapping(value: Mapping[object, object]) -> dict[str, object]:
    return {str(key): plain(item) for key, item in value.items()}


def _as_it_is(value: Any) -> Any:
    return value


_WRITERS: dict[type, Callable[[Any], object]] = {
    str: str,
    type(None): _as_it_is,
    bool: _as_it_is,
    int: _as_it_is,
    UUID: str,
    datetime: _moment,
    date: date.isoformat,
    time: time.isoformat,
    Decimal: _decimal,
    bytes: bytes.hex,
    dict: _mapping,
    list: lambda value: [plain(item) for item in value],
    tuple: lambda value: [plain(item) for item in value],
}
"""By exact type first; `datetime` stands before `date`, `bool` before `int`, whose subclasses they are."""
