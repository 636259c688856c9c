"""A picture of 1200 × 630 that tells how far something is kept, as social media show it beside a link.

The letters are the ones that Pillow brings, so that the server needs no font and all servers draw the same. They have
none with a mark above it: the mark is drawn.
"""

import unicodedata
from collections.abc import Sequence
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

SIZE = WIDTH, HEIGHT = 1200, 630
MARGIN, STATE, MOST_ROWS = 64, 240, 4
PAPER, TEXT, SOFT, TRACK, DONE, GOOD = "#f3f5f8", "#0f1a2e", "#55617a", "#e3e8f1", "#1f5fd0", "#0b6b45"
DOTS, RING, ACUTE, GRAVE = "\u0308", "\u030a", "\u0301", "\u0300"
MARKS = {DOTS, RING, ACUTE, GRAVE}
INSTEAD = str.maketrans({"\u202f": " ", "\xa0": " ", "–": "-", "—": "-", "−": "-", "×": "x", "•": "·", "đ": "d"})


class Row(NamedTuple):
    """A number: what of, how far, its state, and the share (0–1) that is done; None where nothing was promised."""

    title: str
    words: str
    state: str
    share: float | None = None


def poster(heading: str, rows: Sequence[Row], foot: str, accent: str) -> bytes:
    """The picture as PNG: at most four rows. The same words make the same bytes."""
    # Twice as large and then made smaller, so that what is not a letter gets smooth edges too.
    picture = Image.new("RGB", (2 * WIDTH, 2 * HEIGHT), PAPER)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 2 * WIDTH, 28), accent)
    _write(draw, (MARGIN, 44), heading, size=52, colour=TEXT)
    shown = rows[:MOST_ROWS]
    step = (HEIGHT - 230) // max(2, len(shown))
    for number, row in enumerate(shown):
        _row(draw, 134 + number * step, row, large=len(shown) <= 2)
    _write(draw, (MARGIN, HEIGHT - 66), foot, size=26, colour=SOFT)
    file = BytesIO()
    picture.resize(SIZE, Image.Resampling.LANCZOS).quantize(64).save(file, "PNG", optimize=True)
    return file.getvalue()


def _row(draw: ImageDraw.ImageDraw, top: int, row: Row, *, large: bool) -> None:
    """What of and how it goes on one line, the number on the next, and the bar below."""
    small, number, below, bar = (32, 72, 142, 24) if large else (24, 36, 78, 12)
    right = _write(draw, (MARGIN, top), row.title, size=small, colour=SOFT, width=WIDTH - 2 * MARGIN - STATE)
    _write(draw, (round(right) + 20, top), row.state, size=small, colour=TEXT, width=STATE)
    _write(draw, (MARGIN, top + small + 6), row.words, size=number, colour=TEXT)
    if row.share is None:
        return
    box = MARGIN, top + below, WIDTH - MARGIN, top + below + bar
    draw.rounded_rectangle([2 * side for side in box], bar, TRACK)
    if row.share > 0:
        end = MARGIN + max(bar, round((WIDTH - 2 * MARGIN) * min(1.0, row.share)))
        done = GOOD if row.share >= 1 else DONE
        draw.rounded_rectangle((2 * MARGIN, 2 * box[1], 2 * end, 2 * box[3]), bar, done)


def _write(
    draw: ImageDraw.ImageDraw,
    at: tuple[int, int],
    words: str,
    *,
    size: int,
    colour: str,
    width: int = WIDTH - 2 * MARGIN,
) -> float:
    """One line, in smaller letters where it is too long, and cut where that is not enough; tells where it ends."""
    letters = unicodedata.normalize("NFD", words.translate(INSTEAD))
    font = _font(2 * size)
    while size > 22 and _length(font, letters) > 2 * width:
        size -= 2
        font = _font(2 * size)
    while _length(font, letters) > 2 * width:
        letters = letters.removesuffix("…")[:-1].rstrip() + "…"
    left, top = 2.0 * at[0], 2 * at[1]
    for place, letter in enumerate(letters):
        if letter in MARKS and place:
            before = letters[place - 1]
            _mark(
                draw,
                font,
                sides=(left - font.getlength(before), left),
                top=top,
                letter=before,
                mark=letter,
                colour=colour,
            )
        elif not unicodedata.combining(letter):
            draw.text((left, top), letter, colour, font)
            left += font.getlength(letter)
    return left / 2


def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont), "Pillow's wheels bring FreeType"
    return font


def _length(font: ImageFont.FreeTypeFont, letters: str) -> float:
    return sum(font.getlength(letter) for letter in letters if not unicodedata.combining(letter))


def _mark(
    draw: ImageDraw.ImageDraw,
    font: ImageFont.FreeTypeFont,
    *,
    sides: tuple[float, float],
    top: int,
    letter: str,
    mark: str,
    colour: str,
) -> None:
    """The mark above the letter that stands between the sides."""
    size = font.size
    middle, thick = sum(sides) / 2, max(2.0, size * 0.05)
    height = top + font.getbbox(letter)[1] - size * (0.13 if mark == RING else 0.11)
    if mark == DOTS:
        for off in (-0.13 * size, 0.13 * size):
            draw.ellipse(_around(middle + off, height, thick * 1.15), colour)
    elif mark == RING:
        draw.ellipse(_around(middle, height, size * 0.11), outline=colour, width=round(thick))
    else:
        lean = (1 if mark == ACUTE else -1) * 0.09 * size
        draw.line(
            (middle - lean, height + 0.06 * size, middle + lean, height - 0.06 * size), colour, round(thick * 1.4)
        )


def _around(x: float, y: float, radius: float) -> tuple[float, float, float, float]:
    return x - radius, y - radius, x + radius, y + radius
