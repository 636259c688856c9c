"""Entries come from phones, whose clocks can be wrong and which have to notice that a backup was put back"""

from datetime import UTC, datetime
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    epochs = op.create_table(
        "epochs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Uuid(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_epochs")),
        sa.UniqueConstraint("value", name=op.f("uq_epochs_value")),
    )
    op.bulk_insert(epochs, [{"value": uuid4(), "began_at": datetime.now(UTC)}])

    with op.batch_alter_table("devices", schema=None) as batch_op:
        batch_op.add_column(sa.Column("app", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("waiting", sa.Integer(), nullable=True))

    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.add_column(sa.Column("doubtful_time", sa.Boolean(), nullable=False, server_default=sa.false()))
