"""What all tables belong to, and how their keys and indexes are named."""

from typing import Any

from sqlalchemy import MetaData, text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def only_where(condition: str) -> dict[str, Any]:
    """For an index over the rows alone of which this is true, alike on both databases."""
    return {f"{dialect}_where": text(condition) for dialect in ("sqlite", "postgresql")}
