"""The live stream of what happens to tasks, as server-sent events.

The database is read, not a message bus: any number of API processes show the same, and whoever was away
goes on where they stopped.
"""

import json
import time
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Annotated

import anyio
from fastapi import APIRouter, Header, Request, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from api.access import SignedIn
from api.answers import problems
from api.credentials import identity_of
from api.deps import Here, Who
from api.guard import GuardedRoute
from api.streams import LOOK_SECONDS, Streams
from voiceops.analysis.concern import as_seen_by, concerns
from voiceops.analysis.notice_document import write_task_change
from voiceops.analysis.settle import Settling
from voiceops.domain.notice import TaskChange
from voiceops.domain.user import Identity
from voiceops.errors import NotSignedIn, VoiceOpsError
from voiceops.ports import Services

router = APIRouter(prefix="/api/v1/events", tags=["events"], route_class=GuardedRoute)

HEARTBEAT_SECONDS = 15.0
COME_BACK_MS = 2000
BATCH = 100
_NUMBERS_END = 2**63 - 1

LastSeen = Annotated[
    int | None,
    Header(alias="Last-Event-ID", ge=0, le=_NUMBERS_END, description="Go on after this one; left out: from now on."),
]


@router.get(
    "",
    name="stream_events",
    response_class=Response,
    responses={
        **problems(),
        200: {"description": "Events for as long as you listen.", "content": {"text/event-stream": {}}},
    },
)
def stream_events(request: Request, services: Here, who: Who, last_event_id: LastSeen = None) -> Response:
    """What happens to tasks, live; agents hear of their own tasks and of the pool of their queues,
    supervisors of what belongs to their teams.
    """
    streams: Streams = request.app.state.streams
    listener = _Listener(services, who, streams, last_event_id, ask_again=lambda: identity_of(services, request))
    streams.enter()
    return _LiveStream(_lines(request, listener), streams)


class _LiveStream(StreamingResponse):
    """An endless answer that gives its place back, however it ends."""

    def __init__(self, lines: AsyncIterator[str], streams: Streams) -> None:
        super().__init__(lines, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})
        self._streams = streams

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until either side has had enough."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._streams.leave()


class _Listener:
    """One client's place in the stream. Its reading runs in threads, one call at a time."""

    def __init__(
        self,
        services: Services,
        who: SignedIn,
        streams: Streams,
        last_seen: int | None,
        *,
        ask_again: Callable[[], Identity],
    ) -> None:
        self._services = services
        self._ask_again = ask_again
        self._who = who
        self._streams = streams
        with services.open_view() as unit:
            newest = unit.feed.newest()
            # Whoever begins now must still get what has a number already and is about to be committed.
            first = max(0, newest - BATCH) if last_seen is None else min(last_seen, newest)
            self._settling = Settling(first)
            if last_seen is None:
                self._settling.settled(unit.feed.after(first), now=services.clock.now())
        self._look_up()

    def still_welcome(self) -> bool:
        """Whether the token or session still counts; also looks up anew which agents and queues are theirs."""
        try:
            self._ask_again()
        except NotSignedIn:
            return False
        self._look_up()
        return True

    def next_lines(self) -> tuple[str, bool]:
        """What to send now, and whether more waits already."""
        if self._streams.newest(self._services) <= self._settling.reached:
            return "", False
        with self._services.open_view() as unit:
            found = unit.feed.after(self._settling.reached, limit=BATCH)
        settled = self._settling.settled(found, now=self._services.clock.now())
        return "".join(filter(None, map(self._line, settled))), len(settled) == BATCH

    def _line(self, change: TaskChange) -> str | None:
        seen = self._seen(change)
        if seen is None:
            return None
        document = json.dumps(write_task_change(seen), ensure_ascii=False)
        return f"id: {seen.number}\nevent: {seen.type}\ndata: {document}\n\n"

    def _seen(self, change: TaskChange) -> TaskChange | None:
        """The change as they may see it, or None."""
        if self._who.only_agent is not None:
            return as_seen_by(change, self._who.only_agent, self._queues)
        anything = self._who.only_teams is None
        return change if anything or concerns(change, self._agents, self._queues) else None

    def _look_up(self) -> None:
        agent_id, teams = self._who.only_agent, self._who.only_teams
        self._agents: Sequence[str] = ()
        self._queues: Sequence[str] = ()
        with self._services.open_view() as unit:
            if agent_id is not None:
                self._queues = unit.agents.get(agent_id).queues
            elif teams is not None:
                self._agents = [agent.id for agent in unit.agents.list() if agent.team in teams]
                self._queues = [queue.id for queue in unit.queues.list() if queue.team in teams]


async def _lines(request: Request, listener: _Listener) -> AsyncIterator[str]:
    yield f"retry: {COME_BACK_MS}\n\n"
    beat_at = time.monotonic() + HEARTBEAT_SECONDS
    while not request.app.state.is_stopping() and not await request.is_disconnected():
        try:
            lines, more = await run_in_threadpool(listener.next_lines)
            if time.monotonic() >= beat_at:
                beat_at = time.monotonic() + HEARTBEAT_SECONDS
                lines = lines or ": still here\n\n"
                if not await run_in_threadpool(listener.still_welcome):
                    return
        except VoiceOpsError:
            return  # the client comes back by itself and goes on where it stopped
        if lines:
            yield lines
        if not more:
            await anyio.sleep(LOOK_SECONDS)
