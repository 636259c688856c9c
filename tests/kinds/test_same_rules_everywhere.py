"""The browser's constraints, the described kinds and the check hold one and the same rule."""

from typing import Any

from fieldlog.fields import Choices, Count, Field, Text
from fieldlog.fields.count import WILD
from fieldlog.fields.text import DOUBTFUL
from fieldlog.kind import Kind
from fieldlog.kinds import KINDS
from tests.kinds.answers import EVERY_FIELD, asking


def wrong(kind: Kind, answers: dict[str, Any]) -> set[str]:
    return set(kind.check(answers)[1])


@EVERY_FIELD
def test_the_browser_is_given_the_rules_that_the_check_holds(kind: Kind, field: Field) -> None:
    rules = field.constraints
    assert ("required" in rules) == (field.required and not field.when)
    assert rules.get("data-when") == ("=".join(field.when) if field.when else None)
    expected = {"min": "0", "max": str(field.most)} if isinstance(field, Count) else {}
    assert {name: rules.get(name) for name in expected} == expected
    assert rules.get("data-at-most") == (field.at_most if isinstance(field, Count) else None)
    assert rules["data-type"] == field.type
    assert ("data-remark" in rules) == (field.name in kind.remark_counts)
    assert rules.get("data-ask-above") == (str(field.ask_above) if isinstance(field, Count) else None)
    assert rules.get("maxlength") == (str(field.most) if isinstance(field, Text) else None)


@EVERY_FIELD
def test_the_described_bounds_are_those_of_the_check(kind: Kind, field: Field) -> None:
    described = next(found for found in kind.describe()["fields"] if found["name"] == field.name)
    assert described["required"] is field.required
    others = asking(kind, field)
    if "max" in described:
        assert wrong(kind, {**others, field.name: described["max"]}) == set()
        assert wrong(kind, {**others, field.name: described["max"] + 1}) == {field.name}
    if "max_length" in described:
        assert wrong(kind, {**others, field.name: "x" * described["max_length"]}) == set()
        assert wrong(kind, {**others, field.name: "x" * (described["max_length"] + 1)}) == {field.name}
    for slug in described.get("options", ()):
        answer = [slug] if isinstance(field, Choices) else slug
        assert field.name not in wrong(kind, {**others, field.name: answer})


@EVERY_FIELD
def test_what_a_phone_asks_is_what_the_field_asks(kind: Kind, field: Field) -> None:
    if isinstance(field, Count):
        assert field.question(field.ask_above) is None
        assert field.question(field.ask_above + 1) == WILD.fill(value=field.ask_above + 1)
    if isinstance(field, Text):
        assert [field.question(text) for text in ("E14", "mot abc 123")] == [None, DOUBTFUL]


def test_a_link_is_opened_by_counts_of_the_kind_that_it_leads_to() -> None:
    links = [kind.link for kind in KINDS.values() if kind.link]
    assert links
    for link in links:
        opening = [KINDS[link.to].fields.get(name) for name in link.opened_by]
        assert all(isinstance(field, Count) for field in opening), link.name
