"""The board of findings and one of them, in a browser: accessible, narrow, copied with one tap, counted with one."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from fieldlog.responsibles import actions
from tests.browser.pages import faults
from tests.findings.walks import keys, say, walk
from tests.fixtures.browser import Live
from tests.fixtures.people import person
from tests.fixtures.site import house_of
from tests.fixtures.work import NOW, log

SENT = walk("Gångtunneln under E14", "Lekparken vid Torvalla centrum", "Busshållplatsen", "Garaget")


@pytest.fixture
def board(page: Page, live: Live) -> Page:
    """The coordinator's browser, with a walk of which something is overdue, planned and mended."""
    house = house_of(live.app)
    by = person(house.database, "coordinator")
    tunnel, park, stop, _ = keys(SENT)
    write = house.database.write
    write(lambda session: actions.add(session, "Östersundsbostäder", by, NOW).slug)
    write(lambda session: log(session, by, SENT))
    late = {"status": "passed-on", "responsible": "ostersundsbostader", "wanted_by": date(2026, 11, 1), "spot": "nw"}
    write(lambda session: say(session, tunnel, by, **late))
    write(lambda session: say(session, park, by, status="planned", wanted_by=date(2026, 12, 24), case_number="FB-17"))
    write(lambda session: say(session, stop, by, status="mended", done_on=date(2026, 11, 20)))
    live.sign_in(page, "coordinator")
    return page


def test_every_page_is_accessible_and_narrow(board: Page) -> None:
    wrong = []
    one = f"/findings/{keys(SENT)[0]}"
    for path in ("/findings", one, f"{one}/change", f"/walk/{SENT.id}", "/manage/responsibles/ostersundsbostader"):
        board.set_viewport_size({"width": 320, "height": 740})
        board.goto(path)
        excess = board.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        wrong += [f"{path} is {excess} px too wide"] if excess > 0 else []
        wrong += faults(board)
    assert not wrong, "\n".join(wrong)


def test_a_text_is_copied_and_a_state_is_chosen_from_the_keyboard(board: Page) -> None:
    board.context.grant_permissions(["clipboard-read", "clipboard-write"])
    board.goto(f"/findings/{keys(SENT)[0]}")
    board.get_by_role("button", name="Kopiera text").press("Enter")
    expect(board.get_by_role("button", name="Kopierat")).to_be_visible()
    copied = board.evaluate("navigator.clipboard.readText()").splitlines()
    assert copied[0] == "Belysning: Gångtunneln under E14, Brunflo, nordväst"
    assert copied[2] == "Ansvarig: Östersundsbostäder"
    board.get_by_role("link", name="Ändra läget").press("Enter")
    expect(board).to_have_url(f"/findings/{keys(SENT)[0]}/change")
    board.get_by_label("Vidarebefordrad").press("ArrowRight")
    board.get_by_role("button", name="Spara").press("Enter")
    expect(board.get_by_text("Sparat")).to_be_visible()
    expect(board.locator(".history")).to_contain_text("Planerad")


def test_what_is_mended_is_counted_with_one_tap(board: Page) -> None:
    board.goto(f"/findings/{keys(SENT)[2]}")
    board.get_by_role("button", name="Räkna som trygghetsskapande åtgärd").click()
    expect(board.get_by_text("Räknad som trygghetsskapande åtgärd.")).to_be_visible()
