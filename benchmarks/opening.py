"""How soon a page is there without coverage, on a phone slowed four times: `python -m benchmarks.opening`."""

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import BrowserContext, Page, ViewportSize, sync_playwright

from benchmarks.house import PASSWORD, PEOPLE, House

CHROMIUM = "/usr/bin/chromium"
SCREEN = ViewportSize(width=360, height=740)
SLOWED = 4
ROUNDS = 11
WAITING = (0, 150)
PATHS = ("/log", "/log/traffic-control", "/entries", "/pledges")
KNOWN = """async () => {
  const { active } = await navigator.serviceWorker.ready;
  while (active.state !== "activated") await new Promise(requestAnimationFrame);
  const { need } = await import(document.querySelector("script[type=module]").src);
  const { outbox, account } = need("here");
  const box = await outbox;
  while ((await box.state("who"))?.account !== (await account())) await new Promise(requestAnimationFrame);
}"""
SAVE = """async (number) => {
  const { need } = await import(document.querySelector("script[type=module]").src);
  const { outbox, account } = need("here");
  const saved = (minute) => new Date(Date.now() - minute * 60_000).toISOString();
  const work = { kind: "traffic-control", area: "brunflo", answers: { vehicles: 14 } };
  const item = (_, place) => ({ ...work, happened_at: saved(place) });
  await (await outbox).saveAll(await account(), Array.from({ length: number }, item));
}"""
PAINTED = """async () => {
  for (;;) {
    const [painted] = performance.getEntriesByName("first-contentful-paint");
    if (painted) return painted.startTime;
    await new Promise(requestAnimationFrame);
  }
}"""


def main() -> None:
    with TemporaryDirectory(prefix="fieldlog-bench-") as name, sync_playwright() as playwright:
        house = House(Path(name) / "house")
        house.set_up()
        phone = playwright.chromium.launch_persistent_context(
            Path(name) / "phone", executable_path=CHROMIUM, args=["--no-sandbox"], viewport=SCREEN
        )
        page = phone.pages[0]
        with house.serving() as server:
            home = f"http://127.0.0.1:{server.port}"
            _sign_in(page, home)
        print(f"first paint without a server, processor slowed {SLOWED} times; median and slowest of {ROUNDS}, in ms")
        for number in WAITING:
            page.goto(f"{home}/log")
            page.evaluate(SAVE, number)
            for path in PATHS:
                took = [_opened(phone, page, home + path) for _ in range(ROUNDS)]
                print(f"{path:24} {number:4} waiting {median(took):6.0f} {max(took):6.0f}")
        phone.close()


def _sign_in(page: Page, home: str) -> None:
    page.goto(f"{home}/sign-in")
    page.fill("[name=name]", PEOPLE[0])
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/log")
    page.evaluate(KNOWN)


def _opened(phone: BrowserContext, page: Page, address: str) -> float:
    """Milliseconds from the navigation's beginning to the first paint of what the page says."""
    page.goto("about:blank")
    session = phone.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    page.goto(address)
    took: float = page.evaluate(PAINTED)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    session.detach()
    return took


if __name__ == "__main__":
    main()
