"""While machines are upgraded one by one, the version before works on with the tables of the new one."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from voiceops.storage.database import migrating

# From here on each step is one that a running system of the version before survives.
FIRST = "0011"
Columns = Mapping[str, Mapping[str, Any]]


def the_tables(url: str) -> Mapping[str, Columns]:
    """Every column by its table and name."""
    engine = create_engine(url)
    try:
        seen = inspect(engine)
        return {
            table: {column["name"]: dict(column) for column in seen.get_columns(table)}
            for table in seen.get_table_names()
        }
    finally:
        engine.dispose()


def what_breaks(before: Mapping[str, Columns], after: Mapping[str, Columns]) -> Iterator[str]:
    """What the version before asks for and no longer finds, or leaves out and must no longer."""
    for table, columns in before.items():
        if table not in after:
            yield f"{table} is gone"
            continue
        for name, column in columns.items():
            if name not in after[table]:
                yield f"{table}.{name} is gone"
            elif column["nullable"] and not after[table][name]["nullable"]:
                yield f"{table}.{name} must be given now"
        for name in after[table].keys() - columns.keys():
            added = after[table][name]
            if not added["nullable"] and added["default"] is None:
                yield f"{table}.{name} is new, must be given and has no default"


def test_every_migration_leaves_the_version_before_able_to_read_and_write(empty_database_url: str) -> None:
    with migrating(empty_database_url) as config:
        script = ScriptDirectory.from_config(config)
        steps = [one.revision for one in reversed(list(script.walk_revisions())) if one.revision >= FIRST]
    seen = {}
    for revision in steps:
        with migrating(empty_database_url) as config:
            command.upgrade(config, revision)
        seen[revision] = the_tables(empty_database_url)
    assert len(steps) > 1
    faults = [f"{after}: {fault}" for one, after in pairwise(steps) for fault in what_breaks(seen[one], seen[after])]
    assert not faults
