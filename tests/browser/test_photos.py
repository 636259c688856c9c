"""A photo of what was found: made small on the phone, kept with its entry, sent after it, and once."""

import re
from io import BytesIO
from typing import Any

from PIL import Image
from playwright.sync_api import Page, Request, Route, expect
from sqlalchemy import select

from fieldlog.photos.models import FOLDER, Photo
from fieldlog.pictures import UNKNOWN
from tests.browser.saving import await_sent, begin, choose, fill_up, rows, save, stored, unfold
from tests.browser.saving import kept as kept_here
from tests.browser.shell import in_outbox
from tests.fixtures.browser import Live
from tests.fixtures.pictures import picture, with_exif
from tests.fixtures.site import house_of

OWN = "/log/safety-walk"
PHOTOS = """async () => {
  const { outbox, account } = need("here");
  const kept = await (await outbox).photos(await account());
  const read = async ({ id, picture }) => ({ id, bytes: [...new Uint8Array(await picture.arrayBuffer())] });
  return Promise.all(kept.map(read));
}"""
FILE = """async () => {
  const { outbox, account } = need("here");
  return (await outbox).file(await account());
}"""
ALL_SENT = """async () => {
  const { outbox, account } = need("here");
  for (let frame = 0; frame < 900; frame += 1) {
    if ((await (await outbox).photos(await account())).every(({ epoch }) => epoch)) return;
    await new Promise(requestAnimationFrame);
  }
  throw new Error("a photo waits");
}"""

REFUSED = """async () => {
  const { outbox, account } = need("here");
  const box = await outbox;
  while (!(await box.photos(await account())).some(({ reasons }) => reasons)) await new Promise(requestAnimationFrame);
}"""


def on_phone(page: Page) -> list[Any]:
    found: list[Any] = in_outbox(page, PHOTOS)
    return found


def on_server(live: Live) -> dict[str, Photo]:
    with house_of(live.app).database.read() as reading:
        return {str(photo.id): photo for photo in reading.scalars(select(Photo))}


def find(page: Page, live: Live) -> None:
    """Open the form of a walk and fill in one finding."""
    begin(page, live, OWN, name="inspector")
    unfold(page)
    choose(page, "Vad", "Belysning")
    page.locator("[name=findings-0-where]").fill("Vid busskuren")


def take(page: Page, content: bytes, name: str = "IMG.jpg") -> None:
    sent = {"name": name, "mimeType": "image/jpeg", "buffer": content}
    page.locator(".row-group [data-photo]").first.set_input_files(sent)  # type: ignore[arg-type]


def test_a_photo_taken_without_coverage_arrives_after_its_entry_and_once(page: Page, live: Live) -> None:
    order: list[str] = []

    def listen(request: Request) -> None:
        if request.method == "POST":
            order.append(request.url.rpartition("/")[2].partition("?")[0])

    page.on("request", listen)
    find(page, live)
    expect(page.get_by_text("Ingen människa får gå att känna igen.")).to_be_visible()
    take(page, with_exif(6))
    take(page, picture((3000, 2000)))
    shown = page.locator(".row-group .photos li")
    expect(shown).to_have_count(2)
    page.context.set_offline(True)
    save(page)
    kept_here(page)
    kept = on_phone(page)
    sizes = [Image.open(BytesIO(bytes(one["bytes"]))).size for one in kept]
    assert sorted(sizes) == [(300, 400), (1600, 1067)]
    assert not any(b"Exif" in bytes(one["bytes"]) for one in kept)
    expect(page.locator("[data-banner]")).to_contain_text("3 väntar")
    lost: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        if not lost:
            route.fetch()
            lost.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    page.route("**/photos?*", lose_the_first_answer)
    page.context.set_offline(False)
    await_sent(page)
    in_outbox(page, "async () => { await need('outbox-page').sendNow(); }")
    in_outbox(page, ALL_SENT)
    there = on_server(live)
    assert set(there) == {one["id"] for one in kept}
    assert order[0] == "sync"
    assert len([one for one in order if one == "photos"]) == 3
    (entry,) = stored(live)
    assert {str(photo.finding) for photo in there.values()} == {entry.answers["findings"][0]["key"]}
    folder = house_of(live.app).settings.instance / FOLDER
    assert {file.name for file in folder.iterdir()} == set(there)


