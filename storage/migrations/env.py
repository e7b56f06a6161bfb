"""What Alembic runs: the migrations, on the connection that ``storage.upgrade`` gives."""

from __future__ import annotations

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    # Both databases can undo DDL; all steps are one transaction, which the caller has begun.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
