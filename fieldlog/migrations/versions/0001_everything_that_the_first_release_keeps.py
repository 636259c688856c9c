"""Everything that the first release keeps"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(length=4), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("password_hash", sa.String(length=120), nullable=False),
        sa.Column(
            "organisation",
            sa.Enum(
                "police",
                "municipality",
                "social-services",
                "partner",
                name="organisation",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "role",
            sa.Enum("reporter", "supervisor", "administrator", name="role", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("name", name=op.f("uq_accounts_name")),
    )
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_accounts_municipality"), ["municipality"], unique=False)

    op.create_table(
        "areas",
        sa.Column("municipality", sa.String(length=4), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("lat", sa.Double(), nullable=False),
        sa.Column("lon", sa.Double(), nullable=False),
        sa.Column("col", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "slug", name=op.f("pk_areas")),
    )
    op.create_table(
        "audit_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(length=4), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("device", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_events")),
    )
    with op.batch_alter_table("audit_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_events_municipality_at"), ["municipality", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_events_subject"), ["subject"], unique=False)

    op.create_table(
        "day_tallies",
        sa.Column("municipality", sa.String(length=4), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "kind", "measure", "day", "area", "unit", name=op.f("pk_day_tallies")),
    )
    op.create_table(
        "hour_tallies",
        sa.Column("municipality", sa.String(length=4), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "municipality", "kind", "measure", "month", "weekday", "hour", name=op.f("pk_hour_tallies")
        ),
    )
    op.create_table(
        "month_tallies",
        sa.Column("municipality", sa.String(length=4), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "municipality", "kind", "measure", "month", "area", "unit", name=op.f("pk_month_tallies")
        ),
    )
    op.create_table(
        "programmes",
        sa.Column("municipality", sa.String(length=4), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("background", sa.JSON(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("registry_number", sa.String(length=40), nullable=True),
        sa.Column("example_of", sa.Integer(), nullable=True),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "slug", name=op.f("pk_programmes")),
    )
    op.create_table(
        "rules_versions",
        sa.Column("municipality", sa.String(length=4), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "valid_from", name=op.f("pk_rules_versions")),
    )
    op.create_table(
        "units",
        sa.Column("municipality", sa.String(length=4), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column(
            "organisation",
            sa.Enum(
                "police",
                "municipality",
                "social-services",
                "partner",
                name="organisation",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "slug", name=op.f("pk_units")),
    )
    op.create_table(
        "devices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_devices_account_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_devices")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_devices_token_digest")),
    )
    with op.batch_alter_table("devices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_devices_account_id"), ["account_id"], unique=False)

    op.create_table(
        "focus_areas",
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("municipality", sa.String(length=4), nullable=False),
        sa.Column("programme", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "programme"],
            ["programmes.municipality", "programmes.slug"],
            name=op.f("fk_focus_areas_municipality_programme_programmes"),
        ),
        sa.PrimaryKeyConstraint("municipality", "programme", "slug", name=op.f("pk_focus_areas")),
    )
    op.create_table(
        "pledges",
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("promise", sa.JSON(), nullable=False),
        sa.Column("promised_by", sa.JSON(), nullable=False),
        sa.Column("municipality", sa.String(length=4), nullable=False),
        sa.Column("programme", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "programme"],
            ["programmes.municipality", "programmes.slug"],
            name=op.f("fk_pledges_municipality_programme_programmes"),
        ),
        sa.PrimaryKeyConstraint("municipality", "programme", "slug", name=op.f("pk_pledges")),
    )
    op.create_table(
        "refusals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(length=4), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("item", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_refusals_account_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refusals")),
    )
    with op.batch_alter_table("refusals", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_refusals_account_id_settled_at"), ["account_id", "settled_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_refusals_entry_id"), ["entry_id"], unique=False)

    op.create_table(
        "commitments",
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("pledge", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("promised_by", sa.JSON(), nullable=False),
        sa.Column("municipality", sa.String(length=4), nullable=False),
        sa.Column("programme", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "programme", "pledge"],
            ["pledges.municipality", "pledges.programme", "pledges.slug"],
            name=op.f("fk_commitments_municipality_programme_pledge_pledges"),
        ),
        sa.PrimaryKeyConstraint("municipality", "programme", "slug", name=op.f("pk_commitments")),
    )
    op.create_table(
        "entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality", sa.String(length=4), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("origin_id", sa.Uuid(), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("is_void", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.Column("explanation", sa.String(length=200), nullable=True),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("untouched_now", sa.Boolean(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=False),
        sa.Column("organisation", sa.String(length=20), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("took_part", sa.String(length=200), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=True),
        sa.Column("linked_id", sa.Uuid(), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("redacted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_entries_account_id_accounts")),
        sa.ForeignKeyConstraint(["author_id"], ["accounts.id"], name=op.f("fk_entries_author_id_accounts")),
        sa.ForeignKeyConstraint(["device_id"], ["devices.id"], name=op.f("fk_entries_device_id_devices")),
        sa.ForeignKeyConstraint(["linked_id"], ["entries.id"], name=op.f("fk_entries_linked_id_entries")),
        sa.ForeignKeyConstraint(["replaces_id"], ["entries.id"], name=op.f("fk_entries_replaces_id_entries")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entries")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_entries_replaces_id")),
    )
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_entries_author_id_happened_at"), ["author_id", "happened_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_entries_linked_id"), ["linked_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_entries_municipality_day_kind"), ["municipality", "day", "kind"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_entries_municipality_unit_happened_at"),
            ["municipality", "unit", "happened_at"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_entries_origin_id"), ["origin_id"], unique=False)

    op.create_table(
        "commitment_focuses",
        sa.Column("focus", sa.String(length=60), nullable=False),
        sa.Column("commitment", sa.String(length=60), nullable=False),
        sa.Column("municipality", sa.String(length=4), nullable=False),
        sa.Column("programme", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "programme", "commitment"],
            ["commitments.municipality", "commitments.programme", "commitments.slug"],
            name=op.f("fk_commitment_focuses_municipality_programme_commitment_commitments"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality", "programme", "focus"],
            ["focus_areas.municipality", "focus_areas.programme", "focus_areas.slug"],
            name=op.f("fk_commitment_focuses_municipality_programme_focus_focus_areas"),
        ),
        sa.PrimaryKeyConstraint("municipality", "programme", "commitment", "focus", name=op.f("pk_commitment_focuses")),
    )
    op.create_table(
        "commitment_rules",
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("commitment", sa.String(length=60), nullable=False),
        sa.Column("municipality", sa.String(length=4), nullable=False),
        sa.Column("programme", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "programme", "commitment"],
            ["commitments.municipality", "commitments.programme", "commitments.slug"],
            name=op.f("fk_commitment_rules_municipality_programme_commitment_commitments"),
        ),
        sa.PrimaryKeyConstraint(
            "municipality", "programme", "commitment", "valid_from", name=op.f("pk_commitment_rules")
        ),
    )
    op.create_table(
        "entry_amounts",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_entry_amounts_entry_id_entries")),
        sa.PrimaryKeyConstraint("entry_id", "measure", name=op.f("pk_entry_amounts")),
    )
    op.create_table(
        "monthly_plans",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("commitment", sa.String(length=60), nullable=False),
        sa.Column("municipality", sa.String(length=4), nullable=False),
        sa.Column("programme", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "programme", "commitment"],
            ["commitments.municipality", "commitments.programme", "commitments.slug"],
            name=op.f("fk_monthly_plans_municipality_programme_commitment_commitments"),
        ),
        sa.PrimaryKeyConstraint("municipality", "programme", "commitment", "month", name=op.f("pk_monthly_plans")),
    )
    op.create_table(
        "planned_dates",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("commitment", sa.String(length=60), nullable=False),
        sa.Column("municipality", sa.String(length=4), nullable=False),
        sa.Column("programme", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "programme", "commitment"],
            ["commitments.municipality", "commitments.programme", "commitments.slug"],
            name=op.f("fk_planned_dates_municipality_programme_commitment_commitments"),
        ),
        sa.PrimaryKeyConstraint("municipality", "programme", "commitment", "day", name=op.f("pk_planned_dates")),
    )
