"""A sample on pages: drawn from the worklist's filters, and opened again with the same calls."""

from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Form, Request, Response

from api.calls_wanted import CallsWanted
from api.deps import Here, PathId, Who
from api.guard import GuardedRoute
from api.ui.forms import go_to
from api.ui.render import render
from api.ui.worklist import listed_of
from voiceops.errors import BadInput
from voiceops.usecases.draw_sample import draw_sample

router = APIRouter(prefix="/samples", tags=["pages"], route_class=GuardedRoute, include_in_schema=False)


@router.post("", name="draw_sample_by_form")
def draw_sample_by_form(
    services: Here,
    who: Who,
    per_agent: Annotated[int, Form(ge=1, le=50)],
    asked: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Draws from what the list showed, and opens the sample."""
    try:
        wanted = CallsWanted.model_validate(dict(parse_qsl(asked)))
    except ValueError as error:
        raise BadInput(
            "The filters cannot be read.", record="sample", next_step="Open the list again and draw once more."
        ) from error
    with services.open_view() as unit:
        calls = wanted.filter(who, unit)
    sample = draw_sample(services, calls, per_agent=per_agent, asked=wanted.query(), drawn_by=who.actor)
    return go_to(f"/samples/{sample.id}", done="sampled")


@router.get("/{sample_id}", name="sample_page")
def sample_page(request: Request, sample_id: PathId, services: Here) -> Response:
    """The stamp, and the calls by agent."""
    with services.open_view() as unit:
        sample = unit.samples.get(sample_id)
        listed = listed_of(unit, unit.worklist.of_ids(sample.recording_ids), sample.recording_ids)
        names = {one.id: one.name for one in unit.agents.list()}
    return render(request, "sample.html", sample=sample, listed=listed, agent_names=names, is_own=False)
