"""Every kind's declaration is whole: words in both languages, names that never clash, figures as public as agreed."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from fieldlog.config import ROOT
from fieldlog.fields import Choice, Count, Field, Link, Rows, Text
from fieldlog.intake.forms import CorrectionForm
from fieldlog.kind import Kind
from fieldlog.kinds import KINDS
from fieldlog.labels import Label
from fieldlog.measures import Publicity
from tests.kinds.answers import EVERY_FIELD, EVERY_KIND

ICONS = set(re.findall(r'<symbol[^>]*\bid="([^"]+)"', (ROOT / "static/icons/sprite.svg").read_text(encoding="utf-8")))
SLUG = re.compile(r"[a-z]+(-[a-z]+)*")
NAME = re.compile(r"[a-z]+(_[a-z]+)*")
ADDRESS_WORDS = {"kind", "like", "saved"}
"""What the form's address says beside a link's name."""

# Everything about suspicion, offers, contacts, outreach, seizures, positives, licences and remarks.
ONE_TOTAL_ONLY = {
    "traffic-control": {"suspected", "unasked", "positives", "licences"},
    "help-offer": {"offers", "asked", "accepted", "unanswered"},
    "handover-outcome": {"answered", "in-time"},
    "outreach": {"passes", "with-police", "contacts", "conversations", "guided"},
    "youth-alcohol": {"seizures", "parents", "suspected-supply"},
    "youth-drugs": {"parents"},
    "alcohol-inspection": {"remarks", "remarked-venues"},
}
DELICATE = re.compile("suspect|offer|contact|seiz|positive|licen|remark|guided|parents|asked|accept|answer")


def parts(fields: tuple[Field, ...]) -> Iterator[Field]:
    for field in fields:
        yield field
        if isinstance(field, Rows):
            yield from field.columns


def words(kind: Kind) -> Iterator[tuple[str, Label]]:
    yield from (("label", kind.label), ("noun", kind.noun), ("counts_as", kind.counts_as))
    yield from (("section", section.label) for section in kind.form_sections)
    for measure in kind.measures.values():
        yield measure.name, measure.label
        if measure.otherwise:
            yield f"{measure.name} otherwise", measure.otherwise
    for field in parts(tuple(kind.fields.values())):
        yield field.name, field.label
        if field.hint:
            yield f"{field.name} hint", field.hint
        if isinstance(field, Choice):
            yield from ((f"{field.name}={slug}", label) for slug, label in field.options)


@EVERY_KIND
def test_everything_is_said_in_both_languages(kind: Kind) -> None:
    for what, label in words(kind):
        for said in label:
            assert said, f"{what} lacks a language"
            assert said == said.strip(), f"{what} begins or ends with a space"


@EVERY_KIND
def test_what_counts_as_one_is_a_sentence(kind: Kind) -> None:
    for said in kind.counts_as:
        assert re.fullmatch(r"[A-ZÅÄÖ].{15,}\.", said), said


@EVERY_KIND
def test_slugs_and_names_are_written_one_way(kind: Kind) -> None:
    assert SLUG.fullmatch(kind.slug)
    for field in parts(tuple(kind.fields.values())):
        assert NAME.fullmatch(field.name), field.name
        if isinstance(field, Choice):
            assert all(SLUG.fullmatch(slug) for slug, _ in field.options), field.name
    assert all(SLUG.fullmatch(name) for name in kind.measures)


@EVERY_KIND
def test_its_icon_is_drawn(kind: Kind) -> None:
    assert kind.icon in ICONS


@EVERY_KIND
def test_no_name_is_used_twice(kind: Kind) -> None:
    names = [field.name for section in kind.form_sections for field in section.fields]
    measures = [measure.name for measure in kind.leading]
    measures += [measure.name for field in kind.fields.values() for measure in field.measures()]
    for found in (names, measures):
        assert [name for name, times in Counter(found).items() if times > 1] == []
    for field in kind.fields.values():
        if isinstance(field, Choice):
            slugs = [slug for slug, _ in field.options]
            assert len(slugs) == len(set(slugs)), field.name


@EVERY_KIND
def test_no_field_takes_a_name_that_the_form_needs(kind: Kind) -> None:
    taken = set(dir(CorrectionForm)) | {"csrf_token", "action"}
    assert not taken & set(kind.fields)
    if kind.link:
        assert kind.link.name not in ADDRESS_WORDS


@EVERY_FIELD
def test_a_field_points_at_fields_that_stand_before_it(kind: Kind, field: Field) -> None:
    before = list(kind.fields)[: list(kind.fields).index(field.name)]
    if field.when:
        name, answer = field.when
        asking = kind.fields[name]
        assert name in before
        assert isinstance(asking, Choice)
        assert answer in dict(asking.options)
    if isinstance(field, Count) and field.at_most:
        assert field.at_most in before
        assert isinstance(kind.fields[field.at_most], Count)
    if isinstance(field, Count) and field.ask_above is not None:
        assert field.ask_above > 0
    if isinstance(field, Link):
        assert field.leaves in KINDS[field.to].measures


@EVERY_FIELD
def test_free_text_is_short_and_never_a_number_for_others(kind: Kind, field: Field) -> None:
    if isinstance(field, Text):
        assert field.most <= 500
        assert field.measures() == ()


@EVERY_KIND
def test_somebody_logs_it_and_the_leading_measure_comes_first(kind: Kind) -> None:
    assert kind.logged_by
    assert set(kind.logged_by) <= set(kind.readers)
    if kind.slug == "nothing-to-report":
        assert kind.measures == {}, "quiet is not an achievement"
    else:
        assert next(iter(kind.measures.values())) is kind.leading[0]


@pytest.mark.parametrize("slug", ONE_TOTAL_ONLY)
def test_what_tells_about_few_people_is_published_as_one_total(slug: str) -> None:
    measures = KINDS[slug].measures
    assert {name: measures[name].public for name in ONE_TOTAL_ONLY[slug]} == dict.fromkeys(
        ONE_TOTAL_ONLY[slug], "period"
    )


@EVERY_KIND
def test_no_delicate_figure_is_published_by_day_and_area(kind: Kind) -> None:
    closed: set[Publicity] = {"period", "never"}
    delicate = kind.slug in {"outreach", "help-offer", "handover-outcome"}
    for name, measure in kind.measures.items():
        if delicate or DELICATE.search(name):
            assert measure.public in closed, name
