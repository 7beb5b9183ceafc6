"""Voicemails: what stands behind a cell of the trends' map, and what became of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field, model_validator

from api.deps import Here, Who, one_page
from api.guard import GuardedRoute
from api.schemas.text import Id
from api.ui.figures import CHOICES, Weeks
from api.ui.render import render
from api.ui.texts import language_of
from api.ui.trend_paper import days_of
from voiceops.analysis.hours_of_week import clocks_of
from voiceops.domain.callback_task import CallbackTask, TaskState
from voiceops.domain.recording import Recording
from voiceops.domain.trends import LeftVoicemail, VoicemailWish
from voiceops.ports import UnitOfWork
from voiceops.usecases.choose_weeks import TrendWish, choose_weeks
from voiceops.usecases.find_voicemails import find_voicemails

router = APIRouter(tags=["pages"], route_class=GuardedRoute, include_in_schema=False)

SHOWN = 50


class VoicemailsWanted(BaseModel):
    """The fields of the form; one left empty asks for nothing."""

    weeks: Weeks = "6"
    queue: Id | None = None
    agent: Id | None = None
    weekday: Annotated[int, Field(ge=0, le=6)] | None = None
    hour: Annotated[int, Field(ge=0, le=23)] | None = None
    state: TaskState | None = None
    cursor: Id | None = None

    @model_validator(mode="before")
    @classmethod
    def _without_what_is_empty(cls, given: Any) -> Any:
        """A form sends what was left empty, too."""
        return {name: value for name, value in given.items() if value != ""} if isinstance(given, dict) else given

    def query(self, **changed: str) -> str:
        """The query of the address that asks for the same from the first page on, or with something changed."""
        asked = self.model_dump(mode="json", exclude_defaults=True, exclude={"cursor"})
        return urlencode({**asked, **changed})


@dataclass(frozen=True)
class Voicemail:
    """A voicemail, when it was left by the clock of its queue, and its task; None where it has none yet."""

    recording: Recording
    at: datetime
    task: CallbackTask | None


@router.get("/voicemails", name="voicemails_page")
def voicemails_page(
    request: Request, services: Here, who: Who, wanted: Annotated[VoicemailsWanted, Query()]
) -> Response:
    """The newest of them; each can be opened and heard."""
    wish = VoicemailWish(wanted.weekday, wanted.hour, wanted.agent, wanted.state)
    with services.open_view() as unit:
        weeks = TrendWish(int(wanted.weeks), queue=wanted.queue, teams=who.only_teams)
        span = choose_weeks(unit, weeks, now=services.clock.now())
        left, following = one_page(
            lambda page: find_voicemails(unit, span, wish, page),
            limit=SHOWN,
            cursor=wanted.cursor,
            id_of=lambda one: one.recording_id,
        )
        shown, names = _shown(unit, left), _names(unit, who.only_teams)
        queues = [one.id for one in unit.queues.list()]
    return render(
        request,
        "voicemails.html",
        wanted=wanted,
        shown=shown,
        following=following,
        choices=CHOICES,
        queues=queues,
        names=names,
        states=list(TaskState),
        days=days_of(language_of(request)),
    )


def _shown(unit: UnitOfWork, left: Sequence[LeftVoicemail]) -> list[Voicemail]:
    clocks = clocks_of(unit.queues.find_all({one.queue for one in left}))
    own = [one.recording_id for one in left]
    tasks = unit.messages.tasks_of(own)
    recordings = {one.recording.id: one.recording for one in unit.worklist.of_ids(own)}
    return [
        Voicemail(
            recordings[one.recording_id], one.received_at.astimezone(clocks[one.queue]), tasks.get(one.recording_id)
        )
        for one in left
    ]


def _names(unit: UnitOfWork, teams: Sequence[str] | None) -> Mapping[str, str]:
    """Of the agents whom they may see."""
    return {one.id: one.name for one in unit.agents.list() if teams is None or one.team in teams}
