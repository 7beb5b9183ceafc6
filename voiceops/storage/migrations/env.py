"""Alembic's entry point: runs the migrations on the connection that `database.migrate` hands in."""

from alembic import context

from voiceops.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite cannot change a column in place: Alembic copies the table.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
