"""One list of entries: what the server has and what the phone holds, each once, with where it stands."""

from uuid import UUID

from playwright.sync_api import Page, expect

from tests.browser.pages import fill_with_work
from tests.browser.waiting import Door, keep, row, send, work
from tests.fixtures.browser import Live
from tests.fixtures.people import person
from tests.fixtures.site import house_of
from tests.fixtures.work import log_one

EARLIER = "2026-11-21T18:00:00+00:00"
THURSDAY = "2026-11-19T18:00:00+00:00"


def test_what_waits_stands_among_the_rest_where_it_happened(phone: Page, live: Live, door: Door) -> None:
    fill_with_work(house_of(live.app))
    door.close()
    keep(phone, work(at=EARLIER, place="E45 Lit", vehicles=9), work("patrol", at=THURSDAY, way="foot"))
    phone.goto("/entries")
    today = phone.locator("section", has=phone.get_by_role("heading", name="lördag 21 november"))
    expect(today.locator("li").last).to_contain_text("19:00 · E45 Lit · Brunflo")
    expect(today.locator("li").last).to_contain_text("9 fordon")
    expect(today.locator("li").last).to_contain_text("Skickas")
    expect(today.locator("li")).to_have_count(3)
    thursday = phone.locator("section", has=phone.get_by_role("heading", name="torsdag 19 november"))
    expect(thursday.get_by_role("link")).to_contain_text("Till fots")


def test_when_it_has_been_sent_it_says_so_and_then_stands_there_like_the_rest(phone: Page, door: Door) -> None:
    door.close()
    keep(phone, work(place="E45 Lit"))
    phone.goto("/entries")
    expect(row(phone, "E45 Lit")).to_contain_text("Skickas")
    door.open()
    expect(row(phone, "E45 Lit")).to_contain_text("Skickat")
    phone.goto("/entries")
    expect(row(phone, "E45 Lit")).to_have_count(1)
    expect(row(phone, "E45 Lit")).not_to_contain_text("Skickat")


def test_what_the_server_has_but_whose_answer_was_lost_stands_there_once(phone: Page, live: Live, door: Door) -> None:
    door.say("502 Bad Gateway")
    (waiting,) = keep(phone, work(place="E45 Lit"))
    officer = person(live.database, "officer")
    live.database.write(lambda session: log_one(session, officer, answers={"place": "E45 Lit"}, id=UUID(waiting)))
    phone.goto("/entries")
    expect(row(phone, "E45 Lit")).to_have_count(1)


def test_without_coverage_everything_that_the_phone_has_is_there(phone: Page) -> None:
    send(phone, work(at=THURSDAY, place="E45 Häggenås"))
    phone.context.set_offline(True)
    keep(phone, work(place="E45 Lit"))
    phone.goto("/entries")
    expect(row(phone, "E45 Lit")).to_contain_text("Väntar på att skickas")
    expect(row(phone, "E45 Häggenås")).to_contain_text("Skickat")
    expect(row(phone, "E45")).to_have_count(2)


def test_nothing_logged_says_what_to_do_without_coverage_too(phone: Page) -> None:
    phone.context.set_offline(True)
    phone.goto("/entries")
    expect(phone.get_by_role("heading", name="Inget loggat ännu")).to_be_visible()
    keep(phone, work())
    expect(phone.get_by_role("heading", name="Inget loggat ännu")).to_be_hidden()
