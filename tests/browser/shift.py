"""A random shift of people with one phone, on a way to the server that fails as ways do."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from playwright.sync_api import Page, Route
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from tests.browser.outbox import opened
from tests.outbox.hall import Hall

STEPS = {"save": 6, "change": 4, "void": 2, "send": 6, "send_twice": 2, "die": 3, "close": 1, "arrive": 2, "restore": 2}
FAULTS = ["none", "none", "none", "lost", "unheard", "unheard", "bad gateway", "portal", "half", "twice"]
HTML = "<h1>Logga in</h1>"


@dataclass
class Said:
    account: int
    numbers: list[int]
    is_void: bool = False


@dataclass
class Shift:
    """What a person says and what goes wrong, step by step; ``said`` is what should count in the end."""

    page: Page
    hall: Hall
    people: dict[int, str]
    chance: Random
    said: dict[str, Said] = field(default_factory=dict)
    number: int = 0
    fault: str = "none"
    who: int = 0

    def work(self, steps: int) -> None:
        self.page.context.route("**/sync", self._carry)
        self.hall.snapshot()
        self.arrive()
        for name in self.chance.choices(list(STEPS), list(STEPS.values()), k=steps):
            self.fault = self.chance.choice(FAULTS)
            getattr(self, name)()
        self.fault = "none"
        for account in self.people:
            self.arrive(account)
            self.page.evaluate("send()")

    def arrive(self, account: int | None = None) -> None:
        """Somebody opens the app, signed in."""
        self.who = account or self.chance.choice(list(self.people))
        self.page.context.add_cookies([{"name": "fieldlog", "value": self.people[self.who], "url": self.hall.live.url}])
        self.open()
        self.page.evaluate(
            """async (account) => {
              await outbox.setState("who", { account });
              await outbox.setState("epoch", (await (await fetch("/whoami")).json()).epoch);
            }""",
            self.who,
        )

    def open(self) -> None:
        opened(self.page).evaluate("""() => {
          window.send = () => flush(outbox, { urgent: true, locks: undefined }).then(({ status }) => status);
        }""")

    def rows(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.page.evaluate(
            "async (people) => (await Promise.all(people.map((account) => outbox.list(account)))).flat()",
            list(self.people),
        )
        return found

    def _do(self, script: str, *given: Any) -> None:
        """Do it, or have the page die while it does."""
        dies = self.chance.random() < 0.25
        self.page.evaluate(f"async (given) => {{ {'' if dies else 'await'} ({script})(...given); }}", list(given))
        if dies:
            self.open()

    def save(self) -> None:
        self.number += 1
        entry = self.page.evaluate("outbox.newId()")
        self._do("(account, id, n) => outbox.save(account, {...item(n), id})", self.who, entry, self.number)
        if any(row["id"] == entry for row in self.rows()):
            self.said[entry] = Said(self.who, [self.number])

    def change(self) -> None:
        if entry := self._one():
            self.number += 1
            self._do("(id, n) => outbox.change(id, item(n), {reason: 'wrong-count'})", entry, self.number)
            if any(row["item"]["answers"].get("vehicles") == self.number for row in self.rows()):
                self.said[entry].numbers.append(self.number)

    def void(self) -> None:
        if entry := self._one():
            before = self.rows()
            self._do("(id) => outbox.void(id, {reason: 'duplicate'})", entry)
            self.said[entry].is_void = self.rows() != before

    def _one(self) -> str | None:
        own = [entry for entry, said in self.said.items() if said.account == self.who and not said.is_void]
        return self.chance.choice(own) if own else None

    def send(self) -> None:
        self.page.evaluate("send()")

    def send_twice(self) -> None:
        other = opened(self.page.context.new_page())
        other.evaluate("window.sent = flush(outbox, { urgent: true, locks: undefined })")
        self.page.evaluate("send()")
        other.evaluate("sent")
        other.close()

    def die(self) -> None:
        """The page is loaded anew while it sends."""
        self.page.evaluate("() => { send(); }")
        self.open()

    def close(self) -> None:
        self.page.evaluate("() => { send(); }")
        context = self.page.context
        self.page.close()
        self.page = context.new_page()
        self.open()

    def restore(self) -> None:
        self.hall.restore()

    def _carry(self, route: Route) -> None:
        """The way to the server."""
        fault = self.fault
        if fault == "lost":
            return route.abort()
        if fault in {"bad gateway", "portal"}:
            return route.fulfill(status=502 if fault == "bad gateway" else 200, content_type="text/html", body=HTML)
        try:
            answer = route.fetch()
            if fault == "twice":
                answer = route.fetch()
            if fault == "unheard":
                return route.abort()
            text = answer.text()
            body = text[: len(text) // 2] if fault == "half" else text
            return route.fulfill(status=answer.status, headers=answer.headers, body=body)
        except PlaywrightTimeoutError:
            return route.abort()
