"""A page with nothing on it but the outbox."""

from playwright.sync_api import Page

OPEN = """async () => {
  const { openStore } = await import("/static/js/outbox/db.js");
  const { Outbox } = await import("/static/js/outbox/queue.js");
  const { flush } = await import("/static/js/outbox/send.js");
  window.store = await openStore();
  window.outbox = new Outbox(store);
  window.flush = flush;
  window.item = (vehicles, note) => (
    {kind: "traffic-control", happened_at: "2026-11-21T20:40:00Z", area: "brunflo", answers: {vehicles, note}});
  window.numbers = async () => (await outbox.list(7)).map((row) => row.item.answers.vehicles);
  window.reason = (work) => work.then((done) => done, (error) => error.reason ?? String(error));
}"""


def opened(page: Page) -> Page:
    """The page in a new life: ``outbox``, ``flush``, and what else the scripts of the tests use."""
    page.goto("/healthz")
    page.evaluate(OPEN)
    return page
