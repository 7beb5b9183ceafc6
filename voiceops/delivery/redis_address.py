"""Connects to Redis by its address, shows addresses without their secrets, and puts its faults into our words."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

from redis import Redis
from redis.backoff import ConstantBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as RedisTimeoutError
from redis.retry import Retry

from voiceops.errors import BadInput, Unavailable

PAUSE_BEFORE_SECOND_TRY_SECONDS = 0.1


def connect(redis_url: str, *, patience_seconds: float) -> Redis:
    """A client that waits at most `patience_seconds` for a connection or an answer and tries twice.

    Nothing is sent yet. Raises BadInput for an address that is none.
    """
    try:
        client: Redis = Redis.from_url(
            redis_url,
            socket_timeout=patience_seconds,
            socket_connect_timeout=patience_seconds,
            retry=Retry(ConstantBackoff(PAUSE_BEFORE_SECOND_TRY_SECONDS), 1),
            retry_on_error=[RedisConnectionError, RedisTimeoutError],
            health_check_interval=30,
        )
    except ValueError as fault:
        raise BadInput(
            "This is not the address of a Redis server.",
            record=masked(redis_url),
            next_step="Write VOICEOPS_REDIS_URL as redis://HOST:6379/0, rediss://… or unix:///PATH.",
        ) from fault
    return client


def masked(redis_url: str) -> str:
    """The address with password and query left out, fit for logs and messages."""
    try:
        parts = urlsplit(redis_url)
    except ValueError:
        return "the Redis address"
    _, at, host = parts.netloc.rpartition("@")
    return urlunsplit((parts.scheme, f"***{at}{host}" if at else host, parts.path, "", ""))


@contextmanager
def redis_faults(redis_url: str) -> Iterator[None]:
    """Turn every fault of Redis inside the block into Unavailable, with no secret in its text."""
    try:
        yield
    except RedisError as fault:
        raise Unavailable(
            f"Redis does not answer as it should ({type(fault).__name__}).",
            record=masked(redis_url),
            next_step="Start Redis or mend VOICEOPS_REDIS_URL; what waits in the database is sent again by itself.",
        ) from None
