"""A new version of the app waits until somebody wants it, and until nothing that was typed can be lost by it."""

import pytest
from playwright.sync_api import Frame, Locator, Page, Route, expect

from fieldlog.areas.models import Area
from tests.browser.shell import cached, visit
from tests.fixtures.browser import Live
from tests.fixtures.databases import StoppedClock
from tests.fixtures.site import house_of

LOOK = "navigator.serviceWorker.getRegistration().then((registration) => registration.update())"
WAITS = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  const coming = registration.installing;
  if (coming) await new Promise((done) => coming.addEventListener("statechange", done, { once: true }));
  return registration.waiting !== null;
}"""
DIRTY = "document.documentElement.toggleAttribute('data-dirty', {})"


@pytest.fixture
def versions(live: Live, clock: StoppedClock) -> "Versions":
    return Versions(live, clock)


class Versions:
    """New versions: each has one more area to choose from on every form."""

    def __init__(self, live: Live, clock: StoppedClock) -> None:
        self._live, self._clock, self._made = live, clock, 0

    def publish(self) -> str:
        self._made += 1
        name = f"Nya byn {self._made}"
        area = Area(municipality="2380", slug=f"new-{self._made}", name=name, lat=63.2, lon=14.6, col=1, row=1)
        house_of(self._live.app).database.write(lambda session: session.add(area))
        self._clock.move(minutes=2)
        return name


def offer(page: Page) -> Locator:
    return page.get_by_text("Ny version finns")


def navigations(page: Page) -> list[str]:
    """Every address that the page comes to from now on."""
    found: list[str] = []

    def keep(frame: Frame) -> None:
        found.append(frame.url)

    page.on("framenavigated", keep)
    return found


def caches(page: Page) -> set[str]:
    return {name for name, *_ in cached(page)}


def come(page: Page) -> None:
    """Let the browser find the new version and fetch all of it."""
    page.evaluate(LOOK)
    assert page.evaluate(WAITS)


def test_a_first_installation_says_nothing_and_loads_nothing_anew(page: Page, live: Live) -> None:
    loads = navigations(page)
    visit(page, live)
    expect(offer(page)).to_be_hidden()
    assert len(loads) == 1


def test_a_new_version_is_offered_taken_and_replaces_the_old_one(page: Page, live: Live, versions: Versions) -> None:
    visit(page, live)
    before = caches(page)
    name = versions.publish()
    come(page)
    expect(offer(page)).to_be_visible()
    assert len(caches(page)) == 2
    loads = navigations(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Uppdatera").click()
    expect(offer(page)).to_be_hidden()
    assert len(loads) == 1
    assert len(caches(page)) == 1
    assert caches(page) != before
    page.context.set_offline(True)
    page.goto("/log/patrol")
    expect(page.get_by_label("Kommundel")).to_contain_text(name)


def test_nothing_is_offered_while_something_holds_what_is_kept_nowhere_else(
    page: Page, live: Live, versions: Versions
) -> None:
    visit(page, live)
    page.evaluate(DIRTY.format("true"))
    versions.publish()
    come(page)
    expect(offer(page)).to_be_hidden()
    page.evaluate(DIRTY.format("false"))
    expect(offer(page)).to_be_visible()
    page.evaluate(DIRTY.format("true"))
    expect(offer(page)).to_be_hidden()
    page.goto("/log/patrol")
    page.evaluate(WAITS)
    expect(offer(page)).to_be_hidden()


def test_another_tab_that_holds_something_is_not_loaded_anew(page: Page, live: Live, versions: Versions) -> None:
    visit(page, live)
    other, idle = page.context.new_page(), page.context.new_page()
    other.goto("/log/patrol")
    idle.goto("/entries")
    other.evaluate(DIRTY.format("true"))
    other.evaluate("document.title = 'half filled in'")
    versions.publish()
    come(page)
    with page.expect_navigation(), idle.expect_navigation():
        page.get_by_role("button", name="Uppdatera").click()
    assert other.title() == "half filled in"


def test_it_is_taken_by_itself_when_the_app_is_started_anew(page: Page, live: Live, versions: Versions) -> None:
    visit(page, live)
    name = versions.publish()
    come(page)
    context = page.context
    page.close()
    again = context.new_page()
    again.goto("/log")
    again.evaluate("navigator.serviceWorker.ready")
    context.set_offline(True)
    again.goto("/log/patrol")
    expect(again.get_by_label("Kommundel")).to_contain_text(name)


def test_a_version_that_cannot_be_fetched_whole_changes_nothing(page: Page, live: Live, versions: Versions) -> None:
    visit(page, live)
    before = caches(page)
    versions.publish()

    def miss(route: Route) -> None:
        """The server, of yet another version by now, no longer has what the address names."""
        route.fulfill(status=404)

    page.context.route("**/shell/pledges*", miss)
    page.evaluate(LOOK)
    assert not page.evaluate(WAITS)
    assert caches(page) == before
    page.context.set_offline(True)
    page.goto("/log/patrol")
    expect(page.get_by_role("heading", name="Synlig patrull")).to_be_visible()
