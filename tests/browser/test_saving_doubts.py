"""Before doubtful answers are saved the phone asks, as the server does."""

import pytest
from playwright.sync_api import Page, expect

from fieldlog import texts
from tests.browser.saving import begin, fill, kept, rows, save, unfold
from tests.fixtures.browser import Live


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ({"vehicles": "9000"}, "Fordon: 9000 är ovanligt mycket. Stämmer det?"),
        ({"note": "mot abc 123"}, "Anteckning: Är det ett registreringsnummer"),
    ],
)
def test_doubtful_answers_are_asked_about_once(page: Page, live: Live, typed: dict[str, str], asked: str) -> None:
    begin(page, live)
    page.context.set_offline(True)
    unfold(page)
    fill(page, **typed)
    save(page)
    notice = page.locator("[data-notice=questions]")
    expect(notice).to_contain_text("Stämmer det här?")
    expect(notice).to_contain_text(asked)
    expect(notice).to_be_focused()
    save(page)
    assert not rows(page)
    page.get_by_label("Ja, det stämmer").check()
    save(page)
    kept(page)
    assert len(rows(page)) == 1


def test_what_is_missing_or_too_much_is_told_before_anything_is_kept(page: Page, live: Live) -> None:
    begin(page, live, "/log/patrol")
    save(page)
    expect(page.get_by_label("Till fots")).to_be_focused()
    page.goto("/log/traffic-control")
    unfold(page)
    fill(page, tests=1, positives=5)
    save(page)
    expect(page.locator("[name=positives]")).to_be_focused()
    assert not rows(page)


DOUBTFUL = (
    "mot 340",
    "abc 123",
    "Abc12d",
    "070-123 45 67",
    "+46 70 123 45 67",
    "０７０１２３４５６７",
    "abc  123",
    "abc.123",
)
SURE = (
    "nrabc123",
    "E14 Svedje",
    "åabc123",
    "abcé123",
    "väg 87",
    "aik 123",
    "063-14 30 00",
    "15 bilar",
    "abc 1234",
    "éabc123",
    "ute. 120 bilar",
)


def test_the_phone_doubts_the_texts_that_the_server_doubts(page: Page, live: Live) -> None:
    live.sign_in(page, "officer")
    page.goto("/log/traffic-control")
    place = page.locator("[name=place]")
    doubts = "(field, text) => new RegExp(field.dataset.doubt, 'iu').test(text.normalize('NFKC'))"
    found = {text: place.evaluate(doubts, text) for text in DOUBTFUL + SURE}
    assert found == {text: text in DOUBTFUL for text in found}
    assert found == {text: texts.is_doubtful(text) for text in found}
