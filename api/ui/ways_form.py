"""The fields in which somebody writes how a queue's callbacks are tried and ended, and what is kept and masked."""

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Form
from pydantic import BaseModel

from api.schemas.callback_ways import Attempts, CallbackWays, FollowUp
from api.schemas.retention import KeepRules, MaskingRules
from api.ui.filled import Unfit, checked, whole_numbers_in
from api.ui.forms import Typed
from voiceops.domain.people import Queue
from voiceops.domain.recording import RecordingKind, RecordingPart

M = TypeVar("M", bound=BaseModel)
Ticked = Annotated[tuple[str, ...], Form(max_length=50)]


class KeptForm:
    """For how many days each part of a recording is kept, as it was typed."""

    def __init__(  # noqa: PLR0913 - each field of the form is one parameter
        self,
        *,
        keep_own: Typed = "",
        keep_call_audio: Typed = "",
        keep_call_transcript: Typed = "",
        keep_call_result: Typed = "",
        keep_voicemail_audio: Typed = "",
        keep_voicemail_transcript: Typed = "",
        keep_voicemail_result: Typed = "",
    ) -> None:
        self.values = {name: value for name, value in locals().items() if isinstance(value, str)}

    def read(self) -> dict[str, KeepRules] | None:
        """Its own rules by kind of recording; None where those of the settings count. Raises Unfit."""
        found = {kind.value: self._rules(kind) for kind in RecordingKind}
        return found if any(self.values.values()) else None

    def _rules(self, kind: RecordingKind) -> KeepRules:
        names = {part.value: f"keep_{kind}_{part}" for part in RecordingPart}
        return _checked(KeepRules, {part: _number(self.values, name) for part, name in names.items()}, names)


class WaysForm:
    """As they were typed. A form without `ways` does not show these fields, and what they say stays as it is."""

    def __init__(  # noqa: PLR0913 - each field of the form is one parameter
        self,
        *,
        ways: Typed = "",
        attempts_limit: Typed = "",
        attempts_after: Typed = "",
        attempts_then: Typed = "",
        follow_up_after: Typed = "",
        follow_up_question: Typed = "",
        dispositions: Ticked = (),
        mask_own: Typed = "",
        mask_call: Ticked = (),
        mask_voicemail: Ticked = (),
        mask_sound: Typed = "",
        kept: Annotated[KeptForm, Depends()],
    ) -> None:
        own: dict[str, Any] = {name: value for name, value in locals().items() if isinstance(value, str | tuple)}
        self.kept, self.values = kept, {**own, **kept.values} if ways else {}

    def read(self) -> Mapping[str, Any]:
        """What is said of it, in the API's own form; nothing where it was not shown. Raises Unfit."""
        typed = self.values
        if not typed:
            return {}
        masked = {"call": typed["mask_call"], "voicemail": typed["mask_voicemail"]}
        masking = _checked(MaskingRules, {**masked, "sound": bool(typed["mask_sound"])}, {})
        ended = _checked(CallbackWays, {"dispositions": typed["dispositions"]}, {})
        return {
            "attempts": self._attempts().model_dump(),
            "follow_up": self._follow_up(),
            "dispositions": ended.dispositions,
            "retention": self.kept.read(),
            "masking": masking.model_dump() if typed["mask_own"] or any(masked.values()) else None,
        }

    def _attempts(self) -> Attempts:
        names = {"limit": "attempts_limit", "after_minutes": "attempts_after", "then": "attempts_then"}
        said = {
            "limit": _number(self.values, "attempts_limit"),
            "after_minutes": whole_numbers_in(self.values, "attempts_after"),
            "then": self.values["attempts_then"],
        }
        return _checked(Attempts, said, names)

    def _follow_up(self) -> dict[str, Any] | None:
        after = _number(self.values, "follow_up_after")
        if after is None:
            return None
        names = {"after_minutes": "follow_up_after", "question": "follow_up_question"}
        asked = self.values["follow_up_question"] or FollowUp(after_minutes=1).question
        return _checked(FollowUp, {"after_minutes": after, "question": asked}, names).model_dump()


def ways_values(queue: Queue) -> dict[str, Any]:
    """What stands in the fields for this queue."""
    tries, asks, masking = queue.attempts, queue.follow_up, queue.masking
    kept = {
        f"keep_{kind}_{part}": queue.retention.of(kind).of(part) if queue.retention is not None else None
        for kind in RecordingKind
        for part in RecordingPart
    }
    return {
        "attempts_limit": str(tries.limit),
        "attempts_after": ", ".join(map(str, tries.after_minutes)),
        "attempts_then": tries.then,
        "follow_up_after": str(asks.after_minutes) if asks is not None else "",
        "follow_up_question": asks.question if asks is not None else "",
        "dispositions": queue.dispositions,
        "keep_own": "yes" if queue.retention is not None else "",
        "mask_own": "yes" if masking is not None else "",
        "mask_call": masking.call if masking is not None else (),
        "mask_voicemail": masking.voicemail if masking is not None else (),
        "mask_sound": "yes" if masking is None or masking.sound else "",
        **{name: "" if days is None else str(days) for name, days in kept.items()},
    }


def _number(values: Mapping[str, str], name: str) -> int | None:
    """The only number in a field, or None for an empty one. Raises Unfit."""
    numbers = whole_numbers_in(values, name)
    if len(numbers) > 1:
        raise Unfit({name: "Write it in whole numbers."})
    return next(iter(numbers), None)


def _checked(shape: type[M], document: Mapping[str, Any], names: Mapping[str, str]) -> M:
    """As `checked`, with what will not do beside the field in which it was typed."""
    try:
        return checked(shape, document)
    except Unfit as unfit:
        raise Unfit({names.get(name, name): why for name, why in unfit.errors.items()}) from unfit
