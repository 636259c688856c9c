"""How alembic reaches the database: through the connection that ``fieldlog.migrations`` hands over."""

from typing import Literal

from alembic import context

from fieldlog.database import Base, Moment


def _render(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Our own types are written as what they are made of: a migration must not change when a type's code does."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=_render,
)
context.run_migrations()
