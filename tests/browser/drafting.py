"""Forms that are half filled in."""

from playwright.sync_api import Page, expect

from tests.browser.saving import fill, unfold
from tests.browser.shell import in_outbox

DRAFTS = """async () => {
  const { outbox, account } = need("here");
  return (await (await outbox).drafts(await account())).map(({ key }) => key);
}"""
HELD = """async ([name, value]) => {
  const { outbox, account } = need("here");
  const [box, who] = [await outbox, await account()];
  for (let frame = 0; frame < 900; frame += 1) {
    if ((await box.drafts(who)).some((draft) => draft.value.held[name]?.includes(value))) return;
    await new Promise(requestAnimationFrame);
  }
  throw new Error("no such draft");
}"""
DIRTY = "html[data-dirty]"


def drafts(page: Page) -> list[str]:
    """What each of the person's drafts is a draft of."""
    found: list[str] = in_outbox(page, DRAFTS)
    return found


def await_draft(page: Page, name: str, value: str) -> None:
    """Wait until the phone has this of a draft."""
    in_outbox(page, HELD, name, value)


def type_something(page: Page) -> None:
    unfold(page)
    fill(page, place="E14 Svedje", vehicles=14, note="Halt\nväglag")
    page.get_by_label("Hastighet").check()
    page.locator("[name=area]").select_option("nas")
    await_draft(page, "area", "nas")


def expect_it_back(page: Page) -> None:
    expect(page.get_by_text("Utkast från")).to_be_visible()
    expect(page.locator("[name=place]")).to_have_value("E14 Svedje")
    expect(page.locator("[name=vehicles]")).to_have_value("14")
    expect(page.locator("[name=note]")).to_have_value("Halt\nväglag")
    expect(page.locator("[name=area]")).to_have_value("nas")
    expect(page.get_by_label("Hastighet")).to_be_checked()
