"""The port to re-analyses, their parts, and the changes they found."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from voiceops.domain.reanalysis import ChangeCount, ListedChange, Reanalysis, ReanalysisPart, VerdictChange
from voiceops.ports.records import Page


class ReanalysisStore(Protocol):
    """Re-analyses by id. Lists are newest first (started_at, then id)."""

    def add(self, reanalysis: Reanalysis, parts: Sequence[ReanalysisPart]) -> None:
        """Store a new one with all its parts."""
        ...

    def get(self, reanalysis_id: str) -> Reanalysis:
        """Raises NotFound. Where the unit may write, nobody else changes it until the unit ends."""
        ...

    def save(self, reanalysis: Reanalysis) -> None:
        """Overwrite. Raises NotFound."""
        ...

    def list(self, keyword_set_id: str | None, page: Page) -> Sequence[Reanalysis]:
        """One page, of one keyword set or of all. Raises NotFound for an unknown `page.after`."""
        ...

    def running(self, keyword_set_id: str) -> Sequence[Reanalysis]:
        """Those of one keyword set that have not ended, held as by `get`."""
        ...

    def part(self, part_id: str) -> ReanalysisPart:
        """Raises NotFound."""
        ...

    def parts(self, reanalysis_id: str) -> Sequence[ReanalysisPart]:
        """All parts, in the order of their ranges."""
        ...

    def save_part(self, part: ReanalysisPart) -> None:
        """Overwrite. Raises NotFound."""
        ...

    def stuck(self, *, idle_before: datetime, limit: int = 100) -> Sequence[ReanalysisPart]:
        """Parts that are not done, of running re-analyses, unmoved since `idle_before`; oldest first."""
        ...

    def add_changes(self, reanalysis_id: str, changes: Sequence[VerdictChange]) -> None:
        """Add changes to the end of the list."""
        ...

    def changes(
        self, reanalysis_id: str, *, rule_id: str | None = None, after: int = 0, limit: int = 50
    ) -> Sequence[ListedChange]:
        """At most `limit` changes with a number higher than `after`, of one rule or of all."""
        ...

    def count_changes(self, reanalysis_id: str) -> Sequence[ChangeCount]:
        """How often each change was found, by rule, the whole call's verdict first."""
        ...

    def forget_what_ifs(self, *, ended_before: datetime, limit: int = 20) -> int:
        """Remove at most `limit` what-if runs that ended before then, with their changes; how many it were."""
        ...