def test_a_photo_can_be_taken_back_and_there_are_three_at_most(page: Page, live: Live) -> None:
    find(page, live)
    take(page, b"<svg onload=alert(1)>", "hus.svg")
    unkept = page.get_by_text("Bilden gick inte att lägga till")
    expect(unkept).to_be_visible()
    shown = page.locator(".row-group .photos li")
    for number in range(1, 4):
        take(page, picture())
        expect(shown).to_have_count(number)
    take(page, picture())
    expect(unkept).to_be_visible()
    expect(shown).to_have_count(3)
    page.get_by_role("button", name="Ta bort bilden").first.click()
    expect(shown).to_have_count(2)
    page.context.set_offline(True)
    save(page)
    expect(page.locator("[data-banner]")).to_contain_text("3 väntar")
    assert len(on_phone(page)) == 2
    assert len(in_outbox(page, FILE)["photos"]) == 2
    page.context.set_offline(False)


def test_a_full_phone_says_so_and_keeps_the_form(page: Page, live: Live) -> None:
    find(page, live)
    take(page, picture())
    expect(page.locator(".row-group .photos li")).to_have_count(1)
    fill_up(page)
    save(page)
    expect(page.locator("[data-notice=failed]")).to_be_visible()
    expect(page.locator(".row-group .photos li")).to_have_count(1)


def test_an_entry_that_is_opened_again_shows_the_photo_that_waits_with_it(page: Page, live: Live) -> None:
    find(page, live)
    take(page, picture())
    shown = page.locator(".row-group .photos li")
    expect(shown).to_have_count(1)
    page.context.set_offline(True)
    save(page)
    kept_here(page)
    (row,), (photo,) = rows(page), on_phone(page)
    page.goto(f"{OWN}?edit={row['id']}")
    expect(shown).to_have_count(1)
    unfold(page)
    expect(shown.locator("canvas")).to_be_visible()
    expect(shown.get_by_role("button")).to_have_count(0)
    page.locator("[name=findings-0-where]").fill("Vid bänken")
    save(page)
    expect(page).to_have_url(re.compile("/entries$"))
    assert [one["id"] for one in on_phone(page)] == [photo["id"]], "it is one photo still"
    page.context.set_offline(False)
    await_sent(page)
    in_outbox(page, ALL_SENT)
    (entry,) = stored(live)
    assert entry.answers["findings"][0]["where"] == "Vid bänken"
    assert {id: str(one.finding) for id, one in on_server(live).items()} == {
        photo["id"]: entry.answers["findings"][0]["key"]
    }


def test_a_photo_that_the_server_refuses_shows_its_reason_at_its_entry_and_is_not_sent_again(
    page: Page, live: Live
) -> None:
    sent: list[str] = []

    def spoil(route: Route) -> None:
        sent.append(route.request.url)
        route.continue_(post_data=b"no picture")

    page.route("**/photos?*", spoil)
    find(page, live)
    take(page, picture())
    shown = page.locator(".row-group .photos li")
    expect(shown).to_have_count(1)
    save(page)
    await_sent(page)
    in_outbox(page, REFUSED)
    tried = len(sent)
    (row,) = rows(page)
    assert row["state"] == "sent"
    page.goto(f"{OWN}?edit={row['id']}")
    expect(shown).to_have_text(UNKNOWN.sv)
    expect(shown.locator("canvas")).to_be_attached()
    in_outbox(page, "async () => { await need('outbox-page').sendNow(); }")
    assert len(sent) == tried
    assert on_server(live) == {}
