"""A phone on which a form is filled in, with coverage or without."""

from typing import Any

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from fieldlog.entries.models import Entry
from tests.browser.shell import in_outbox, visit
from tests.fixtures.browser import Live
from tests.fixtures.site import house_of
from tests.fixtures.work import NOW

OWN = "/log/traffic-control"
ROWS = """async () => {
  const { outbox, account } = need("here");
  return (await outbox).list(await account());
}"""
SENT = """async () => {
  const { outbox, account } = need("here");
  const [box, who] = [await outbox, await account()];
  for (let frame = 0; frame < 900; frame += 1) {
    if ((await box.list(who)).every(({ state }) => state !== "waiting")) return;
    await new Promise(requestAnimationFrame);
  }
  throw new Error("something waits");
}"""
FULL = """() => {
  IDBObjectStore.prototype.put = () => { throw new DOMException("no room", "QuotaExceededError"); };
}"""


def begin(page: Page, live: Live, path: str = "/log/traffic-control", name: str = "officer") -> None:
    """Open a form at twenty to ten, on a phone that has kept everything."""
    page.clock.install(time=NOW)
    visit(page, live, "/log", name=name)
    page.goto(path)


def save(page: Page, button: str = "Spara") -> None:
    page.get_by_role("button", name=button, exact=True).locator("visible=true").click()


def fill(page: Page, **typed: object) -> None:
    for name, value in typed.items():
        page.locator(f"[name={name}]").fill(str(value))


def unfold(page: Page) -> None:
    """Open whatever is folded away."""
    page.evaluate("document.querySelectorAll('details.fold').forEach((fold) => { fold.open = true })")


def toast(page: Page) -> Locator:
    """What is said at the bottom."""
    return page.locator("[data-toast]")


def kept(page: Page) -> None:
    """Wait until the phone says that it has kept what was typed."""
    expect(toast(page)).to_contain_text("Sparat i telefonen")


def rows(page: Page) -> list[Any]:
    """The outbox of the page's person, in order."""
    found: list[Any] = in_outbox(page, ROWS)
    return found


def await_sent(page: Page) -> None:
    """Wait until nothing waits any more."""
    in_outbox(page, SENT)


def stored(live: Live) -> list[Entry]:
    """Everything that the server has, in the order in which it came."""
    with house_of(live.app).database.read() as reading:
        return list(reading.scalars(select(Entry).order_by(Entry.received_at, Entry.id)))


def fill_up(page: Page) -> None:
    """From now on the phone has no room left."""
    page.evaluate(FULL)


def choose(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question).get_by_label(answer).check()


def log_offline(page: Page, **typed: object) -> str:
    """Save without coverage, and have the id of what waits."""
    page.context.set_offline(True)
    page.goto(OWN)
    unfold(page)
    fill(page, **typed)
    save(page)
    kept(page)
    identity: str = rows(page)[-1]["id"]
    return identity


def open_again(page: Page, entry: str) -> None:
    page.goto(f"{OWN}?edit={entry}")
    expect(page.locator("h1")).to_have_text("Rätta: Trafikkontroll")
    unfold(page)
