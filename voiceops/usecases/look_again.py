"""Looks a second time at the windows of one call where required wordings were missed, and judges it anew.

May run twice without harm: who does not get hold of the look does nothing. Whatever goes wrong here leaves the first
verdict as it is; it is tried again as often as the policy allows, and then says so.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import structlog

from voiceops.analysis.evaluate import evaluate
from voiceops.analysis.is_meant_for import is_meant_for
from voiceops.analysis.second_places import SecondPlace, second_places
from voiceops.domain.recording import Recording
from voiceops.domain.second_look import SecondLook, SecondLooks, SecondLookState
from voiceops.domain.transcript import Transcript
from voiceops.errors import VoiceOpsError
from voiceops.ports import SecondHearing, Services, UnitOfWork
from voiceops.usecases.analyse_call import analyse_call
from voiceops.usecases.ask_for_second_look import TIME_LIMIT_SECONDS
from voiceops.usecases.find_masking import find_masking
from voiceops.usecases.hear_stretch import FirstLook, hear_stretch
from voiceops.usecases.prepare_keyword_set import prepare_keyword_set

log = structlog.get_logger(__name__)


def look_again(services: Services, recording_id: str) -> None:
    """Hear and score each stretch that no kept look covers, keep what comes of it, and judge the call with it."""
    held = _begin(services, recording_id) if services.second_hearing is not None else None
    if held is None or services.second_hearing is None:
        log.info("no second look to be had", recording_id=recording_id)
        return
    try:
        with services.open_view() as unit:
            recording, transcript = unit.recordings.get(recording_id), unit.transcripts.get(recording_id)
            places = _places(unit, recording, transcript, held.looks)
            private = find_masking(services, unit, recording).of(recording.kind)
        first = FirstLook(transcript, recording.language or services.policy.default_language, private)
        looks = _heard(services, services.second_hearing, recording, first, places=places)
    except VoiceOpsError as error:
        _give_up(services, held, error)
        return
    _store(services, held, looks)


def _begin(services: Services, recording_id: str) -> SecondLooks | None:
    """The look to be made, counted before the work: a worker that dies of it cannot tell."""
    now = services.clock.now()
    with services.open_unit() as unit:
        held_until = now + timedelta(seconds=TIME_LIMIT_SECONDS)
        held = unit.second_looks.begin(recording_id, now=now, held_until=held_until)
        if held is not None and held.attempts > services.policy.attempts_limit:
            reason = (
                f"It was begun {held.attempts - 1} times and never ended. Look at the log of the transcribing worker."
            )
            unit.second_looks.put(replace(held, state=SecondLookState.FAILED, failure=reason))
            held = None
        unit.commit()
    return held


def _places(
    unit: UnitOfWork, recording: Recording, transcript: Transcript, looks: Sequence[SecondLook]
) -> list[SecondPlace]:
    """What the active sets miss in this call at a first look, as far as it was not looked at."""
    named = unit.queues.find(recording.queue).keyword_sets
    judged = [
        (stored.keyword_set, evaluate(prepare_keyword_set(stored.keyword_set), transcript, queue=recording.queue))
        for stored in unit.keyword_sets.list_active()
        if is_meant_for(stored.keyword_set, named=named, language=transcript.language)
    ]
    return second_places(judged, transcript, looks)


def _heard(
    services: Services,
    hearing: SecondHearing,
    recording: Recording,
    first: FirstLook,
    *,
    places: Sequence[SecondPlace],
) -> list[SecondLook]:
    with services.files.open_bytes(recording.file_sha256) as sound:
        looks = []
        for place in places:
            signals = services.decoder.cut(sound, place.stretch.start, place.stretch.end, hint=recording.hint)
            looks.append(hear_stretch(services.detector(), hearing, first, place=place, signals=signals))
    return looks


def _store(services: Services, held: SecondLooks, looks: Sequence[SecondLook]) -> None:
    with services.open_unit() as unit:
        recording = unit.recordings.get(held.recording_id)
        current = unit.second_looks.find(held.recording_id)
        if current is None or current.attempts != held.attempts or current.state is not SecondLookState.ASKED:
            log.warning("second look is somebody else's, dropped", recording_id=held.recording_id)
            return
        # What belongs to the transcript is masked as it is.
        done = replace(
            held, state=SecondLookState.DONE, moved_at=services.clock.now(), looks=(*held.looks, *looks), failure=None
        )
        unit.second_looks.put(replace(done, attempts=0))
        analyse_call(services, unit, recording, transcript=unit.transcripts.get(recording.id))
        unit.commit()
    log.info("looked again", recording_id=held.recording_id, stretches=len(looks))


def _give_up(services: Services, held: SecondLooks, error: VoiceOpsError) -> None:
    """Try later what may pass, and say so where it does not."""
    log.warning("second look failed", recording_id=held.recording_id, error=type(error).__name__)
    again = error.retryable and held.attempts < services.policy.attempts_limit
    state = SecondLookState.ASKED if again else SecondLookState.FAILED
    with services.open_unit() as unit:
        current = unit.second_looks.find(held.recording_id)
        if current is not None and current.attempts == held.attempts:
            failure = f"{error.what} {error.next_step}"
            unit.second_looks.put(replace(held, state=state, moved_at=services.clock.now(), failure=failure))
            unit.commit()
