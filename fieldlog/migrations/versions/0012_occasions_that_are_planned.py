"""Occasions that are planned, and what was said of each"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "occasions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality", sa.String(length=4), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("organisation", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occasions")),
    )
    op.create_index(op.f("ix_occasions_municipality_kind"), "occasions", ["municipality", "kind"])
    op.create_table(
        "occasion_plans",
        sa.Column("occasion_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=False),
        sa.Column("venues", sa.Integer(), nullable=True),
        sa.Column("took_part", sa.String(length=200), nullable=False),
        sa.Column("is_cancelled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_occasion_plans_account_id_accounts")),
        sa.ForeignKeyConstraint(
            ["occasion_id"], ["occasions.id"], name=op.f("fk_occasion_plans_occasion_id_occasions")
        ),
        sa.PrimaryKeyConstraint("occasion_id", "number", name=op.f("pk_occasion_plans")),
    )
