"""What a browser posts is read as it was meant; what cannot be read stays as it was typed."""

import unicodedata

import pytest

from fieldlog.fields import Count, Flag, Rows, Text, WrongAnswerError
from fieldlog.fields.count import NOT_A_NUMBER, OUT_OF_BOUNDS
from fieldlog.fields.field import REQUIRED
from fieldlog.fields.text import FORBIDDEN, TOO_LONG, UNREADABLE
from fieldlog.kinds import KINDS
from fieldlog.labels import Label

VEHICLES = KINDS["traffic-control"].fields["vehicles"]
NOTE = KINDS["traffic-control"].fields["note"]
PLACE = KINDS["traffic-control"].fields["place"]


def typed(*values: str) -> object:
    return VEHICLES.parse(lambda _name: values)


@pytest.mark.parametrize(
    ("text", "number"),
    [("14", 14), (" 14 ", 14), ("0", 0), ("007", 7), ("-3", -3), ("", None), ("  ", None), ("٣", 3)],
)
def test_a_typed_number_is_read(text: str, number: int | None) -> None:
    assert typed(text) == number


@pytest.mark.parametrize("text", ["fjorton", "1,5", "1.5", "1 000", "+3", "--3", "3-", "-", "1e3", "²", "½", "9" * 400])
def test_what_is_no_number_stays_as_typed_and_is_refused(text: str) -> None:
    assert typed(text) == text
    with pytest.raises(WrongAnswerError) as refused:
        VEHICLES.check(typed(text))
    assert refused.value.reason == NOT_A_NUMBER


def test_a_count_that_was_not_sent_is_not_counted() -> None:
    assert typed() is None


def test_a_number_out_of_bounds_is_told_the_bounds() -> None:
    with pytest.raises(WrongAnswerError) as refused:
        VEHICLES.check(10_000)
    assert refused.value.reason == OUT_OF_BOUNDS.fill(low=0, high=9999)


def test_a_wild_number_is_asked_about_and_an_ordinary_one_is_not() -> None:
    count = Count(name="cars", label=Label("Bilar", "Cars"), ask_above=300)
    assert count.question(301) is not None
    assert [count.question(ordinary) for ordinary in (None, 0, 300)] == [None] * 3


def test_a_flag_is_yes_when_its_box_was_ticked() -> None:
    flag = Flag(name="near", label=Label("Nära", "Near"))
    assert flag.parse(lambda _name: ["yes"]) is True
    assert flag.check(flag.parse(lambda _name: [])) is False


def test_rows_in_the_middle_that_were_left_empty_are_no_rows() -> None:
    findings = KINDS["safety-walk"].fields["findings"]
    assert isinstance(findings, Rows)
    posted = {"findings-0-where": "Torget", "findings-0-category": "litter", "findings-1-where": "",
              "findings-2-where": "Parken", "findings-2-category": "lighting"}  # fmt: skip
    read = findings.check(findings.parse(lambda name: [posted[name]] if name in posted else []))
    assert [row["where"] for row in read] == ["Torget", "Parken"]


def test_one_row_too_many_is_refused_rather_than_dropped() -> None:
    findings = KINDS["safety-walk"].fields["findings"]
    assert isinstance(findings, Rows)
    rows = findings.parse(lambda name: ["lighting" if name.endswith("category") else "Parken"])
    with pytest.raises(WrongAnswerError):
        findings.check(rows)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  E14  ", "E14"),
        ("   ", None),
        ("rad ett\r\nrad två", "rad ett\nrad två"),
        (unicodedata.normalize("NFD", "Östersund"), "Östersund"),
        ("🚓 <script>alert(1)</script>", "🚓 <script>alert(1)</script>"),
    ],
)
def test_a_text_is_kept_as_it_reads(text: str, kept: str | None) -> None:
    assert NOTE.check(text) == kept


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x" * 100_000, TOO_LONG.fill(most=500, now=100_000)),
        ("a\x00b", UNREADABLE),
        ("a\u202eb", UNREADABLE),
        ("a\ud800b", UNREADABLE),
        ("890201-3286", FORBIDDEN),
        ("stod vid ABC 123", FORBIDDEN),
    ],
)
def test_a_text_that_cannot_be_kept_is_refused_with_the_reason(text: str, reason: Label) -> None:
    with pytest.raises(WrongAnswerError) as refused:
        NOTE.check(text)
    assert refused.value.reason == reason


@pytest.mark.parametrize("empty", [None, "", " ", "\n\t", "\u00a0"])
def test_a_text_that_is_asked_for_is_not_answered_by_spaces(empty: str | None) -> None:
    with pytest.raises(WrongAnswerError) as refused:
        Text(name="name", label=Label("Namn", "Name"), required=True, lines=2).check(empty)
    assert refused.value.reason == REQUIRED


def test_a_line_has_no_line_breaks() -> None:
    with pytest.raises(WrongAnswerError):
        PLACE.check("E14\nE45")


def test_a_doubtful_text_is_asked_about_and_kept() -> None:
    for text in ("mot 340", "ring 070-123 45 67"):
        assert NOTE.check(text) == text
        assert NOTE.question(text) is not None
    assert NOTE.question("Lugnt") is None


def test_a_text_is_blanked_without_a_trace_of_its_length() -> None:
    assert isinstance(NOTE, Text)
    assert NOTE.blank("kort") == NOTE.blank("en mycket längre text") == "███"
    assert NOTE.blank(None) is None
