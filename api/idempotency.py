"""Does once what a client sends twice: the reply to a POST with an `Idempotency-Key` is kept and given again.

Only what succeeded is kept. A refused request changed nothing, so its key stays free.
"""

import hashlib
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace

import anyio
import structlog
from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from api.body_digest import BodyDigest
from voiceops.domain.kept_reply import KeptReply, Reply
from voiceops.domain.user import Identity
from voiceops.errors import BadInput, Conflict, Unavailable, VoiceOpsError
from voiceops.ports import Services
from voiceops.usecases.claim_key import claim_key

log = structlog.get_logger(__name__)

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEY_PATTERN = r"^[!-~]{1,255}$"
# Their replies hold a secret, which is shown once and stored nowhere.
SHOWN_ONCE = frozenset({"create_token", "create_user", "reset_password", "add_subscription"})

PATIENCE_SECONDS = 30.0
_LOOK_AGAIN_SECONDS = 0.2
_KEPT_HEADERS = ("content-type", "location", "etag")

Handler = Callable[[Request], Awaitable[Response]]


async def answer_once(request: Request, handle: Handler, *, route_name: str, asker: Identity) -> Response:
    """The response of `handle`, or the one that an earlier request with the same key got.

    Raises BadInput for a key that is none, Conflict where it was used for another request, and Unavailable while an
    earlier request with it is still being worked on.
    """
    key = _key_of(request)
    if key is None:
        return await handle(request)
    services: Services = request.app.state.services
    body = BodyDigest(request.receive, content_type=request.headers.get("content-type"))
    kept, is_ours = await _claimed(services, asker.user_id or asker.id, key)
    if not is_ours:
        return _again(kept, await _fingerprint(request, body))
    try:
        response = await handle(Request(request.scope, body.receive))
        done = response.status_code < 300  # noqa: PLR2004 - the successes of HTTP
    except BaseException:
        await run_in_threadpool(_release, services, kept)
        raise
    if done:
        reply = _reply_of(response, with_body=route_name not in SHOWN_ONCE)
        fingerprint = await _fingerprint(request, body)
        await run_in_threadpool(_keep, services, replace(kept, request_sha256=fingerprint, reply=reply))
    else:
        await run_in_threadpool(_release, services, kept)
    return response


def _key_of(request: Request) -> str | None:
    key = request.headers.get(HEADER)
    if key is None or request.method != "POST":
        return None
    if re.fullmatch(KEY_PATTERN, key) is None:
        raise BadInput(
            "A key has 1 to 255 visible ASCII characters and no spaces.",
            record=HEADER,
            next_step="Send a fresh UUID for each new request, and the same one when you send it again.",
        )
    return hashlib.sha256(key.encode()).hexdigest()


async def _claimed(services: Services, principal: str, key_sha256: str) -> tuple[KeptReply, bool]:
    """What stands under the key once nobody else works on it; the body is not read meanwhile."""
    patience_ends = anyio.current_time() + PATIENCE_SECONDS
    while True:
        kept, is_ours = await run_in_threadpool(claim_key, services, principal, key_sha256)
        if is_ours or kept.reply is not None:
            return kept, is_ours
        if anyio.current_time() > patience_ends:
            raise Unavailable(
                "An earlier request with this key is still being worked on.",
                record=HEADER,
                next_step="Send the same request with the same key again in a few seconds.",
            )
        await anyio.sleep(_LOOK_AGAIN_SECONDS)


async def _fingerprint(request: Request, body: BodyDigest) -> str:
    head = f"{request.method} {request.url.path}?{request.url.query}\n"
    return hashlib.sha256(f"{head}{await body.finish()}".encode()).hexdigest()


def _again(kept: KeptReply, fingerprint: str) -> Response:
    if kept.request_sha256 != fingerprint:
        raise Conflict(
            "This key was used for another request.",
            record=HEADER,
            next_step="Use a fresh key for a new request, and a used one only for the very same request.",
        )
    reply = kept.reply or Reply(0)
    if reply.body is None:
        raise Conflict(
            "An earlier request with this key did this; its answer held a secret that is shown once.",
            record=reply.headers.get("location", HEADER),
            next_step="If the secret is lost, remove what was made and make another with a fresh key.",
        )
    return Response(reply.body, reply.status, {**reply.headers, REPLAYED: "true"})


def _reply_of(response: Response, *, with_body: bool) -> Reply:
    headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
    return Reply(response.status_code, headers, bytes(response.body) if with_body else None)


def _keep(services: Services, kept: KeptReply) -> None:
    """What was done stays done; without the reply, the key only protects for a minute."""
    try:
        with services.open_unit() as unit:
            unit.replies.save(kept)
            unit.commit()
    except VoiceOpsError as error:
        log.warning("reply not kept", error=type(error).__name__)


def _release(services: Services, kept: KeptReply) -> None:
    try:
        with services.open_unit() as unit:
            unit.replies.release(kept.principal, kept.key_sha256)
            unit.commit()
    except VoiceOpsError as error:
        log.warning("key not released", error=type(error).__name__)
