"""Whatever a client sends, a field takes it or says what is wrong: nothing else ever happens."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from fieldlog.fields import Field, WrongAnswerError
from fieldlog.kind import Kind
from fieldlog.kinds import KINDS
from tests.kinds.answers import ANY_JSON, EVERY_FIELD, EVERY_KIND, repeatable

NASTY = ["", " ", "\0", "\ud800", "\u202e", "9" * 5000, "-", "--1", "1e9", "½", "²", "NaN", "yes", "null", "<script>"]
TYPED = st.one_of(st.sampled_from(NASTY), st.text(st.characters(), max_size=20))


def kept(field: Field, answer: object) -> Any:
    """What the field keeps; None when it gave a reason instead."""
    try:
        return field.check(answer)
    except WrongAnswerError as wrong:
        if not all(wrong.reason):
            raise AssertionError("a reason without words") from wrong
        return None


@EVERY_FIELD
@repeatable(15)
@given(answer=ANY_JSON)
def test_a_field_keeps_an_answer_or_gives_a_reason(kind: Kind, field: Field, answer: Any) -> None:
    stored = kept(field, answer)
    if stored is not None:
        assert field.check(stored) == stored, "what is kept is right the next time too"
        field.question(stored)
        field.blank(stored)
        field.text(stored)
        field.cell(stored)


@EVERY_KIND
@repeatable(25)
@given(data=st.data())
def test_a_kind_answers_any_answers_with_what_it_keeps_or_with_reasons(kind: Kind, data: st.DataObject) -> None:
    names = st.one_of(st.sampled_from(list(kind.fields)), st.text(max_size=8))
    _, reasons = kind.check(data.draw(st.dictionaries(names, ANY_JSON, max_size=6)))
    assert all(reason.sv and reason.en for reason in reasons.values())


@EVERY_FIELD
@repeatable(10)
@given(typed=st.lists(TYPED, max_size=3))
def test_whatever_is_typed_is_read_and_then_kept_or_refused(kind: Kind, field: Field, typed: list[str]) -> None:
    posted = MultiDict([(field.name, one) for one in typed])
    kept(field, field.parse(posted.getlist))


@repeatable(40)
@given(typed=st.dictionaries(st.text(max_size=12), TYPED, max_size=5), numbered=st.lists(TYPED, max_size=25))
def test_rows_are_read_from_whatever_is_posted(typed: dict[str, str], numbered: list[str]) -> None:
    findings = KINDS["safety-walk"].fields["findings"]
    rows = {f"findings-{at}-{name}": text for at, text in enumerate(numbered) for name in ("category", "where")}
    kept(findings, findings.parse(MultiDict(typed | rows).getlist))
