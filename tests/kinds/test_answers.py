"""What every kind takes as an answer, and what it refuses."""

from typing import Any

from fieldlog.fields import Choice, Choices, Count, Field, Flag, Link, Rows, Text
from fieldlog.fields.choice import NOT_AN_OPTION
from fieldlog.fields.field import REQUIRED
from fieldlog.kind import UNKNOWN, Kind
from fieldlog.kinds import KINDS
from tests.kinds.answers import EVERY_FIELD, EVERY_KIND, asking, each, least, simplest


def wrong(kind: Kind, answers: dict[str, Any]) -> set[str]:
    """The names of the fields with something wrong."""
    return set(kind.check(answers)[1])


@EVERY_KIND
def test_the_least_answers_are_taken_and_every_other_field_is_stored_empty(kind: Kind) -> None:
    answers = least(kind)
    kept, reasons = kind.check(answers)
    assert reasons == {}
    assert kept.keys() == kind.fields.keys()
    assert {name: kept[name] for name in answers} == answers
    assert all(kept[name] in (None, [], False) for name in kept.keys() - answers.keys())


@EVERY_KIND
def test_what_was_stored_is_taken_again_unchanged(kind: Kind) -> None:
    kept, _ = kind.check(least(kind))
    assert kind.check(kept) == (kept, {})


@EVERY_KIND
def test_a_field_that_the_kind_does_not_have_is_refused(kind: Kind) -> None:
    _, reasons = kind.check(least(kind, vehicles_seen_in_a_dream=1))
    assert reasons == {"vehicles_seen_in_a_dream": UNKNOWN}


@EVERY_FIELD
def test_a_field_is_missed_exactly_when_it_is_required_and_asked(kind: Kind, field: Field) -> None:
    empty: tuple[Any, ...] = (None, "", [])
    for nothing in empty:
        _, reasons = kind.check({**asking(kind, field), field.name: nothing})
        assert reasons == ({field.name: REQUIRED} if field.required else {})


@each(Count)
def test_a_count_takes_zero_and_its_most_and_neither_side_of_them(kind: Kind, field: Count) -> None:
    others = asking(kind, field)
    for right in (0, 1, field.most - 1, field.most):
        kept, reasons = kind.check({**others, field.name: right})
        assert (kept[field.name], reasons) == (right, {})
    for out in (-1, field.most + 1, -field.most, 10**30):
        assert wrong(kind, {**others, field.name: out}) == {field.name}
    for no_number in (1.0, "3", True, [1], {"is": 1}, float("nan")):
        assert wrong(kind, {**others, field.name: no_number}) == {field.name}, no_number


@each(Choice)
def test_a_choice_takes_each_option_and_no_other(kind: Kind, field: Choice) -> None:
    others = asking(kind, field)
    for slug, label in field.options:
        kept, _ = kind.check(least(kind, **{**others, field.name: slug}))
        assert kept[field.name] == slug
        assert field.text(slug) == label
    for other in ("sometimes", field.options[0][0].upper(), " ", [field.options[0][0]], 0, True):
        assert kind.check({**others, field.name: other})[1][field.name] == NOT_AN_OPTION, other


@each(Choices)
def test_several_options_are_kept_once_each_in_the_declared_order(kind: Kind, field: Choices) -> None:
    every = [slug for slug, _ in field.options]
    kept, reasons = kind.check(least(kind, **{field.name: [*reversed(every), every[0]]}))
    assert (kept[field.name], reasons) == (every, {})
    for other in (["sometimes"], [*every, "sometimes"], every[0], [None], {every[0]: True}, 1):
        assert wrong(kind, least(kind, **{field.name: other})) == {field.name}, other


@each(Flag)
def test_a_flag_takes_yes_and_nothing_else(kind: Kind, field: Flag) -> None:
    assert kind.check(least(kind, **{field.name: True}))[0][field.name] is True
    for other in (1, "yes", "on", [True]):
        assert wrong(kind, least(kind, **{field.name: other})) == {field.name}, other


@each(Link)
def test_a_link_takes_an_id_and_writes_it_one_way(kind: Kind, field: Link) -> None:
    identity = simplest(field)
    assert kind.check(least(kind, **{field.name: identity.upper()}))[0][field.name] == identity
    for other in ("control-7", 7, [identity], "0" * 33):
        assert wrong(kind, least(kind, **{field.name: other})) == {field.name}, other


@each(Rows)
def test_rows_are_filled_in_whole_and_not_more_than_allowed(kind: Kind, field: Rows) -> None:
    (row,) = simplest(field)
    kept, _ = kind.check(least(kind, **{field.name: [row, dict.fromkeys(row), {}] * 3}))
    assert kept[field.name] == [row] * 3, "a row left empty is no row"
    assert wrong(kind, least(kind, **{field.name: [row] * field.most})) == set()
    for other in ([row] * (field.most + 1), [row | {"colour": "red"}], ["lamp"], row, "lamp", 3, [None]):
        assert wrong(kind, least(kind, **{field.name: other})) == {field.name}, other
    for column in field.columns:
        if column.required:
            assert wrong(kind, least(kind, **{field.name: [row | {column.name: None}]})) == {field.name}


@each(Text)
def test_a_text_takes_its_length_and_not_one_more(kind: Kind, field: Text) -> None:
    longest = ("åäö " * field.most)[: field.most - 1] + "x"
    assert kind.check(least(kind, **{field.name: longest}))[0][field.name] == longest
    for other in (longest + "x", "x" * 100_000, 5, ["E14"], {"sv": "E14"}, True):
        assert wrong(kind, least(kind, **{field.name: other})) == {field.name}, str(other)[:20]


@each(Choice, Count, that_has="when")
def test_what_is_not_asked_is_left_empty(kind: Kind, field: Field) -> None:
    name, answer = field.when or ("", "")
    asks = kind.fields[name]
    assert isinstance(asks, Choice)
    for other in {slug for slug, _ in asks.options} - {answer}:
        others = least(kind, **{name: other})
        assert kind.check(others)[0][field.name] is None
        given = 1 if isinstance(field, Count) else simplest(field)
        _, reasons = kind.check({**others, field.name: given})
        assert reasons.keys() == {field.name}
        assert dict(asks.options)[answer].sv in reasons[field.name].sv


@each(Count, that_has="at_most")
def test_a_part_is_never_more_than_its_whole(kind: Kind, field: Count) -> None:
    whole = field.at_most or ""
    for part, limit in ((3, 3), (0, 0), (0, 5), (5, None), (None, 3)):
        assert wrong(kind, least(kind, **{field.name: part, whole: limit})) == set()
    _, reasons = kind.check(least(kind, **{field.name: 4, whole: 3}))
    assert reasons.keys() == {field.name}
    assert kind.fields[whole].label.sv.lower() in reasons[field.name].sv


def test_the_parts_are_those_that_were_agreed() -> None:
    limits = {(slug, name): field.at_most for slug, kind in KINDS.items() for name, field in kind.fields.items()
              if isinstance(field, Count) and field.at_most}  # fmt: skip
    assert limits == {
        ("traffic-control", "positives"): "tests",
        ("alcohol-inspection", "remarked_venues"): "venues",
        ("server-training", "passed"): "participants",
    }
