"""What several messages of one caller say together."""

from datetime import timedelta

from tests.builders import NOON
from voiceops.analysis.merge_facts import merge_facts, note_of, numbers_given
from voiceops.domain.caller_facts import CallerFacts, Fact, Urgency, UrgencyFact
from voiceops.domain.task_message import TaskMessage

NORMAL = UrgencyFact(Urgency.NORMAL, "Nothing in it says that it is urgent.")


def message(*, urgency: UrgencyFact = NORMAL, note: str | None = None, **facts: Fact[object]) -> TaskMessage:
    known = CallerFacts(urgency, **facts) if facts or note is None else None  # type: ignore[arg-type]
    return TaskMessage("r", "t", NOON, facts=known, note=note)


def said(value: str | None) -> Fact[object]:
    return Fact(value, "as heard", 0.9)


def test_what_an_earlier_message_said_stays_and_what_only_a_later_one_says_is_added() -> None:
    merged = merge_facts(
        [
            message(caller_name=said("Robert Brown"), company=said(None)),
            message(caller_name=said("Bob Brown"), company=said("Acme"), reference=said("A-17")),
        ]
    )
    assert merged is not None
    assert [fact and fact.value for fact in (merged.caller_name, merged.company, merged.reference)] == [
        "Robert Brown", "Acme", "A-17",
    ]  # fmt: skip
    assert merged.reason is None


def test_the_newest_wish_for_a_time_counts() -> None:
    early, late = Fact[object](NOON, "today", 0.8), Fact[object](NOON + timedelta(days=1), "tomorrow", 0.8)
    merged = merge_facts([message(wanted_at=early), message(wanted_at=late), message()])
    assert merged is not None
    assert merged.wanted_at == late


def test_an_extension_goes_with_its_number() -> None:
    one = message(callback_number=said(None), extension=said("12"))
    other = message(callback_number=said("+12125550123"), extension=said("34"))
    merged = merge_facts([one, other])
    assert merged is not None
    assert merged.extension == said("34")


def test_a_different_number_is_shown_and_does_not_replace_the_first() -> None:
    messages = [message(callback_number=said("+12125550123")), message(callback_number=said("+12125550199"))]
    merged = merge_facts(messages)
    assert merged is not None
    assert merged.callback_number == said("+12125550123")
    assert numbers_given(messages) == ["+12125550123", "+12125550199"]
    assert note_of(messages) == "A later message gives another number: +12125550199."


def test_a_number_that_only_a_later_message_makes_out_is_no_other_number() -> None:
    messages = [message(callback_number=said(None)), message(callback_number=said("+12125550199"))]
    assert note_of(messages) is None


def test_the_urgency_is_said_with_the_words_that_say_so_or_that_they_called_again() -> None:
    high = UrgencyFact(Urgency.HIGH, "They said “urgent”.")
    for messages, why in (
        ([message(), message(urgency=high)], "They said “urgent”."),
        ([message(), message()], "They left another message."),
        ([message()], NORMAL.why),
    ):
        merged = merge_facts(messages)
        assert merged is not None
        assert merged.urgency.why == why


def test_what_is_unusual_of_each_message_is_noted_once() -> None:
    being = "Being transcribed."
    assert note_of([message(note=being)]) == being
    assert note_of([message(), message(note=being), message(note=being)]) == "Another message: Being transcribed."
    assert note_of([message(callback_number=said(None))]) == (
        "The number could not be made out: listen to the recording."
    )
    assert note_of([message()]) is None
    assert merge_facts([message(note=being)]) is None
