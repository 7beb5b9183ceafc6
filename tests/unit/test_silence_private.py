"""Where the sound falls silent: always at what is masked, and rather further than too short."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceops.analysis.mask_private import find_private
from voiceops.analysis.read_masking import read_masking
from voiceops.analysis.silence_private import flatten, joined, keys_to_silence, stretches_to_silence
from voiceops.domain.masking import Masking
from voiceops.domain.private import Private, Silenced
from voiceops.domain.recording import Party
from voiceops.domain.sound import ChannelSound, Tone, ToneKind
from voiceops.domain.transcript import Span, Transcript, Utterance, Word
from voiceops.domain.waveform import ChannelPeaks, Waveform
from voiceops.errors import BadInput

AGENT, CUSTOMER = Party.AGENT, Party.CUSTOMER
SURE, UNSURE = 0.9, 0.3


def said(*words: Word, party: Party = CUSTOMER, **fields: object) -> Utterance:
    text = " ".join(word.text for word in words)
    return replace(Utterance(party, words[0].start, words[-1].end, text, words), **fields)  # type: ignore[arg-type]  # a test's own


def heard(*utterances: Utterance, sound: tuple[ChannelSound, ...] = ()) -> Transcript:
    whole = (Span(0.0, 60.0),)
    return Transcript("en", 60.0, utterances, ((AGENT, whole), (CUSTOMER, whole)), sound or None)


def card(start: float, probability: float = SURE) -> tuple[Word, ...]:
    return tuple(Word("4111", start + at, start + at + 0.9, probability) for at in range(4))


def silent(transcript: Transcript, *, channels: int = 2) -> tuple[Silenced, ...]:
    return stretches_to_silence(transcript, find_private(transcript, {Private.CARD}), channels=channels)


def test_silence_is_padded_and_on_the_channel_of_who_speaks() -> None:
    words = (Word("is", 9.5, 10.0, SURE), *card(10.0), Word("thanks", 13.9, 14.5, SURE))
    assert silent(heard(said(*words))) == (Silenced(Private.CARD, 9.85, 14.05, 1),)
    assert silent(heard(said(*words, party=AGENT)))[0].channel == 0


def test_what_was_not_heard_beside_a_number_is_silenced_with_it() -> None:
    words = (Word("is", 8.0, 8.5, SURE), *card(10.0), Word("thanks", 20.0, 20.5, SURE))
    assert silent(heard(said(*words))) == (Silenced(Private.CARD, 8.35, 16.05, 1),)


def test_silence_is_wider_where_the_engine_doubted_a_word_or_the_one_beside_it() -> None:
    doubted = (Word("is", 9.5, 10.0, SURE), *card(10.0, UNSURE), Word("thanks", 13.9, 14.5, SURE))
    beside = (Word("is", 9.5, 10.0, UNSURE), *card(10.0), Word("thanks", 13.9, 14.5, SURE))
    for words in (doubted, beside):
        assert silent(heard(said(*words))) == (Silenced(Private.CARD, 9.5, 14.4, 1),)


@pytest.mark.parametrize(
    "words",
    [
        (),
        tuple(Word("4111", 12.0, 12.0, SURE) for _ in range(4)),
        tuple(Word("4111", 14.0 - at, 14.5 - at, SURE) for at in range(4)),
    ],
    ids=["none", "no length", "backwards"],
)
def test_all_of_an_utterance_falls_silent_whose_words_have_no_times_that_can_be(words: tuple[Word, ...]) -> None:
    transcript = heard(Utterance(CUSTOMER, 10.0, 15.0, "4111 4111 4111 4111", words))
    (one,) = silent(transcript)
    assert one.start <= 10.0
    assert one.end >= 15.0


def test_all_channels_fall_silent_where_one_is_heard_on_the_other_or_nobody_knows_whose_it_is() -> None:
    bleeding = (ChannelSound(AGENT, 9.0, 1.0, crosstalk_share=0.1), ChannelSound(CUSTOMER, 9.0, 1.0))
    assert {one.channel for one in silent(heard(said(*card(10.0)), sound=bleeding))} == {None}
    transcript = heard(said(*card(10.0)))
    for channels in (1, 3):
        assert {one.channel for one in silent(transcript, channels=channels)} == {None}
    one_mix = replace(transcript, speech=((CUSTOMER, (Span(0.0, 60.0),)),))
    assert {one.channel for one in silent(one_mix)} == {None}


def test_keys_of_a_payment_fall_silent_and_others_do_not() -> None:
    tones = (Tone(ToneKind.KEY, 5.0, 5.1, "•"), Tone(ToneKind.KEY, 9.0, 9.1, "1"))
    sound = (ChannelSound(AGENT, 1.0, 1.0), ChannelSound(CUSTOMER, 1.0, 1.0, tones=tones))
    transcript = heard(said(Word("hello", 1.0, 1.5)), sound=sound)
    assert keys_to_silence(transcript, channels=2) == (Silenced(Private.CARD, 4.85, 5.25, 1),)


@given(st.lists(st.tuples(st.floats(0, 50), st.floats(0.1, 9), st.sampled_from([None, 0, 1])), max_size=9))
def test_joining_loses_no_silence_and_leaves_no_two_that_touch(spans: list[tuple[float, float, int | None]]) -> None:
    given_ones = [Silenced(Private.CARD, start, start + length, channel) for start, length, channel in spans]
    whole = joined(given_ones)
    for one in given_ones:
        assert any(w.channel == one.channel and w.start <= one.start and one.end <= w.end for w in whole)
    for channel in (None, 0, 1):
        on_it = [one for one in whole if one.channel == channel]
        assert all(one.end < other.start for one, other in pairwise(on_it))


def test_the_picture_is_flat_on_the_silenced_channel_alone() -> None:
    peaks = [ChannelPeaks(party, (-9,) * 60, (9,) * 60) for party in (AGENT, CUSTOMER)]
    drawn = flatten(Waveform(60.0, tuple(peaks)), [Silenced(Private.CARD, 10.0, 20.0, 1)])
    assert drawn.channels[0] == peaks[0]
    assert drawn.channels[1].high[10:21] == (0,) * 11
    assert drawn.channels[1].high[:10] == (9,) * 10


def test_the_setting_says_what_is_masked_in_which_kind() -> None:
    assert read_masking("") == Masking()
    both = Masking(call=(Private.CARD, Private.NAME), voicemail=(Private.CARD,))
    assert read_masking("call=card+name, voicemail=card") == both
    for wrong in ("call=shoe", "letter=card", "call=card,call=name", "call=", "card"):
        with pytest.raises(BadInput, match="VOICEOPS_MASK"):
            read_masking(wrong)
