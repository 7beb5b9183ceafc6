"""The reply to a request that a client named by a key of its own, kept so that sending it again does nothing twice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Reply:
    """What was answered. `body` None: it held a secret that is shown once, so it was not kept."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class KeptReply:
    """A key that somebody used, of which only the SHA-256 is kept, and the reply once there is one.

    Without a reply the request is being worked on until `held_until`; after that whoever did so has died.
    `request_sha256` tells whether a later request is the same. At `expires_at` the key is free again.
    """

    principal: str
    key_sha256: str
    held_until: datetime
    expires_at: datetime
    request_sha256: str | None = None
    reply: Reply | None = None
