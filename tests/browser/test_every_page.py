"""What holds on every page: accessible, narrow, usable by keyboard, and light to fetch."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import faults, fill_with_work, pages
from tests.fixtures.browser import PHONE, Live
from tests.fixtures.site import house_of

PEOPLE = ("officer", "inspector", "outreach")
EVERYBODY = (*PEOPLE, "supervisor", "administrator")


def unfolded(page: Page, path: str) -> None:
    """Open the page with nothing folded away."""
    page.goto(path)
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true })")


@pytest.mark.parametrize("name", EVERYBODY)
def test_axe_finds_nothing(page: Page, live: Live, name: str) -> None:
    entry = fill_with_work(house_of(live.app))
    found = []
    for path in ["/sign-in", *pages(name, entry)]:
        unfolded(page, path)
        found += faults(page)
        live.sign_in(page, name)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("typed", "said"),
    [({"tests": "1", "positives": "5"}, "behöver rättas"), ({"vehicles": "9000"}, "Stämmer det här?")],
)
def test_axe_finds_nothing_when_something_has_to_be_mended(
    page: Page, live: Live, typed: dict[str, str], said: str
) -> None:
    live.sign_in(page, "officer")
    unfolded(page, "/log/traffic-control")
    page.evaluate("document.querySelector('#entry').noValidate = true")
    for name, value in typed.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator(".bar").get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_text(said).first).to_be_visible()
    assert not (found := faults(page)), "\n".join(found)


@pytest.mark.parametrize("name", PEOPLE)
def test_no_page_scrolls_sideways(page: Page, live: Live, name: str) -> None:
    entry = fill_with_work(house_of(live.app))
    live.sign_in(page, name)
    wide = []
    for path in pages(name, entry):
        unfolded(page, path)
        for width in (320, 768, 1440):
            page.set_viewport_size({"width": width, "height": 740})
            excess = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if excess > 0:
                wide.append(f"{path} is {excess} px too wide at {width} px")
    assert not wide, "\n".join(wide)


FOCUSED = """() => {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const style = getComputedStyle(node.matches('.chip input') ? node.closest('.chip') : node);
  const outlined = [style, getComputedStyle(node)].some((one) => one.outlineStyle !== 'none');
  const lit = outlined || style.boxShadow !== 'none';
  const box = node.getBoundingClientRect();
  const seen = box.bottom > 0 && box.top < innerHeight;
  return { what: node.outerHTML.slice(0, 90), lit, seen, key: [...document.querySelectorAll('*')].indexOf(node) };
}"""


@pytest.mark.parametrize("name", PEOPLE)
def test_tab_reaches_everything_and_shows_where_it_is(page: Page, live: Live, name: str) -> None:
    entry = fill_with_work(house_of(live.app))
    live.sign_in(page, name)
    lost = []
    for path in pages(name, entry):
        page.goto(path)
        reached = set()
        for _ in range(80):
            page.keyboard.press("Tab")
            focused = page.evaluate(FOCUSED)
            if focused is None or focused["key"] in reached:
                break
            reached.add(focused["key"])
            if not (focused["lit"] and focused["seen"]):
                lost.append(f"{path}: {focused['what']}")
        assert len(reached) > 3, f"{path}: Tab goes nowhere"
    assert not lost, "\n".join(lost)


def test_a_control_is_logged_by_keyboard_alone(page: Page, live: Live) -> None:
    live.sign_in(page, "officer")
    page.goto("/log")
    page.get_by_role("link", name="Trafikkontroll").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Väg eller plats").focus()
    page.keyboard.type("E14 Svedje")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("[data-toast]")).to_contain_text("Räknad: 1 av 50")


def test_the_first_visit_to_the_log_moves_at_most_40_kb(page: Page, live: Live) -> None:
    fill_with_work(house_of(live.app))
    live.sign_in(page, "officer")
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    moved: list[float] = []
    network.on("Network.loadingFinished", lambda event: moved.append(event["encodedDataLength"]))
    page.goto("/log", wait_until="networkidle")
    assert len(moved) > 3
    assert sum(moved) <= 40_000, f"{sum(moved) / 1000:.1f} kB in {len(moved)} answers"


def test_the_main_job_works_without_scripts(browser: Browser, live: Live) -> None:
    context = browser.new_context(base_url=live.url, viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    live.sign_in(page, "officer")
    page.goto("/log")
    page.get_by_role("link", name="Trafikkontroll").click()
    page.locator("[name=vehicles]").fill("14")
    page.get_by_role("button", name="Spara utan anmärkning").click()
    expect(page.locator("[data-toast]")).to_contain_text("Räknad: 1 av 50")
    page.get_by_role("button", name="Ångra").click()
    expect(page.get_by_role("link", name="Trafikkontroll")).to_contain_text("0 av 50")
    context.close()
