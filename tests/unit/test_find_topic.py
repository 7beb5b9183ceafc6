"""A message's topic, told by the shipped keyword sets."""

from pathlib import Path

import pytest

from tests.builders import a_transcript
from voiceops.analysis.evaluate import prepare
from voiceops.analysis.find_topic import find_topic, has_mentions
from voiceops.analysis.keyword_set_document import read_keyword_set

SHIPPED = Path(__file__).parents[2] / "keyword_sets"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "hello this is mary brown i want to cancel my subscription please", "Wants to cancel"),
        ("hu", "jó napot panaszt szeretnék tenni a számla miatt", "Panaszkodik"),
        ("fa", "سلام می‌خواهم شکایت کنم لطفا تماس بگیرید", "شکایت می‌کند"),
        ("en", "hello this is mary brown please call me back tomorrow", None),
    ],
)
def test_the_shipped_sets_tell_what_a_message_is_about(language: str, text: str, expected: str | None) -> None:
    sets = [read_keyword_set(p.read_text("utf-8"), record=p.name) for p in sorted(SHIPPED.glob(f"*-{language}.yaml"))]
    topic = find_topic(
        [prepare(one) for one in sets if has_mentions(one)], a_transcript(f"caller: {text}", language=language)
    )
    assert (topic.value if topic else None) == expected
    assert topic is None or topic.spoken in text


def test_a_set_that_only_requires_wordings_tells_no_topic() -> None:
    required = read_keyword_set(
        (SHIPPED / "recording-notice-en.yaml").read_text("utf-8"), record="recording-notice-en.yaml"
    )
    heard = a_transcript("caller: this call is recorded")
    assert find_topic([prepare(required)], heard) is None
