"""What was begun, and what was said anew: in the list of entries it stands where the entry stands."""

from playwright.sync_api import Page, expect

from tests.browser.waiting import Door, begin, correct, keep, row, send, void, work


def test_a_tap_opens_what_waits_so_that_it_can_be_put_right(phone: Page) -> None:
    phone.context.set_offline(True)
    keep(phone, work(place="E45 Lit", vehicles=9))
    phone.goto("/entries")
    row(phone, "E45 Lit").get_by_role("link").click()
    expect(phone.locator("[name=vehicles]")).to_have_value("9")


def test_a_correction_on_its_way_shows_on_the_entry_that_it_corrects(phone: Page, door: Door) -> None:
    (known,) = send(phone, work(place="E45 Lit", vehicles=9))
    door.say("502 Bad Gateway")
    correct(phone, known, work(place="E45 Lit", vehicles=12))
    phone.goto("/entries")
    expect(row(phone, "E45 Lit")).to_have_count(1)
    expect(row(phone, "E45 Lit")).to_contain_text("Rättelsen väntar")
    expect(row(phone, "E45 Lit")).to_contain_text("12 fordon")
    phone.context.set_offline(True)
    phone.goto("/entries")
    expect(row(phone, "E45 Lit")).to_have_count(1)
    expect(row(phone, "E45 Lit")).to_contain_text("Rättelsen väntar")


def test_so_does_taking_it_back(phone: Page, door: Door) -> None:
    (known,) = send(phone, work(place="E45 Lit"))
    door.say("502 Bad Gateway")
    void(phone, known)
    phone.goto("/entries")
    expect(row(phone, "E45 Lit")).to_have_count(1)
    expect(row(phone, "E45 Lit")).to_contain_text("Makuleringen väntar")


def test_what_was_begun_stands_there_as_a_draft_and_goes_on(phone: Page) -> None:
    begin(phone, "patrol", {"at": 0, "held": {"minutes": ["30"]}})
    phone.goto("/entries")
    expect(row(phone, "Synlig patrull")).to_contain_text("Utkast")
    row(phone, "Synlig patrull").get_by_role("link").click()
    expect(phone.locator("[name=minutes]")).to_have_value("30")
