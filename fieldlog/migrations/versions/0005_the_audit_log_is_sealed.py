"""Audit events get their places in a chain of hashes, entries a salt for the digests in it; both stay as they are

The triggers go with their table: a migration that makes audit_events or audit_seals anew has to make them again, and
whatever removes events by decision has to drop and make them in its own transaction.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

STAY = ("audit_events", "audit_seals")


def upgrade() -> None:
    op.create_table(
        "audit_seals",
        sa.Column("place", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_audit_seals")),
        sa.UniqueConstraint("event_id", name=op.f("uq_audit_seals_event_id")),
    )
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.add_column(sa.Column("salt", sa.String(length=32), nullable=True))
    if op.get_bind().dialect.name == "sqlite":
        for table in STAY:
            for change in ("update", "delete"):
                op.execute(
                    f"create trigger {table}_stay_at_{change} before {change} on {table} "
                    f"begin select raise(abort, '{table} stay as they were written'); end"
                )
        return
    op.execute(
        "create function stay_as_written() returns trigger language plpgsql as $$ "
        "begin raise exception '% stay as they were written', tg_table_name; end $$"
    )
    for table in STAY:
        op.execute(
            f"create trigger {table}_stay before update or delete on {table} "
            "for each row execute function stay_as_written()"
        )
