"""What a caller says about themselves in a message, each fact with the words it came from.

Nothing is guessed: a fact that was not said is None, and one that could not be made out has no value.
"""

from datetime import datetime

from voiceops.analysis.facts.asked_for import find_asked_for
from voiceops.analysis.facts.callback_number import find_callback_number
from voiceops.analysis.facts.caller_name import find_caller_name
from voiceops.analysis.facts.company import find_company
from voiceops.analysis.facts.languages import language_of
from voiceops.analysis.facts.message import read_message
from voiceops.analysis.facts.reason import find_reason
from voiceops.analysis.facts.reference import find_reference
from voiceops.analysis.facts.urgency import find_urgency
from voiceops.analysis.facts.wanted_time import find_wanted_at
from voiceops.analysis.facts.zone import caller_zone
from voiceops.domain.caller_facts import CallerFacts
from voiceops.domain.transcript import Transcript


def caller_facts(
    transcript: Transcript,
    *,
    region: str = "US",
    received_at: datetime | None = None,
    caller_number: str | None = None,
) -> CallerFacts:
    """The facts of one message.

    `region` is the ISO 3166 country that numbers without a country code belong to. `received_at` is
    what "tomorrow" is counted from; a naive one is taken to be on the caller's own clock. Without it a
    wanted time has no value. `caller_number` is the number the call came from, where it was shown.
    """
    region = region.upper()
    message, language = read_message(transcript), language_of(transcript)
    phone = find_callback_number(message, language, region=region, caller_number=caller_number)
    name, named = find_caller_name(message, language)
    spoken_number = phone.number.value if phone.number else None
    zone = caller_zone((caller_number, spoken_number), region, received_at=received_at)
    now = None
    if received_at is not None:
        now = received_at.astimezone(zone) if received_at.tzinfo else received_at.replace(tzinfo=zone)
    company = find_company(message, language, caller=named)
    asked_for = find_asked_for(message, language, caller=named)
    return CallerFacts(
        urgency=find_urgency(message, language),
        callback_number=phone.number,
        caller_name=name,
        company=company,
        reference=find_reference(message, language),
        reason=find_reason(message, language, phone=phone, names=(name, company, asked_for)),
        asked_for=asked_for,
        wanted_at=find_wanted_at(message, language, now=now, taken=phone.number_tokens, region=region),
        extension=phone.extension,
    )
