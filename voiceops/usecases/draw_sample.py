"""Draws a random sample of each agent's calls and keeps with it all that an audit asks for."""

from secrets import token_hex

from voiceops.analysis.choose_sample import choose_sample
from voiceops.domain.sample import Sample
from voiceops.errors import BadInput
from voiceops.ports import Services, WorklistFilter

_SEED_BYTES = 16


def draw_sample(services: Services, wanted: WorklistFilter, *, per_agent: int, asked: str, drawn_by: str) -> Sample:
    """The stored sample. Nobody can choose its seed. Raises BadInput where there is no call to draw from."""
    with services.open_view() as unit:
        calls = unit.worklist.ids_by_agent(wanted)
    if not calls:
        raise BadInput(
            "There is no call of a known agent among them.", record="sample", next_step="Choose other filters."
        )
    seed = token_hex(_SEED_BYTES)
    sample = Sample(
        id=services.new_id(),
        drawn_by=drawn_by,
        drawn_at=services.clock.now(),
        asked=asked,
        per_agent=per_agent,
        seed=seed,
        out_of=len(calls),
        recording_ids=tuple(choose_sample(calls, per_agent=per_agent, seed=seed)),
    )
    with services.open_unit() as unit:
        unit.samples.add(sample)
        unit.commit()
    return sample
