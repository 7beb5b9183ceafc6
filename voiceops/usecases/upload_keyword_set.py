"""Stores a new version of a keyword set; usually takes it into use and evaluates stored calls with it."""

from voiceops.analysis.check_keyword_set import check_keyword_set
from voiceops.domain.reanalysis import EVER, Purpose, Received
from voiceops.ports import Services, StoredKeywordSet
from voiceops.usecases.begin_reanalysis import AskedReanalysis, begin_reanalysis


def upload_keyword_set(
    services: Services,
    text: str,
    *,
    file_name: str,
    uploaded_by: str,
    activate: bool = True,
    received: Received = EVER,
) -> StoredKeywordSet:
    """The stored version; old versions and their findings stay readable.

    Active from now on, with a re-analysis of the calls `received` in that span running in the
    background; or, without `activate`, only stored. Raises InvalidDocument with every problem and
    its line, or Conflict if the version is not higher than the stored ones.
    """
    stored = StoredKeywordSet(
        keyword_set=check_keyword_set(text, record=file_name),
        source=text,
        uploaded_at=services.clock.now(),
        uploaded_by=uploaded_by,
        active=activate,
    )
    keyword_set = stored.keyword_set
    with services.open_view() as unit:
        total = unit.transcripts.count_calls(received) if activate else 0
    with services.open_unit() as unit:
        unit.keyword_sets.add(stored)
        if activate:
            asked = AskedReanalysis(keyword_set.id, keyword_set.version, Purpose.APPLY, uploaded_by, received)
            begin_reanalysis(services, unit, asked, total=total)
        unit.commit()
    return stored
