"""What is not worth an alignment: the ceiling of a stretch is never below what aligning it would give."""

from collections.abc import Sequence

import pytest

from voiceops.analysis.align import align
from voiceops.analysis.heard import Run, hear
from voiceops.analysis.match import Matcher, prepare_matcher
from voiceops.analysis.promising import Stretch, Survey
from voiceops.domain.keyword_set import Keyphrase
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Transcript, Utterance

FLOOR = 0.5
NO_SHARE = 2.0  # is never there, so no other order is looked for
WORDINGS = {
    "notice": "this call is recorded for quality",
    "price": "the price is {number} dollars a month",
    "name": "my name is {name} from billing",
    "wind": "welcome to northwind support",
}
HEARD = (
    "this call is re corded for quality",
    "recorded this call quality for",
    "this coal is rec or dead",
    "the price is dollars a month",
    "the price is twenty nine dollars a month",
    "a month dollars is price",
    "my name is Mary Ann from bill ing",
    "from billing my support",
    "welcome to north wind sup port",
    "north 9 wind welcome",
)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return prepare_matcher([Keyphrase(name, (text,)) for name, text in WORDINGS.items()], "en")


def aligned(matcher: Matcher, run: Run, stretch: Stretch) -> float:
    at, heard = stretch.wording, matcher.finder.heard
    tokens = run.tokens[stretch.first : stretch.last]
    hits = [(place, heard.pairings.of(token.form).get(at, ())) for place, token in enumerate(tokens)]
    found = align(matcher.wordings[at], tokens, hits=hits, vocabulary=heard.vocabulary, floor=0.0)
    return found.score if found is not None else 0.0


def survey_of(matcher: Matcher, text: str) -> tuple[Sequence[Run], Survey]:
    runs = hear(Transcript("en", 60.0, (Utterance(Party.AGENT, 0.0, 60.0, text),)), "en")
    return runs, matcher.finder.survey([run.tokens for run in runs])


def promising(survey: Survey, floor: float) -> Sequence[Stretch]:
    return survey.promising(floor, (NO_SHARE, floor))


@pytest.mark.parametrize("text", [*HEARD, " ".join(HEARD)])
def test_every_stretch_that_reaches_the_floor_is_kept(matcher: Matcher, text: str) -> None:
    runs, survey = survey_of(matcher, text)

    kept = promising(survey, FLOOR)

    dropped = [one for one in promising(survey, -1.0) if one not in kept]
    assert all(aligned(matcher, runs[one.run], one) < FLOOR for one in dropped)


@pytest.mark.parametrize(
    ("there", "not_there"),
    [
        pytest.param(
            "welcome to nor thwind support", "welcome to nice people support", id="a word heard in two pieces"
        ),
        pytest.param("the price is nine dollars a month", "the price is dollars a month", id="a number in its slot"),
    ],
)
def test_a_part_counts_only_where_something_heard_may_be_it(matcher: Matcher, there: str, not_there: str) -> None:
    assert promising(survey_of(matcher, there)[1], 0.9)
    assert not promising(survey_of(matcher, not_there)[1], 0.9)
