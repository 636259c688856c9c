"""Who is signed in, and whether the server was restored: what a page learns of the server for the outbox."""

import threading
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from playwright.sync_api import Page, expect
from sqlalchemy import delete, func, select

from fieldlog.entries.models import Entry, EntryAmount
from fieldlog.epochs.actions import begin_epoch
from tests.browser.shell import in_outbox, visit
from tests.browser.waiting import send, visit_at_work, work
from tests.fixtures.browser import Live
from tests.fixtures.people import person
from tests.fixtures.site import house_of
from tests.fixtures.work import NOW

WHO = """async () => {
  return (await need("here").outbox).state("who");
}"""
KNOWN = """async ([account]) => {
  const box = await need("here").outbox;
  await new Promise((resolve) => {
    const look = async () => (await box.state("who"))?.account === account && resolve();
    box.watch(look);
    look();
  });
}"""


def known(page: Page) -> Any:
    """The person whom the phone takes itself to be in the hands of."""
    return in_outbox(page, WHO)


def test_the_phone_learns_who_signed_in_and_what_they_log(page: Page, live: Live) -> None:
    for name in ("officer", "inspector"):
        live.sign_in(page, name)
        with page.expect_response("**/whoami"):
            page.goto("/log")
        in_outbox(page, KNOWN, int(page.locator("html").get_attribute("data-account") or 0))
    assert known(page)["account"] == int(page.locator("html").get_attribute("data-account") or 0)


def test_one_whom_the_phone_knows_by_the_page_alone_can_log_without_coverage(page: Page, live: Live) -> None:
    """Coverage was lost before the server could tell what this person logs."""
    page.route("**/whoami", lambda route: route.abort())
    visit(page, live)
    page.context.set_offline(True)
    page.goto("/log")
    expect(page.get_by_role("link", name="Trafikkontroll")).to_be_visible()


def test_it_asks_again_only_after_a_while(page: Page, live: Live) -> None:
    visit_at_work(page, live)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/log", wait_until="networkidle")
    assert not [url for url in asked if url.endswith("/whoami")]
    page.clock.set_system_time(NOW + timedelta(hours=1))
    with page.expect_response("**/whoami"):
        page.goto("/log")


def test_a_server_that_was_restored_gets_back_what_it_lost(page: Page, live: Live) -> None:
    visit_at_work(page, live)
    send(page, work(place="E45 Lit"), work(place="E14 Svedje"))

    def lose(session: Any) -> None:
        session.execute(delete(EntryAmount))
        session.execute(delete(Entry))
        begin_epoch(session, person(live.database, "administrator"), NOW)

    live.database.write(lose)
    page.context.set_offline(True)
    with page.expect_response("**/sync"):
        page.context.set_offline(False)
    with house_of(live.app).database.read() as reading:
        assert reading.scalar(select(func.count(Entry.id))) == 2


def test_signing_out_forgets_who_it_was(page: Page, live: Live) -> None:
    visit_at_work(page, live)
    page.goto("/settings")
    page.get_by_role("button", name="Logga ut", exact=True).click()
    expect(page.locator("h1")).to_have_text("Logga in")
    assert known(page) is None


def test_an_answer_that_comes_while_somebody_signs_out_brings_nobody_back(page: Page, live: Live) -> None:
    visit_at_work(page, live)
    page.clock.set_system_time(NOW + timedelta(hours=1))
    gates = {"/whoami": threading.Event(), "/sign-out": threading.Event()}
    inside = live.app.wsgi_app

    def held(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        # Signing out asks whether the server is there, which is answered at once.
        if gate := waiting.pop(environ["PATH_INFO"], None):
            gate.wait(10)
        return inside(environ, start)

    waiting = dict(gates)
    live.app.wsgi_app = held  # type: ignore[method-assign, assignment]
    with page.expect_request("**/whoami"):
        page.goto("/settings")
    with page.expect_request("**/sign-out"):
        page.get_by_role("button", name="Logga ut", exact=True).click(no_wait_after=True)
    with page.expect_response("**/whoami"):
        gates["/whoami"].set()
    gates["/sign-out"].set()
    expect(page.locator("h1")).to_have_text("Logga in")
    assert known(page) is None
