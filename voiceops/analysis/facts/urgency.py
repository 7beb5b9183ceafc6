"""How urgent a message is, by its wording; a polite "no rush" is heard too."""

from voiceops.analysis.facts.language import Language
from voiceops.analysis.facts.message import Match, Message
from voiceops.domain.caller_facts import Urgency, UrgencyFact


def find_urgency(message: Message, language: Language) -> UrgencyFact:
    """High for danger and for people who cannot wait, whatever else is said; then low where the caller
    takes the urgency back; then high for pressing words; else normal.
    """
    wording = language.urgency
    vulnerable = next(iter(message.find(wording.vulnerable)), None)
    if vulnerable is not None:
        return UrgencyFact(Urgency.HIGH, _why(message, vulnerable))
    calm = list(message.find(wording.calm))
    pressing = [m for m in message.find(wording.pressing) if not any(_overlap(m, c) for c in calm)]
    if calm and not _only_after(pressing, calm):
        return UrgencyFact(Urgency.LOW, _why(message, calm[0]))
    if pressing:
        return UrgencyFact(Urgency.HIGH, _why(message, pressing[0]))
    return UrgencyFact(Urgency.NORMAL, "Nothing in the message says how urgent it is.")


def _only_after(pressing: list[Match], calm: list[Match]) -> bool:
    """Whether pressing words outnumber the calm ones: then the calm one was courtesy."""
    return len(pressing) > len(calm)


def _overlap(one: Match, other: Match) -> bool:
    return one.first < other.stop and other.first < one.stop


def _why(message: Message, found: Match) -> str:
    return f'The caller said "{message.spoken(found.first, found.stop)}".'
