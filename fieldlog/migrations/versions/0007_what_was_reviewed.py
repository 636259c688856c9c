"""Supervisors review what came in: what they decided, which days they are done with, what was merged into what"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "reviews",
        sa.Column("municipality", sa.String(length=4), nullable=False),
        sa.Column("organisation", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_reviews_account_id_accounts")),
        sa.PrimaryKeyConstraint("municipality", "organisation", "subject", name=op.f("pk_reviews")),
    )
    op.create_index(op.f("ix_reviews_municipality_at"), "reviews", ["municipality", "at"])
    op.create_table(
        "reviewed_days",
        sa.Column("municipality", sa.String(length=4), nullable=False),
        sa.Column("organisation", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("logged", sa.Integer(), nullable=False),
        sa.Column("corrected", sa.Integer(), nullable=False),
        sa.Column("voided", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_reviewed_days_account_id_accounts")),
        sa.PrimaryKeyConstraint("municipality", "organisation", "day", name=op.f("pk_reviewed_days")),
    )
    op.add_column("entries", sa.Column("merged_into_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_entries_municipality_received_at"), "entries", ["municipality", "received_at"])
