"""Answers to try a kind with: the least it takes, any that are right, and any that JSON can say."""

from dataclasses import replace
from functools import singledispatch
from typing import Any
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from fieldlog.fields import Choice, Choices, Count, Field, Flag, Link, Rows, Text, WrongAnswerError
from fieldlog.kind import Kind
from fieldlog.kinds import KINDS

SOME_ENTRY = UUID("01932b5e-7c00-7000-8000-000000000001")

EVERY_KIND = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
EVERY_FIELD = pytest.mark.parametrize(
    ("kind", "field"),
    [
        pytest.param(kind, field, id=f"{slug}.{name}")
        for slug, kind in KINDS.items()
        for name, field in kind.fields.items()
    ],
)


def repeatable(examples: int) -> settings:
    """So many examples, the same ones every time, however slow the machine is."""
    return settings(max_examples=examples, derandomize=True, deadline=None, database=None)


def each(*types: type[Field], that_has: str = "type") -> pytest.MarkDecorator:
    """Run the test for every field of these very types in every kind, with an attribute that is not empty."""
    found = [
        pytest.param(kind, field, id=f"{slug}.{name}")
        for slug, kind in KINDS.items()
        for name, field in kind.fields.items()
        if type(field) in types and getattr(field, that_has, None)
    ]
    return pytest.mark.parametrize(("kind", "field"), found)


def least(kind: Kind, **given: Any) -> dict[str, Any]:
    """The fewest answers that the kind takes, those in ``given`` among them."""
    answers = dict(given)
    for name, field in kind.fields.items():
        if field.required and name not in answers and asked(field, answers):
            answers[name] = simplest(field)
    return answers


def asking(kind: Kind, field: Field) -> dict[str, Any]:
    """The least answers under which the field is asked, without its own and those that depend on it."""
    answers = least(kind, **(dict([field.when]) if field.when else {}))
    away = {field.name, *(name for name, other in kind.fields.items() if other.when and other.when[0] == field.name)}
    return {name: answer for name, answer in answers.items() if name not in away}


def asked(field: Field, answers: dict[str, Any]) -> bool:
    return field.when is None or answers.get(field.when[0]) == field.when[1]


@singledispatch
def simplest(field: Field) -> Any:
    """A right answer."""
    return "E14"


simplest.register(Count, lambda _field: 0)
simplest.register(Flag, lambda _field: True)
simplest.register(Link, lambda _field: str(SOME_ENTRY))
simplest.register(Choice, lambda field: field.options[0][0])
simplest.register(Choices, lambda field: [field.options[0][0]])
simplest.register(Rows, lambda field: [{column.name: simplest(column) for column in field.columns}])


def right_texts(field: Text) -> st.SearchStrategy[str]:
    def is_right(text: str) -> bool:
        try:
            return bool(field.check(text) == text)
        except WrongAnswerError:
            return False

    letters = st.one_of(
        st.sampled_from("aåäöÅÄÖ <>&'\"=+-@;,%{}🚓\\/0123456789"), st.characters(exclude_categories=["Cs"])
    )
    return st.text(letters, min_size=1, max_size=field.most).filter(is_right)


@singledispatch
def right_answer(field: Any) -> st.SearchStrategy[Any]:
    """Answers that the field takes and stores as they are."""
    return right_texts(field)


right_answer.register(Count, lambda field: st.integers(0, field.most))
right_answer.register(Flag, lambda _field: st.booleans())
right_answer.register(Link, lambda _field: st.just(str(SOME_ENTRY)))
right_answer.register(Choice, lambda field: st.sampled_from([slug for slug, _ in field.options]))


@right_answer.register
def _(field: Choices) -> st.SearchStrategy[Any]:
    slugs = [slug for slug, _ in field.options]
    return st.sets(st.sampled_from(slugs)).map(lambda chosen: [slug for slug in slugs if slug in chosen])


@right_answer.register
def _(field: Rows) -> st.SearchStrategy[Any]:
    row = st.fixed_dictionaries({column.name: right_answer(column) for column in field.columns})
    return st.lists(row, max_size=3)


@st.composite
def right_answers(draw: st.DrawFn, kind: Kind) -> dict[str, Any]:
    """Answers as the kind stores them: every field there, those not asked or not filled in empty."""
    answers: dict[str, Any] = {}
    for name, field in kind.fields.items():
        filled = asked(field, answers) and (field.required or draw(st.booleans()))
        answers[name] = draw(right_answer(field)) if filled else replace(field, required=False).check(None)
        limit = answers.get(field.at_most) if isinstance(field, Count) and field.at_most else None
        if limit is not None and answers[name] is not None:
            answers[name] = min(answers[name], limit)
    return answers


ANY_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=10), inner, max_size=4)),
    max_leaves=8,
)
"""Whatever a client can send: not only what it should."""
