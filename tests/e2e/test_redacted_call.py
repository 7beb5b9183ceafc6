"""A redacted call in a real browser: what was masked and silenced can be seen, and what is still open is closed."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from tests.api_door import Door
from tests.browsers import Visitor
from tests.page_records import PASSWORD, move_in
from voiceops.analysis.mask_private import mask_words
from voiceops.analysis.silence_private import flatten, stretches_to_silence
from voiceops.domain.masking import Masking
from voiceops.domain.private import Private
from voiceops.domain.recording import Recording, RecordingState
from voiceops.ports import Page, RecordingFilter

Visit = Callable[..., Visitor]


@pytest.fixture(scope="module")
def house(module_door: Door) -> Door:
    """One server with one call, in which two stretches are redacted."""
    move_in(module_door, wanted=("calls/02",))
    redact(module_door)
    return module_door


def the_call(house: Door) -> Recording:
    with house.services.open_view() as unit:
        [call] = unit.recordings.list(RecordingFilter(), Page())
    return call


def redact(house: Door) -> None:
    """Some words of the call are masked as a card's number and as a name."""
    call = the_call(house)
    with house.services.open_unit() as unit:
        transcript, waveform = unit.transcripts.get(call.id), unit.waveforms.find(call.id)
        long = [at for at, one in enumerate(transcript.utterances) if len(one.words) >= 8]
        hidden = {(long[0], word): Private.NAME for word in (2, 3)}
        hidden |= {(long[-1], word): Private.CARD for word in (3, 4, 5, 6)}
        silenced = stretches_to_silence(transcript, hidden, channels=2)
        unit.transcripts.put(call.id, mask_words(transcript, hidden))
        if waveform is not None:
            unit.waveforms.put(call.id, flatten(waveform, silenced))
        unit.recordings.save(replace(call, silenced=silenced, redacted_at=call.received_at))
        unit.commit()


@pytest.mark.parametrize(
    ("look", "words"),
    [
        ({}, ("2 stretches were silenced", "[card number]", "[name]")),
        ({"locale": "hu", "color_scheme": "dark"}, ("2 rész el van némítva", "[kártyaszám]", "[név]")),
        ({"locale": "fa", "width": 360}, ("بخش بی‌صدا شده است", "[شماره کارت]", "[نام]")),
    ],
    ids=["en", "hu", "fa"],
)
def test_what_was_masked_and_silenced_is_named(
    house: Door, visit: Visit, look: dict[str, str], words: tuple[str, ...]
) -> None:
    visitor = visit(house.url, **look)
    visitor.signs_in("vera", PASSWORD)
    visitor.page.goto(f"/calls/{the_call(house).id}")
    expect(visitor.page.locator(".wave")).to_be_visible()
    expect(visitor.page.locator(".silenced")).to_contain_text(words[0])
    for masked in words[1:]:
        expect(visitor.page.locator("#words .masked-words", has_text=masked)).to_have_count(1)
    expect(visitor.page.locator("#words")).not_to_contain_text("•••")
    visitor.page.locator(".silenced button").last.click()
    visitor.page.wait_for_function("document.querySelector('audio').currentTime > 0")
    visitor.sees_no_fault()


def test_sound_that_waits_for_redaction_is_closed_to_qa_and_says_why(house: Door, visit: Visit) -> None:
    call = the_call(house)
    with house.services.open_unit() as unit:
        queue = unit.queues.find(call.queue)
        unit.queues.put(replace(queue, id=call.queue or "default", masking=Masking(call=(Private.CARD,))))
        waiting = replace(call, state=RecordingState.FAILED, failure="The engine failed.", redacted_at=None)
        unit.recordings.save(waiting)
        unit.commit()
    visitor = visit(house.url)
    visitor.signs_in("vera", PASSWORD)
    visitor.page.goto(f"/calls/{call.id}")
    expect(visitor.page.get_by_text("nobody knows what is private in it")).to_be_visible()
    expect(visitor.page.locator("audio")).to_have_count(0)
    visitor.sees_no_fault()
    leader = visit(house.url)
    leader.signs_in("sam", PASSWORD)
    leader.page.goto(f"/calls/{call.id}")
    expect(leader.page.locator("audio")).to_have_count(1)
