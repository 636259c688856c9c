"""Nothing that is not public leaves by the public side: marked secrets lie everywhere in the database."""

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import String, select, text
from sqlalchemy.orm import Session

from fieldlog.cards import views as cards
from fieldlog.database import Base
from fieldlog.entries.models import Entry
from fieldlog.posters import Row, poster
from fieldlog.programmes.models import LabelJson
from tests.fixtures.databases import StoppedClock
from tests.fixtures.site import house_of
from tests.fixtures.work import correction, item
from tests.public.conftest import Log
from tests.reports.made import text_of

MARK = "hemlis"
PUBLIC = {
    "programmes.answers_for",
    "programmes.answers_address",
    "programmes.registry_number",
}
"""Texts that are public; names, slugs and everything that a programme promises are told too, and are not marked."""

PATHS = [
    "/", "/?language=en", "/programme/ostersund-2026", "/programme/ostersund-2026/traffic-safety",
    "/programme/ostersund-2026/none", "/programme/none", "/nothing", "/healthz",
    "/programme/ostersund-2026?language=xx",
    "/manage/publication", "/entries", "/robots.txt", "/sitemap.xml", "/.well-known/security.txt",
    "/accessibility", "/accessibility?language=en", "/device-storage", "/device-storage?language=en",
    "/manage/publication", "/entries", "/feed.atom", "/feed.atom?language=en",
    "/image/ostersund-2026.png", "/image/ostersund-2026/traffic-safety.png", "/image/none/none.png",
    "/embed/traffic-safety", "/embed/none", "/programme/ostersund-2026/pledges.pdf", "/programme/none/pledges.pdf",
    "/open-data/", "/open-data/none/daily.csv", "/open-data/catalog.rdf", "/open-data/catalog.jsonld",
    *(f"/open-data/ostersund-2026/{file}" for file in ("daily.csv", "daily.json", "period.csv", "period.json", "none")),
    *(f"/open-data/ostersund-2026/{file}" for file in ("commitments.json", "datapackage.json", "daily.csv?first=x")),
]  # fmt: skip


def mark_everything(session: Session) -> list[str]:
    """Write the mark into every free text of the database that no key or word of the code stands in."""
    marked = []
    for table in Base.metadata.sorted_tables:
        keys = {*(column.name for column in table.primary_key), *(key.parent.name for key in table.foreign_keys)}
        for column in table.columns:
            kind = column.type
            is_free = isinstance(kind, String) and (kind.length or 99) >= 30 and not isinstance(kind, LabelJson)
            is_bound = column.name in {*keys, *MEANS_SOMETHING} or column.unique or not column.nullable
            if not is_free or is_bound or f"{table.name}.{column.name}" in PUBLIC:
                continue
            name = f"{table.name}.{column.name}"
            session.execute(text(f"update {table.name} set {column.name} = '{MARK}-{name}'"))
            marked.append(name)
    return marked


MEANS_SOMETHING = {"kind", "unit", "area", "organisation", "role", "reason", "outcome", "action", "language", "slug"}


def test_no_public_byte_holds_a_secret(
    app: Flask, log: Log, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = house_of(app).database
    control = item(answers={"place": f"{MARK} vägen", "note": f"{MARK} anteckning", "suspected": 3, "fines": 77})
    log("officer", control, item("help-offer", {"control": str(control.id), "asked": "yes", "wants_help": "yes"}))
    log("officer", correction(control, explanation=f"{MARK} förklaring", reason="other"))
    log("inspector", item("alcohol-inspection", {"venues": 6, "note": f"{MARK} krog", "organisations": ["police"]}))
    log("outreach", item("outreach", {"contacts": 4321, "note": f"{MARK} unga"}))
    marked = database.write(mark_everything)
    assert {"entries.explanation", "accounts.email"} <= set(marked), marked
    clock.move(days=1)
    with database.read() as session:
        ids = [str(id) for id in session.scalars(select(Entry.id))]
    assert all(UUID(id) for id in ids)
    drawn: list[object] = []

    def watched(heading: str, rows: list[Row], foot: str, accent: str) -> bytes:
        drawn.append((heading, rows, foot))
        return poster(heading, rows, foot, accent)

    monkeypatch.setattr(cards, "poster", watched)
    client = app.test_client()
    for path in PATHS:
        for headers in ({}, {"Accept": "application/json"}, {"If-None-Match": "*"}, {"Range": "bytes=0-9"}):
            answer = client.get(path, headers=headers)
            read = (
                text_of(answer.data) if answer.mimetype == "application/pdf" else answer.data.decode(errors="replace")
            )
            said = f"{answer.status} {answer.headers}\n{read}\n{drawn}".lower()
            for secret in (MARK, "turlag", "officer", "4321", *ids):
                assert secret not in said, f"{path} {headers} gives away {secret}"
    assert drawn
