"""Says of which version the tables of a database are, without changing anything."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

from voiceops.storage.database import READ_ONLY, open_database


@dataclass(frozen=True)
class SchemaVersion:
    """`there` is None where there are no tables yet; `is_newer` where this program does not know that version."""

    there: str | None
    wanted: str
    is_newer: bool = False

    @property
    def is_current(self) -> bool:
        """Whether nothing is to be done."""
        return self.there == self.wanted


def schema_version(url: str) -> SchemaVersion:
    """Raises BadInput for an address of no database, Unavailable where it does not answer."""
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(Path(__file__).parent / "migrations"))
    wanted = str(script.get_current_head())
    engine = open_database(url)
    try:
        # Connecting would make the file.
        if engine.dialect.name == "sqlite" and not Path(make_url(url).database or "").exists():
            return SchemaVersion(None, wanted)
        with engine.connect().execution_options(**{READ_ONLY: True}) as connection:
            there = MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()
    known = {one.revision for one in script.walk_revisions()}
    return SchemaVersion(there, wanted, is_newer=there is not None and there not in known)
