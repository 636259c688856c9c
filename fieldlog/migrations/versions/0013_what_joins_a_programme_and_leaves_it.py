"""Commitments and focus areas that join a programme and leave it, and the days that a programme had before"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("programmes", sa.Column("earlier", sa.JSON(), nullable=True))
    for table in ("commitments", "focus_areas"):
        op.add_column(table, sa.Column("first_day", sa.Date(), nullable=True))
        op.add_column(table, sa.Column("last_day", sa.Date(), nullable=True))
