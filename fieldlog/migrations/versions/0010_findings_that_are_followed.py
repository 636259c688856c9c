"""Findings of safety walks are followed until they are mended, by those who are responsible"""

from uuid import UUID, uuid5

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    findings = op.create_table(
        "findings",
        sa.Column("municipality", sa.String(length=4), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("walk_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "key", name=op.f("pk_findings")),
    )
    op.create_index(op.f("ix_findings_municipality_walk_id"), "findings", ["municipality", "walk_id"])
    op.create_table(
        "responsibles",
        sa.Column("municipality", sa.String(length=4), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("municipality", "slug", name=op.f("pk_responsibles")),
    )
    op.create_table(
        "responsible_links",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality", sa.String(length=4), nullable=False),
        sa.Column("responsible", sa.String(length=40), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["accounts.id"], name=op.f("fk_responsible_links_made_by_accounts")),
        sa.ForeignKeyConstraint(
            ["municipality", "responsible"],
            ["responsibles.municipality", "responsibles.slug"],
            name=op.f("fk_responsible_links_municipality_responsible_responsibles"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responsible_links")),
    )
    op.create_index(
        op.f("ix_responsible_links_municipality_responsible"), "responsible_links", ["municipality", "responsible"]
    )
    op.create_table(
        "finding_changes",
        sa.Column("municipality", sa.String(length=4), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation", sa.String(length=20), nullable=True),
        sa.Column("unit", sa.String(length=40), nullable=True),
        sa.Column("link_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("responsible", sa.String(length=40), nullable=True),
        sa.Column("wanted_by", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("case_number", sa.String(length=40), nullable=True),
        sa.Column("spot", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["link_id"], ["responsible_links.id"], name=op.f("fk_finding_changes_link_id_responsible_links")
        ),
        sa.ForeignKeyConstraint(
            ["municipality", "key"],
            ["findings.municipality", "findings.key"],
            name=op.f("fk_finding_changes_municipality_key_findings"),
        ),
        sa.PrimaryKeyConstraint("municipality", "key", "number", name=op.f("pk_finding_changes")),
    )
    op.create_index(
        op.f("ix_finding_changes_municipality_responsible"), "finding_changes", ["municipality", "responsible"]
    )
    op.bulk_insert(findings, _found_before())


def _found_before() -> list[dict[str, object]]:
    """The findings of the walks that are there, by the keys that the server gives to rows without any."""
    entry, later = (
        sa.table(
            "entries",
            sa.column("id", sa.Uuid()),
            sa.column("municipality"),
            sa.column("kind"),
            sa.column("origin_id", sa.Uuid()),
            sa.column("replaces_id", sa.Uuid()),
            sa.column("is_void", sa.Boolean()),
            sa.column("answers", sa.JSON()),
        ).alias(name)
        for name in ("entry", "later")
    )
    is_replaced = sa.select(later.c.id).where(later.c.replaces_id == entry.c.id).exists()
    walks = sa.select(entry).where(entry.c.kind == "safety-walk", ~is_replaced, sa.not_(entry.c.is_void))
    return [
        {"municipality": walk.municipality, "key": _key(walk.id, place), "walk_id": walk.origin_id}
        for walk in op.get_bind().execute(walks)
        for place, _ in enumerate(walk.answers.get("findings") or [])
    ]


def _key(version: UUID, place: int) -> UUID:
    return uuid5(version, f"findings-{place}")
