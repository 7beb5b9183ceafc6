"""What several messages of one caller say together, and what about them an agent must know first."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from voiceops.domain.caller_facts import CallerFacts, Fact, UrgencyFact
from voiceops.domain.task_message import TaskMessage, urgency_of

T = TypeVar("T")


def merge_facts(messages: Sequence[TaskMessage]) -> CallerFacts | None:
    """The facts of a task: what an earlier message said stays, what only a later one says is added.

    Of wishes for a time the newest counts. An extension goes with its number. None where no message has
    any facts.
    """
    said = [message.facts for message in messages if message.facts is not None]
    if not said:
        return None
    number = _first_known(facts.callback_number for facts in said)
    of_number = next((facts for facts in said if facts.callback_number is number), said[0])
    return CallerFacts(
        urgency=_urgency(messages, said),
        callback_number=number,
        extension=of_number.extension,
        caller_name=_first_known(facts.caller_name for facts in said),
        company=_first_known(facts.company for facts in said),
        reference=_first_known(facts.reference for facts in said),
        reason=_first_known(facts.reason for facts in said),
        topic=_first_known(facts.topic for facts in said),
        asked_for=_first_known(facts.asked_for for facts in said),
        wanted_at=_first_known(facts.wanted_at for facts in reversed(said)),
    )


def with_private(facts: CallerFacts, kept: CallerFacts | None) -> CallerFacts:
    """The facts of masked words, with those that were read before they were masked."""
    if kept is None:
        return facts
    number = facts.callback_number or kept.callback_number
    return replace(
        facts,
        callback_number=number,
        extension=facts.extension if number is facts.callback_number else kept.extension,
        caller_name=facts.caller_name or kept.caller_name,
        reference=facts.reference or kept.reference,
    )


def numbers_given(messages: Sequence[TaskMessage]) -> Sequence[str]:
    """The different callback numbers that were made out, in the order in which they were given."""
    numbers = (message.facts.callback_number for message in messages if message.facts is not None)
    return list(dict.fromkeys(number.value for number in numbers if number is not None and number.value is not None))


def note_of(messages: Sequence[TaskMessage]) -> str | None:
    """What the agent should know before dialling, in sentences; None where nothing is unusual."""
    facts = merge_facts(messages)
    _, *others = numbers_given(messages) or [""]
    sentences = [f"A later message gives another number: {number}." for number in others]
    if facts is not None and facts.callback_number is not None and facts.callback_number.value is None:
        sentences.append("The number could not be made out: listen to the recording.")
    first, *repeats = messages
    if first.note is not None:
        sentences.append(first.note)
    noted = [message.note for message in repeats if message.note is not None and not message.no_message]
    sentences += [f"Another message: {note}" for note in dict.fromkeys(noted)]
    return " ".join(sentences) or None


def _urgency(messages: Sequence[TaskMessage], said: Sequence[CallerFacts]) -> UrgencyFact:
    """The task's urgency, with the words of the message that says so, or that they called again."""
    urgency = urgency_of(messages)
    for facts in said:
        if facts.urgency.value is urgency:
            return facts.urgency
    return UrgencyFact(urgency, "They left another message.")


def _first_known(facts: Iterable[Fact[T] | None]) -> Fact[T] | None:
    """The first that has a value, else the first that was heard at all."""
    heard = [fact for fact in facts if fact is not None]
    return next((fact for fact in heard if fact.value is not None), heard[0] if heard else None)
