"""Run by Alembic, always with a connection that the store has opened and in its transaction."""

from alembic import context

from hsf_kpi.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=False
)
context.run_migrations()
