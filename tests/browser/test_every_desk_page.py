"""What holds on every page of the desk, those that are added later too: accessible, and nothing is cut or too wide."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from fieldlog.publication.actions import publish
from tests.browser.pages import desk, fill_with_work
from tests.fixtures.browser import Live
from tests.fixtures.people import PLACE
from tests.fixtures.site import house_of

UNFOLD = "document.querySelectorAll('details:not(.menu)').forEach((fold) => { fold.open = true })"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SPILT = "[...document.querySelectorAll('.card')].some((card) => card.scrollWidth > card.clientWidth + 1)"


def test_every_page_of_the_desk_is_accessible_and_fits(page: Page, live: Live) -> None:
    """By day: the night's colours are tried on a few pages and, as tokens, against each other."""
    house = house_of(live.app)
    entry = fill_with_work(house)
    house.database.write(lambda session: publish(session, PLACE, house.clock(), 1))
    seen, wrong = set[str](), []
    # Who is responsible for findings is the municipality's alone.
    for name, beginning in (("supervisor", "/"), ("administrator", "/"), ("coordinator", "/manage/responsibles")):
        live.sign_in(page, name)
        for path in desk(live.app, entry, name):
            if path not in seen and path.startswith(beginning):
                seen.add(path)
                wrong += troubles(page, path)
    assert not wrong, "\n".join(wrong)


def troubles(page: Page, path: str) -> list[str]:
    """What axe finds on a desk's screen, and what is too wide there or on a phone."""
    page.set_viewport_size({"width": 1440, "height": 900})
    answer = page.goto(path)
    if answer and answer.status == 403:
        return []  # another organisation's
    if answer is None or not answer.ok:
        return [f"{path} is not there"]
    page.evaluate(UNFOLD)
    violations = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    wrong = [f"{path}: {violation['id']}: {violation['nodes'][0]['html'][:150]}" for violation in violations]
    for width in (320, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        wrong += [f"{path} is too wide at {width} px"] if page.evaluate(TOO_WIDE) > 0 else []
        wrong += [f"{path}: something sticks out of a card at {width} px"] if page.evaluate(SPILT) else []
    return wrong
