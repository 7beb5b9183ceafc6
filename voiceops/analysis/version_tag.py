"""Names what a record holds by a short digest, so that whoever changes it can say which one they saw."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from typing import Any

from voiceops.domain.user import User

_LENGTH = 32


def version_tag(record: object) -> str:
    """The same for equal records in every process, another one for any other."""
    text = json.dumps(_plain(record), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]


def user_tag(user: User) -> str:
    """The tag of what is decided about a user by others; no sign-in of theirs changes it."""
    return version_tag((user.id, user.rights, user.disabled_at))


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return [[field.name, _plain(getattr(value, field.name))] for field in fields(value)]
    if isinstance(value, Mapping):
        return sorted([str(key), _plain(one)] for key, one in value.items())
    if isinstance(value, frozenset):
        return sorted(json.dumps(_plain(one)) for one in value)
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date | time) else value
