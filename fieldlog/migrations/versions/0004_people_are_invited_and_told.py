"""People choose their own password through a link that works once, and may be told each day how it went"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("link_digest", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("link_ends_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("email", sa.String(length=254), nullable=True))
        batch_op.add_column(sa.Column("summary_language", sa.String(length=2), nullable=True))
        batch_op.add_column(sa.Column("summary_day", sa.Date(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_accounts_link_digest"), ["link_digest"])
