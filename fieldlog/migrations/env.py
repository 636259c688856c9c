"""How alembic reaches the database: through the connection that ``fieldlog.migrations`` hands over."""

from alembic import context

from fieldlog.database import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=lambda kind, item, _context: (
        "sa.DateTime(timezone=True)" if kind == "type" and type(item).__name__ == "Moment" else False
    ),
)
context.run_migrations()
