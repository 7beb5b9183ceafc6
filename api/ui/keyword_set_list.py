"""The keyword sets there are, and a new version on its way in: its faults are shown at their lines in its own text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api.access import ACCESS, SignedIn
from api.deps import Here, Who
from api.guard import GuardedRoute
from api.sent_document import sent_document, text_of
from api.ui.forms import Typed, go_to
from api.ui.render import render
from voiceops.analysis.check_keyword_set import KeywordSetCheck, report_on_keyword_set
from voiceops.domain.reanalysis import Purpose
from voiceops.errors import BadInput, Conflict, Problem
from voiceops.ports import Services, StoredKeywordSet
from voiceops.usecases.begin_reanalysis import AskedReanalysis
from voiceops.usecases.start_reanalysis import start_reanalysis
from voiceops.usecases.upload_keyword_set import upload_keyword_set

router = APIRouter(prefix="/keyword-sets", tags=["pages"], route_class=GuardedRoute, include_in_schema=False)

# More than any keyword set has; the limit for documents comes first.
Source = Annotated[str, Form(max_length=1024**2)]


@dataclass(frozen=True)
class Listed:
    """A keyword set by its newest version, and the one in use, which may be older or missing."""

    newest: StoredKeywordSet
    active: StoredKeywordSet | None


@dataclass(frozen=True)
class DraftLine:
    """One line of a file with what is wrong in it."""

    number: int
    text: str
    problems: Sequence[Problem]


@router.get("", name="keyword_sets_page")
def keyword_sets_page(request: Request, services: Here) -> Response:
    """Every keyword set with the version in use, and a place to drop a file."""
    with services.open_view() as unit:
        active = {one.keyword_set.id: one for one in unit.keyword_sets.list_active()}
        listed = [Listed(one, active.get(one.keyword_set.id)) for one in unit.keyword_sets.list_newest()]
    return render(request, "keyword_sets.html", listed=listed)


@router.post("/check", name="check_keyword_file_by_form")
def check_keyword_file_by_form(request: Request, services: Here, who: Who) -> Response:
    """Shows a file with its faults, or that it has none; nothing is stored."""
    file_name, data = sent_document(request)
    check = report_on_keyword_set(partial(text_of, data, file_name), file=file_name)
    return _draft(request, services, who, source=_lines_as_typed(data.decode("utf-8-sig", "replace")), check=check)


@router.post("/check-text", name="check_keyword_text_by_form")
def check_keyword_text_by_form(
    request: Request, services: Here, who: Who, *, source: Source = "", file_name: Typed = ""
) -> Response:
    """The same for what was typed or mended on the page."""
    check = report_on_keyword_set(_given(source, file_name), file=file_name)
    return _draft(request, services, who, source=_lines_as_typed(source), check=check)


@router.post("", name="upload_keyword_set_by_form")
def upload_keyword_set_by_form(
    request: Request, services: Here, who: Who, *, source: Source = "", file_name: Typed = ""
) -> Response:
    """Stores it, not yet in use, and asks at once what it would change; shows its faults where it has any."""
    try:
        text = _given(source, file_name)()
        stored = upload_keyword_set(services, text, file_name=file_name, uploaded_by=who.actor, activate=False)
    except (BadInput, Conflict):
        return check_keyword_text_by_form(request, services, who, source=source, file_name=file_name)
    begin_what_if(services, stored.keyword_set.id, stored.keyword_set.version, asked_by=who.actor)
    return go_to(f"/keyword-sets/{stored.keyword_set.id}?version={stored.keyword_set.version}")


def begin_what_if(services: Services, keyword_set_id: str, version: int, *, asked_by: str) -> None:
    """Ask what a version would change. Raises Conflict while another one is being applied."""
    start_reanalysis(services, AskedReanalysis(keyword_set_id, version, Purpose.WHAT_IF, asked_by))


def _given(source: str, file_name: str) -> Callable[[], str]:
    return partial(text_of, _lines_as_typed(source).encode(), file_name)


def _lines_as_typed(source: str) -> str:
    """A form sends every line with the end that no file of ours has."""
    return source.replace("\r\n", "\n")


def _draft(request: Request, services: Services, who: SignedIn, *, source: str, check: KeywordSetCheck) -> Response:
    lines = source.split("\n")
    problems = check.problems or _taken(services, check, lines)
    return render(
        request,
        "keyword_draft.html",
        file_name=check.file,
        source=source,
        keyword_set=check.keyword_set,
        problems=problems,
        lines=[
            DraftLine(number, text, [one for one in problems if one.line == number])
            for number, text in enumerate(lines, start=1)
        ],
        may_upload=who.identity.role in ACCESS["upload_keyword_set_by_form"],
    )


def _taken(services: Services, check: KeywordSetCheck, lines: Sequence[str]) -> Sequence[Problem]:
    """A fault that only the stored versions tell: this one's number is not higher than theirs."""
    keyword_set = check.keyword_set
    if keyword_set is None:
        return ()
    with services.open_view() as unit:
        newest = next((one.keyword_set.version for one in unit.keyword_sets.versions(keyword_set.id)), 0)
    if keyword_set.version > newest:
        return ()
    line = next((number for number, text in enumerate(lines, start=1) if text.startswith("version:")), None)
    return (Problem(line, f"Version {newest} is stored already; write {newest + 1} or higher."),)
