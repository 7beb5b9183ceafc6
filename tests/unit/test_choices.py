"""Settings that may differ by queue and language."""

import pytest

from voiceops.analysis.choices import read_choices
from voiceops.errors import BadInput

TEXT = "turbo; */hu=large-v3; sales=small; sales/fa=whisper:medium"


def test_what_says_more_about_a_call_counts_more() -> None:
    choices = read_choices(TEXT, setting="X", read=str)
    assert choices.of("service", "en") == "turbo"
    assert choices.of("service", "hu-HU") == "large-v3"
    assert choices.of("sales", "hu") == "small"
    assert choices.of("sales", "fa") == "whisper:medium"
    assert choices.of(None, None) == "turbo"


def test_nothing_chosen_is_none() -> None:
    assert read_choices("", setting="X", read=str).of("sales", "en") is None


@pytest.mark.parametrize("text", ["a=1; a=2", "turbo; large", "a/english=1", "=1"])
def test_what_cannot_be_read_names_the_setting(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_choices(text, setting="VOICEOPS_X", read=str)
    assert caught.value.record == "VOICEOPS_X"
