"""How alembic reaches the database: through the connection that ``fieldlog.migrations`` hands over."""

from typing import Literal

from typing import Literal

from alembic import context

from fieldlog.database import Base, Moment

# Our own types are made of these; a migration must not change when a type's code does.
STORED_AS = {"Moment": "sa.DateTime(timezone=True)", "LabelJson": "sa.JSON()", "RuleJson": "sa.JSON()"}


def _render(kind: str, item: object, _context: object) -> str | Literal[False]:
    stored_as = STORED_AS.get(type(item).__name__) if kind == "type" else None
    return stored_as or False


def _render(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Migrations do not depend on our own types: those may change."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=_render,
)
context.run_migrations()
