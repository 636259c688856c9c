"""The supervisor's review on a phone and by keyboard; and the doubt that a colleague logged the same."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.browser.pages import faults
from tests.browser.saving import begin, fill, rows, save
from tests.fixtures.browser import Live
from tests.fixtures.site import house_of
from tests.fixtures.work import NOW, item
from tests.review.desk import pair, send


def test_a_pair_is_merged_and_a_week_marked_by_keyboard(page: Page, live: Live) -> None:
    house = house_of(live.app)
    one, two = pair(house)
    send(house, "officer", item(answers={"vehicles": 900}, happened_at=NOW - timedelta(days=9), area="lit"))
    live.sign_in(page, "supervisor")
    found = []
    for path in ("/review", f"/review/merge/{one}/{two}"):
        for width in (320, 1440):
            page.set_viewport_size({"width": width, "height": 740})
            page.goto(path)
            page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true })")
            found += faults(page)
            excess = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            found += [f"{path} is {excess} px too wide at {width} px"] if excess > 0 else []
    assert not found, "\n".join(found)
    page.goto("/review")
    page.get_by_role("button", name="Granskad").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ovanliga svar")).to_have_count(0)
    page.get_by_role("button", name="Markera veckan som granskad").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Markerat som granskat.")).to_be_visible()
    page.get_by_role("link", name="Samma, slå ihop").focus()
    page.keyboard.press("Enter")
    page.get_by_role("group", name="Fordon").get_by_label("15").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Slå ihop").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Skäl: Dubbel")).to_be_visible()


def test_a_colleague_s_entry_of_the_same_is_asked_about_once(page: Page, live: Live) -> None:
    send(house_of(live.app), "colleague", item(answers={"place": "E14"}, happened_at=NOW - timedelta(minutes=50)))
    begin(page, live)
    page.goto("/log/traffic-control")
    expect(page.get_by_text("Enhetens senaste två timmar")).to_be_visible()
    page.context.set_offline(True)
    page.locator("[name=area]").select_option("brunflo")
    fill(page, vehicles=3)
    save(page)
    expect(page.locator("[data-notice=questions]")).to_contain_text(
        "Kommundel: Någon annan i enheten har loggat samma sak 20:50."
    )
    assert not rows(page)
    page.get_by_label("Ja, det stämmer").check()
    save(page)
    expect(page.locator("[data-toast]")).to_contain_text("Sparat i telefonen")
    assert len(rows(page)) == 1
