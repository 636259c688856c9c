"""From form to export: what was filled in keeps its meaning, and what was left empty stays empty."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor, Organisation
from fieldlog.entries.models import Entry, EntryAmount
from fieldlog.fields import Choice, Choices, Count, Field, Flag, Rows
from fieldlog.intake.forms import form_for
from fieldlog.kind import Kind
from fieldlog.periods import Span
from fieldlog.tables.queries import plain
from tests.fixtures.work import log_one
from tests.kinds.answers import EVERY_KIND, SOME_ENTRY, repeatable, right_answers
from tests.kinds.posted import posted
from tests.tables.reading import supervising, table

BEFORE_THE_KIND_S_OWN, AFTER_THEM = 6, 2


@dataclass(frozen=True)
class House:
    """Where an entry goes in, and the people who send it."""

    app: Flask
    session: Session
    officer: Actor
    people: Mapping[Organisation, Actor]

    def log(self, kind: Kind, organisation: Organisation, answers: Mapping[str, Any]) -> Entry:
        """Log the answers on the kind's form as somebody of the organisation."""
        with self.app.test_request_context("/", method="POST", data=posted(kind, answers)):
            sent = form_for(kind)(meta={"csrf": False}).answers
        if kind.link and sent[kind.link.name]:
            needed = dict([kind.link.needs]) if kind.link.needs else {}
            log_one(self.session, self.officer, kind.link.to, needed, id=SOME_ENTRY)
        entry_id = log_one(self.session, self.people.get(organisation, self.officer), kind.slug, sent)
        self.session.expire_all()
        return self.session.get_one(Entry, entry_id)

    def amounts(self, entry: Entry) -> dict[str, int]:
        found = self.session.execute(select(EntryAmount.measure, EntryAmount.amount).filter_by(entry_id=entry.id))
        return dict(found.all())

    def exported(self, entry: Entry, kind: Kind, language: str) -> list[Any]:
        """The kind's own cells of the entry's row."""
        by = supervising(Organisation(entry.organisation))
        rows = table(self.session, kind, by, Span(entry.day, entry.day), language=language)
        (row,) = [row for row in rows if row[0] == str(entry.id)]
        return row[BEFORE_THE_KIND_S_OWN:-AFTER_THEM]


@pytest.fixture
def house(app: Flask, session: Session, officer: Actor, outreach: Actor, inspector: Actor) -> House:
    return House(app, session, officer, {by.organisation: by for by in (officer, outreach, inspector)})


def expected_amounts(field: Field, answer: Any) -> dict[str, int]:
    """What the answer adds to the tallies: nothing at all for what was not counted."""
    name = field.name.replace("_", "-")
    if isinstance(field, Count):
        return {} if answer is None else {name: answer}
    if isinstance(field, Rows):
        return {name: len(answer)}
    if isinstance(field, Flag):
        return {name: int(answer)} if field.measured else {}
    if isinstance(field, Choice) and field.measured and answer is not None:
        return {
            f"{name}-{slug}": int(slug in answer if field.type == "choices" else slug == answer)
            for slug, _ in field.options
        }
    return {}


def read_back(field: Field, cell: Any, language: str) -> Any:
    """The answer that a cell of the export means."""
    if isinstance(field, Flag):
        return cell is not None
    if isinstance(field, Choice):
        slugs = {plain(label, language): slug for slug, label in field.options}
        assert len(slugs) == len(field.options), "two options read alike"
        if isinstance(field, Choices):
            return [slugs[label] for label in cell.split(", ")] if cell else []
        return slugs[cell] if cell is not None else None
    return cell


def keeps_its_meaning(house: House, kind: Kind, answers: dict[str, Any], by: Organisation, language: str) -> None:
    entry = house.log(kind, by, answers)
    expected = dict(answers)
    if "organisations" in kind.fields:
        expected["organisations"] = kind.fields["organisations"].check([*answers["organisations"], entry.organisation])
    assert entry.answers == kind.keyed(expected, entry.id)

    found = house.amounts(entry)
    own: dict[str, int] = {}
    for name, field in kind.fields.items():
        own |= expected_amounts(field, expected[name])
    assert {measure: amount for measure, amount in found.items() if measure in own} == own
    assert found.keys() <= own.keys() | {measure.name for measure in kind.leading}

    cells = house.exported(entry, kind, language)
    for (name, field), cell in zip(kind.fields.items(), cells, strict=True):
        if isinstance(field, Rows):
            assert (cell is None) == (not expected[name])
        else:
            assert read_back(field, cell, language) == expected[name], name


@EVERY_KIND
@pytest.mark.parametrize(("database", "examples"), [("sqlite", 10), ("postgresql", 2)], indirect=["database"])
def test_what_was_filled_in_is_what_is_stored_counted_and_exported(kind: Kind, examples: int, house: House) -> None:
    @repeatable(examples)
    @given(answers=right_answers(kind), by=st.sampled_from(kind.logged_by), language=st.sampled_from(["sv", "en"]))
    def holds(answers: dict[str, Any], by: Organisation, language: str) -> None:
        try:
            keeps_its_meaning(house, kind, answers, by, language)
        finally:
            house.session.rollback()

    holds()
