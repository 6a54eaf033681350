"""Run the numbered sentences in versions/ on the database whose connection the caller hands over.

On SQLite too the whole upgrade is one transaction (DDL included), so that a crash leaves the old schema untouched.
"""

from alembic import context

config = context.config
connection = config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=config.attributes.get("metadata"),
    render_as_batch=True,
    transactional_ddl=True,
    transaction_per_migration=False,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
