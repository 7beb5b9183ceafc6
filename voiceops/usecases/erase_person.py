"""Erases everything that is stored about one person and leaves a receipt that does not say who it was."""

from dataclasses import dataclass, replace

from voiceops.analysis.customer_key import customer_key
from voiceops.analysis.forms_of_number import forms_of_number
from voiceops.domain.access_entry import AccessAction, AccessEntry
from voiceops.domain.erasure import Erasure, Person
from voiceops.errors import BadInput
from voiceops.ports import Belongings, Services, UnitOfWork


@dataclass(frozen=True)
class Whom:
    """A telephone number in any form, or the reference that senders know a customer by, or both."""

    number: str | None = None
    customer: str | None = None


def erase_person(services: Services, whom: Whom, *, actor: str, dry_run: bool) -> Erasure:
    """The receipt, kept unless it is a dry run; then nothing is removed, and it says what would be.

    What is under a legal hold stays and is listed. Where we die halfway, the same once more does the rest.
    """
    person = _person(services, whom)
    with services.open_view() as unit:
        trace = unit.erasures.trace(person)
    with services.open_unit() as unit:
        belongings = unit.erasures.belongings(trace)
        erasure = _remove_rows(services, unit, person, belongings=belongings, actor=actor)
        if dry_run:
            # Undone by leaving: so it says what the real thing would do.
            return replace(erasure, is_dry_run=True)
        for recording in belongings.recordings:
            for sha256 in recording.files:
                services.files.remove(sha256)
        unit.commit()
    services.scrub()
    return _with_mentions(services, erasure, person)


def _person(services: Services, whom: Whom) -> Person:
    reference = (whom.customer or "").strip()
    number = (whom.number or "").strip() or (reference if reference.startswith("+") else "")
    if not number and not reference:
        raise BadInput("Nobody is named.", record="erase", next_step="Name a telephone number or a customer.")
    region = services.policy.default_region
    numbers = forms_of_number(number, region=region) if number else ()
    references = {reference, customer_key(reference, region=region)} if reference else set()
    return Person(numbers, tuple(sorted(references)))


def _remove_rows(
    services: Services, unit: UnitOfWork, person: Person, *, belongings: Belongings, actor: str
) -> Erasure:
    now, exports = services.clock.now(), tuple(unit.erasures.exports(belongings))
    erasure = Erasure(services.new_id(), now, actor, removed={}, stayed=belongings.stayed, exports=exports)
    rows = unit.erasures.remove(person, belongings, pseudonym=erasure.pseudonym)
    files = {
        "files": sum(services.files.exists(sha256) for one in belongings.recordings for sha256 in one.files),
        "originals": sum(one.original_sha256 is not None for one in belongings.recordings),
    }
    erasure = replace(erasure, removed={**rows, **{name: count for name, count in files.items() if count}})
    detail = f"{len(belongings.recordings)} recording(s), {len(belongings.task_ids)} task(s)."
    unit.access_log.add(AccessEntry(now, actor, AccessAction.ERASED, erasure.id, detail=detail))
    unit.erasures.put(erasure)
    return erasure


def _with_mentions(services: Services, erasure: Erasure, person: Person) -> Erasure:
    """The receipt with what a search through the whole database still finds; nobody waits for it."""
    with services.open_view() as unit:
        searched = replace(erasure, stayed=(*erasure.stayed, *unit.erasures.mentions(person)))
    with services.open_unit() as unit:
        unit.erasures.put(searched)
        unit.commit()
    return searched
