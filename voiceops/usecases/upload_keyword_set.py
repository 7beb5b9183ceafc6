"""Takes a new version of a keyword set into use."""

from voiceops.analysis.check_keyword_set import check_keyword_set
from voiceops.ports import Services, StoredKeywordSet


def upload_keyword_set(services: Services, text: str, *, file_name: str, uploaded_by: str) -> StoredKeywordSet:
    """The stored version, active from now on; old versions stay readable.

    Raises InvalidDocument with every problem and its line, or Conflict if the version is not
    higher than the stored ones.
    """
    stored = StoredKeywordSet(
        keyword_set=check_keyword_set(text, record=file_name),
        source=text,
        uploaded_at=services.clock.now(),
        uploaded_by=uploaded_by,
        active=True,
    )
    with services.open_unit() as unit:
        unit.keyword_sets.add(stored)
        unit.commit()
    return stored
