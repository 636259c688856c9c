"""A whole shift from one form, and the last entry again, without coverage."""

from playwright.sync_api import Page, expect

from tests.browser.saving import begin, fill, kept, rows, save, stored, toast, unfold
from tests.fixtures.browser import Live

# Whatever is looked up in the phone takes a while; what is written does not.
SLOW_READS = """() => {
  const { get } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.get = function (key) {
    const request = get.call(this, key);
    if (this.transaction.mode === "readwrite") return request;
    const late = {};
    request.onsuccess = () => setTimeout(() => {
      late.result = request.result;
      late.onsuccess();
    }, 1500);
    return late;
  };
}"""


def test_a_whole_shift_is_logged_without_coverage_from_one_form(page: Page, live: Live) -> None:
    begin(page, live, "/log/patrol")
    page.context.set_offline(True)
    page.goto("/log/patrol")
    unfold(page)
    page.get_by_label("Till fots").check()
    fill(page, place="Storgatan")
    for minutes in (15, 30, 45):
        fill(page, minutes=minutes)
        save(page, "Spara och logga en till")
        kept(page)
        expect(page.locator("[name=minutes]")).to_have_value("")
        expect(page.get_by_label("Till fots")).to_be_checked()
        expect(page.locator("[name=place]")).to_have_value("Storgatan")
    page.context.set_offline(False)
    expect(toast(page)).to_contain_text("Räknad: 3 pass")
    assert sorted(entry.answers["minutes"] for entry in stored(live)) == [15, 30, 45]


def test_the_next_entry_is_saved_while_the_phone_still_looks_up_the_one_before(page: Page, live: Live) -> None:
    begin(page, live)
    page.context.set_offline(True)
    page.evaluate(SLOW_READS)
    for vehicles in (3, 4):
        fill(page, vehicles=vehicles)
        save(page, "Spara och logga en till")
        expect(page.locator("[name=vehicles]")).to_have_value("")
    assert [row["item"]["answers"]["vehicles"] for row in rows(page)] == [3, 4]


def test_the_last_entry_is_repeated_from_the_phone(page: Page, live: Live) -> None:
    begin(page, live)
    page.context.set_offline(True)
    fill(page, place="E14 Svedje", vehicles=14)
    page.get_by_label("Hastighet").check()
    page.locator("[name=area]").select_option("nas")
    save(page)
    kept(page)
    (row,) = rows(page)
    page.goto(f"/log/traffic-control?like={row['id']}")
    expect(page.locator("[name=place]")).to_have_value("E14 Svedje")
    expect(page.locator("[name=area]")).to_have_value("nas")
    expect(page.get_by_label("Hastighet")).to_be_checked()
    expect(page.locator("[name=vehicles]")).to_have_value("")
