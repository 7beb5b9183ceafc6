"""What the names of recordings say, as telephone systems write them, and that no name is ever an error."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceops.analysis.file_names import FileNames, NameFacts, parse_file_names
from voiceops.domain.recording import Direction, RecordingKind
from voiceops.errors import BadInput

GUIDE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
TABLE = re.findall(r"^\| [^|]+ \| `([^`]+\.(?:wav|ogg))` \| `([^`]+)` \|$", GUIDE, re.MULTILINE)
QUARTER_PAST_NINE = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
IN, OUT = Direction.INBOUND, Direction.OUTBOUND
CALLER = "4155550100"
SAID = [
    NameFacts(direction=IN, dialled_number="5551000", caller_number=CALLER, started_at=QUARTER_PAST_NINE),
    NameFacts(direction=IN, queue="600", caller_number=CALLER, started_at=QUARTER_PAST_NINE),
    NameFacts(direction=OUT, dialled_number=CALLER, agent_id="1001", started_at=QUARTER_PAST_NINE),
    NameFacts(direction=IN, agent_id="1001", caller_number=CALLER, started_at=QUARTER_PAST_NINE),
    NameFacts(started_at=QUARTER_PAST_NINE),
    NameFacts(kind=RecordingKind.VOICEMAIL, queue="service", caller_number=f"+{CALLER}"),
]


@pytest.mark.parametrize(("row", "said"), list(zip(TABLE, SAID, strict=True)))
def test_the_guides_examples_say_what_they_should(row: tuple[str, str], said: NameFacts) -> None:
    name, pattern = row
    assert parse_file_names(pattern).read(name) == said


def test_all_the_guides_patterns_work_in_one_setting() -> None:
    names = parse_file_names(" || ".join(pattern for _, pattern in TABLE))
    assert [names.read(name) for name, _ in TABLE] == SAID


def test_a_regular_expression_says_it_by_its_groups_and_labels_are_free() -> None:
    names = parse_file_names(r"(?P<label_site>[a-z]+)_(?P<agent>\w+)_.*")
    assert names.read("berlin_ana_77.wav") == NameFacts(agent_id="ana", labels={"site": "berlin"})


def test_a_date_is_read_by_the_clock_of_the_telephone_system() -> None:
    names = parse_file_names("{date}_{time}", time_zone="Europe/Budapest")
    assert names.read("2026-07-01_10-30-00.wav").started_at == datetime(2026, 7, 1, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize("name", ["20261345-250000.wav", "holiday.wav", "", "."])
def test_a_name_that_fits_nothing_or_no_calendar_says_nothing(name: str) -> None:
    assert parse_file_names("{date}-{time}").read(name) == NameFacts()


def test_what_a_group_lets_through_and_a_field_does_not_take_is_left_out() -> None:
    names = parse_file_names(r"(?P<queue>.*)-(?P<kind>.*)-(?P<direction>.*)")
    assert names.read("a queue with spaces-fax-sideways.wav") == NameFacts()


@pytest.mark.parametrize("text", ["{surname}", "(?P<agent>", "(?P<surname>.*)", "calls", "{*}", "{agent}{agent}", "{}"])
def test_a_wrong_pattern_is_named_with_what_may_be_used(text: str) -> None:
    with pytest.raises(BadInput, match="VOICEOPS_FILENAME_PATTERN") as caught:
        parse_file_names(text)
    assert "{caller}" in caught.value.next_step


def test_a_time_zone_that_is_none_is_refused() -> None:
    with pytest.raises(BadInput, match="VOICEOPS_FILENAME_TIME_ZONE"):
        parse_file_names("{agent}", time_zone="Europe/Atlantis")


PLACEHOLDERS = st.sampled_from(
    ["{caller}", "{date}", "{time}", "{epoch}", "{*}", "{kind}", "{label_x}", "{queue}", "-"]
)


@given(
    pattern=st.lists(PLACEHOLDERS | st.text(max_size=5), max_size=6).map("".join) | st.text(max_size=30), name=st.text()
)
def test_any_pattern_is_read_or_refused_and_any_name_says_something_or_nothing(pattern: str, name: str) -> None:
    try:
        names = parse_file_names(pattern)
    except BadInput:
        return
    assert isinstance(names.read(name), NameFacts)


@given(
    caller=st.from_regex(r"\+?[0-9]{3,15}", fullmatch=True),
    agent=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9.@]{0,10}", fullmatch=True),
    at=st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)),  # noqa: DTZ001 - a wall clock
)
def test_what_is_written_into_a_name_is_read_from_it(caller: str, agent: str, at: datetime) -> None:
    names = parse_file_names("{direction}-{caller}-{agent}-{date}-{time}-{*}")
    said = names.read(f"out-{caller}-{agent}-{at:%Y%m%d-%H%M%S}-1772442900.17.wav")
    started_at = at.replace(microsecond=0, tzinfo=UTC)
    assert said == NameFacts(direction=OUT, caller_number=caller, agent_id=agent, started_at=started_at)


def test_without_a_pattern_no_name_says_a_thing() -> None:
    assert FileNames().read("in-1-2-20260302-091500-3.wav") == NameFacts()
