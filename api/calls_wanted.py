"""Which calls somebody asks for, in the fields of an address, and the addresses that ask for them again."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, Literal
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field, model_validator

from api.access import SignedIn
from api.schemas.text import ID_PATTERN, Id
from voiceops.domain.finding import NOT_KEPT, Outcome
from voiceops.ports import UnitOfWork, WorklistFilter, WorklistOrder, WorklistPlace

_NAME = ID_PATTERN.removeprefix("^").removesuffix("$")
_PLACE = re.compile(rf"([01])~([0-9T:.+-]{{19,40}})~([0-9]{{1,3}}\.[0-9]{{1,4}})~({_NAME})")
Words = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
Minutes = Annotated[int, Field(ge=0, le=1440)]


class CallsWanted(BaseModel):
    """The fields of the form; one left empty asks for nothing. `rule` is a set, or a set and a rule of it.

    The outcome `not_kept` stands for missed, refused and violated.
    """

    queue: Id | None = None
    agent: Id | None = None
    rule: Annotated[str, Field(max_length=130, pattern=f"^{_NAME}(/{_NAME})?$")] | None = None
    outcome: Outcome | Literal["not_kept"] | None = None
    since: date | None = None
    until: date | None = None
    longer: Minutes | None = None
    shorter: Minutes | None = None
    clarity: Annotated[int, Field(ge=1, le=100)] | None = None
    words: Words | None = None
    order: WorklistOrder = WorklistOrder.NEWEST
    cursor: Annotated[str, Field(max_length=200)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _without_what_is_empty(cls, given: Any) -> Any:
        """A form sends what was left empty, too."""
        return {name: value for name, value in given.items() if value != ""} if isinstance(given, dict) else given

    @model_validator(mode="after")
    def _with_a_place(self) -> "CallsWanted":
        self.place()
        return self

    def place(self) -> WorklistPlace | None:
        """Where the page begins. Raises ValueError for a cursor that no page gave."""
        if self.cursor is None:
            return None
        found = _PLACE.fullmatch(self.cursor)
        if found is None:
            raise ValueError("begin again with the first page, without a cursor")
        needs, received, score, own = found.groups()
        return WorklistPlace(needs == "1", datetime.fromisoformat(received).astimezone(UTC), float(score), own)

    def filter(self, who: SignedIn, unit: UnitOfWork) -> WorklistFilter:
        """The calls that are wanted, within reach; days are those of the queue's clock, else of the house's.

        Raises NotAllowed for another agent's where one sees their own.
        """
        zone = ZoneInfo(unit.queues.find(self.queue).hours.time_zone)
        if self.agent is not None:
            who.require_own(self.agent, record=f"calls of {self.agent}")
        keyword_set, _, rule = (self.rule or "").partition("/")
        return WorklistFilter(
            queue=self.queue,
            agent_id=self.agent or who.only_agent,
            teams=who.only_teams,
            keyword_set_id=keyword_set or None,
            rule_id=rule or None,
            outcomes=NOT_KEPT if self.outcome == "not_kept" else () if self.outcome is None else (self.outcome,),
            from_at=_midnight(self.since, zone),
            to_at=_midnight(self.until, zone, days=1),
            min_seconds=None if self.longer is None else self.longer * 60.0,
            max_seconds=None if self.shorter is None else self.shorter * 60.0,
            clarity_below=self.clarity,
            # To an agent the calls that are found would tell what is said in those not released.
            words=self.words if who.only_agent is None else None,
        )

    def query_to_log(self) -> str:
        """The query without the words that were searched: they may name a person, and the log is kept."""
        return self.query() if self.words is None else self.query(words="…")

    @property
    def has_more(self) -> bool:
        """Whether something is asked for that the form does not always show."""
        return bool(self.model_fields_set & {"since", "until", "longer", "shorter", "clarity", "order"})

    def query(self, **changed: str) -> str:
        """The query of the address that asks for the same from the first page on, or with something changed."""
        asked = self.model_dump(mode="json", exclude_defaults=True, exclude={"cursor", "form"})
        return urlencode({**asked, **changed})


def cursor_of(place: WorklistPlace) -> str:
    """The place as a page's address has it."""
    return f"{place.needs_person:d}~{place.received_at.isoformat()}~{float(place.worst_score)}~{place.recording_id}"


def _midnight(day: date | None, zone: ZoneInfo, *, days: int = 0) -> datetime | None:
    return None if day is None else datetime.combine(day + timedelta(days=days), time(), zone).astimezone(UTC)
