"""Connects to Redis by its address, shows addresses without their secrets, and puts its faults into our words."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

from redis import Redis
from redis.backoff import ConstantBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as RedisTimeoutError
from redis.retry import Retry
from redis.sentinel import Sentinel

from voiceops.errors import BadInput, Unavailable

PAUSE_BEFORE_SECOND_TRY_SECONDS = 0.1
SENTINEL_SCHEMES = ("redis+sentinel", "rediss+sentinel")
SENTINEL_PORT = 26379
TLS_OPTIONS = ("ssl_ca_certs", "ssl_certfile", "ssl_keyfile")


def connect(redis_url: str, *, patience_seconds: float) -> Redis:
    """A client that waits at most `patience_seconds` for a connection or an answer and tries twice.

    `redis+sentinel://:PASSWORD@HOST:26379,HOST:26379/NAME/0` asks these sentinels who is the master of that name, also
    after each fail-over; `rediss+sentinel` speaks TLS with all of them. Nothing is sent yet. Raises BadInput for an
    address that is none.
    """
    options = {
        "socket_timeout": patience_seconds,
        "socket_connect_timeout": patience_seconds,
        "retry": Retry(ConstantBackoff(PAUSE_BEFORE_SECOND_TRY_SECONDS), 1),
        "retry_on_error": [RedisConnectionError, RedisTimeoutError],
        "health_check_interval": 30,
    }
    try:
        if urlsplit(redis_url).scheme in SENTINEL_SCHEMES:
            return _master_by_sentinels(redis_url, options)
        client: Redis = Redis.from_url(redis_url, **options)
    except ValueError as fault:
        raise BadInput(
            "This is not the address of a Redis server.",
            record=masked(redis_url),
            next_step="Write VOICEOPS_REDIS_URL as redis://HOST:6379/0, rediss://…, unix:///PATH "
            "or redis+sentinel://HOST:26379,HOST:26379/NAME/0.",
        ) from fault
    return client


def _master_by_sentinels(address: str, options: Mapping[str, Any]) -> Redis:
    """Raises ValueError. A name and a password in the address are the master's; the query holds the sentinels'."""
    parts = urlsplit(address)
    hosts = [_host_and_port(one) for one in parts.netloc.rpartition("@")[2].split(",")]
    service, _, database = parts.path.strip("/").partition("/")
    if not service:
        raise ValueError("no name of a master")
    query = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
    encryption: dict[str, Any] = {"ssl": True} if parts.scheme.startswith("rediss") else {}
    encryption |= {name: value for name, value in query.items() if name in TLS_OPTIONS}
    login = {name: query[f"sentinel_{name}"] for name in ("username", "password") if f"sentinel_{name}" in query}
    patience = {name: options[name] for name in ("socket_timeout", "socket_connect_timeout")}
    sentinels: Any = Sentinel(hosts, sentinel_kwargs={**patience, **encryption, **login}, **encryption)  # type: ignore[no-untyped-call]  # redis-py leaves it untyped
    # Only the login stands before the hosts; a list of hosts is no host to urlsplit.
    name, _, password = parts.netloc.rpartition("@")[0].partition(":")
    master: Redis = sentinels.master_for(
        service, db=int(database or 0), username=unquote(name) or None, password=unquote(password) or None, **options
    )
    return master


def _host_and_port(text: str) -> tuple[str, int]:
    one = urlsplit(f"//{text}")
    if not one.hostname:
        raise ValueError("a sentinel without a host")
    return one.hostname, one.port or SENTINEL_PORT


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
