"""The app's icons are the drawing in icons/app.svg, and a phone that cuts their edges cuts nothing of it."""

from base64 import b64decode

import pytest
from playwright.sync_api import Page

from fieldlog.phone.views import ICONS
from tests.fixtures.browser import Live

SIZE = 48
PIXELS = """async ([address, size]) => {
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, size, size);
  const { data } = context.getImageData(0, 0, size, size);
  return btoa(String.fromCharCode(...data));
}"""
SAFE = 0.4
"""How much of an icon's width, from its middle, every phone shows."""


def pixels(page: Page, file: str) -> bytes:
    found: str = page.evaluate(PIXELS, [f"/static/icons/{file}", SIZE])
    return b64decode(found)


@pytest.mark.parametrize("file", ICONS["any"].values())
def test_each_size_is_the_drawing(page: Page, live: Live, file: str) -> None:
    page.goto("/offline")
    pairs = list(zip(pixels(page, file), pixels(page, "app.svg"), strict=True))
    assert sum(abs(kept - drawn) for kept, drawn in pairs) / len(pairs) < 4, f"draw {file} anew from app.svg"


@pytest.mark.parametrize("file", ICONS["maskable"].values())
def test_what_may_be_cut_is_only_the_ground(page: Page, live: Live, file: str) -> None:
    page.goto("/offline")
    found, middle = pixels(page, file), (SIZE - 1) / 2
    ground = found[:4]
    assert ground[3] == 255, f"{file} is seen through at its corner"
    drawn = [place // 4 for place in range(0, len(found), 4) if found[place] - ground[0] > 60]
    assert drawn, f"{file} shows nothing"
    for place in drawn:
        assert abs(complex(place % SIZE - middle, place // SIZE - middle)) <= SAFE * SIZE
