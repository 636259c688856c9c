"""Getting the app on a phone: found from the door and from the settings, by a button where the browser takes one."""

from playwright.sync_api import Page, expect

from tests.fixtures.browser import Live

OFFER = """() => {
  const offer = new Event("beforeinstallprompt", { cancelable: true });
  offer.prompt = async () => { document.documentElement.dataset.asked = ""; };
  return dispatchEvent(offer);
}"""


def test_it_is_found_from_the_door(page: Page, live: Live) -> None:
    page.goto("/sign-in")
    page.get_by_role("link", name="Installera appen").click()
    expect(page.get_by_role("heading", name="Installera först, logga in sedan")).to_be_visible()
    page.get_by_role("link", name="Tillbaka").click()
    expect(page.get_by_role("heading", name="Logga in")).to_be_visible()


def test_it_is_found_from_the_settings(page: Page, live: Live) -> None:
    live.sign_in(page, "officer")
    page.goto("/settings")
    page.get_by_role("link", name="Installera appen").click()
    expect(page.get_by_role("heading", name="iPhone")).to_be_visible()


def test_a_button_installs_where_the_browser_offers_it(page: Page, live: Live) -> None:
    page.goto("/install")
    button = page.get_by_role("button", name="Installera nu")
    expect(button).to_be_hidden()
    assert not page.evaluate(OFFER), "the browser would show an offer of its own as well"
    button.click()
    expect(page.locator("html[data-asked]")).to_be_attached()
    expect(button).to_be_hidden()


def test_the_browser_finds_an_app_that_it_can_install(page: Page, live: Live) -> None:
    page.goto("/install")
    session = page.context.new_cdp_session(page)
    told = session.send("Page.getAppManifest")
    assert told["errors"] == []
    assert told["url"].endswith("/manifest.webmanifest?language=sv")
    missing = [error["errorId"] for error in session.send("Page.getInstallabilityErrors")["installabilityErrors"]]
    # The tests' browser shows windows to nobody, in which it installs nothing.
    assert set(missing) <= {"in-incognito"}
