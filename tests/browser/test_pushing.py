"""A phone is asked to be reminded, is told by a push message, and shows that something waits and nothing more."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from fieldlog.cli.reminders import remind
from fieldlog.config import Settings
from fieldlog.handovers.queries import codes_of
from fieldlog.push import make_key
from tests.browser.shell import visit
from tests.fixtures.browser import Live
from tests.fixtures.people import person
from tests.fixtures.post import SENDER
from tests.fixtures.push import Service, pushing
from tests.fixtures.site import house_of
from tests.fixtures.work import NOW, log
from tests.handovers.yeses import yes

SUBSCRIBE = """({ endpoint, p256dh, auth }) => {
  PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
    await new Promise(requestAnimationFrame);
    if (!userVisibleOnly || applicationServerKey.length !== 87) throw new Error("not as a browser wants it");
    return { endpoint, toJSON: () => ({ endpoint, keys: { p256dh, auth } }) };
  };
}"""
"""Answers later, as a browser does that asks its push service; this one, in private, has none."""
SHOWN = """async () => {
  const { ready } = navigator.serviceWorker;
  for (;;) {
    const shown = await (await ready).getNotifications();
    if (shown.length) return shown.map(({ title, body, tag, data }) => ({ title, body, tag, data }));
    await new Promise(requestAnimationFrame);
  }
}"""
REFUSE = """() => {
  PushManager.prototype.subscribe = () => Promise.reject(new DOMException("not here", "NotAllowedError"));
}"""
REMIND_ME = "Påminn mig i den här telefonen"


@pytest.fixture
def service() -> Iterator[Service]:
    running = Service()
    with pushing(running):
        yield running


@pytest.fixture
def settings(settings: Settings, service: Service) -> Settings:
    make_key(settings.push_key_file)
    return settings.model_copy(update={"mail_from": SENDER, "push_hosts": service.host})


def deliver(page: Page, live: Live, text: str) -> None:
    """Hand the worker a message, as the browser does when its push service brings one."""
    devtools, found = page.context.new_cdp_session(page), list[dict[str, Any]]()
    devtools.on("ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(told["registrations"]))
    devtools.send("ServiceWorker.enable")
    while not found:
        page.evaluate("() => new Promise(requestAnimationFrame)")
    message = {"origin": live.url, "registrationId": found[0]["registrationId"], "data": text}
    devtools.send("ServiceWorker.deliverPushMessage", message)


def test_a_phone_that_may_not_says_so_and_one_that_may_shows_what_it_is_told(
    page: Page, live: Live, settings: Settings, service: Service
) -> None:
    page.context.grant_permissions(["notifications"], origin=live.url)
    visit(page, live, name="outreach")
    page.goto("/handovers")
    page.evaluate(REFUSE)
    page.get_by_role("button", name=REMIND_ME).click()
    expect(page.get_by_text("Telefonen tillåter inga påminnelser.")).to_be_visible()
    page.evaluate(SUBSCRIBE, vars(service.browser()))
    page.get_by_role("button", name=REMIND_ME).click()
    expect(page.get_by_role("button", name="Sluta påminna i 1 telefon")).to_be_visible()
    offer, database = yes(), house_of(live.app).database
    officer = person(database, "officer")
    database.write(lambda session: log(session, officer, offer))
    assert remind(database, settings, NOW) == {"sent": 1}
    ((_, _, body),) = service.taken
    deliver(page, live, service.opened(body))
    (shown,) = page.evaluate(SHOWN)
    assert shown == {"title": settings.name, "body": "En överlämning väntar", "tag": "/handovers", "data": None}
    with database.read() as session:
        (code,) = codes_of(session, [offer.id]).values()
    assert code not in str(shown)
