"""Whatever is sent becomes a plain picture that tells nothing else, or is refused in plain words."""

import tracemalloc
from io import BytesIO

import pytest
from PIL import Image

from fieldlog.labels import Label
from fieldlog.pictures import DAMAGED, LONGEST_SIDE, MOST_BYTES, MOVING, TOO_LARGE, UNKNOWN, PictureError, plain_jpeg
from tests.fixtures.pictures import GPS, HTML, SVG, broken_exif, moving, picture, png, with_exif


def drawn(content: bytes) -> Image.Image:
    opened = Image.open(BytesIO(plain_jpeg(content)))
    assert (opened.format, opened.mode) == ("JPEG", "RGB")
    return opened


def bright(shown: Image.Image) -> list[bool]:
    """Which corner is bright, from the upper left around."""
    right, low = shown.width - 3, shown.height - 3
    return [shown.convert("L").getpixel(corner) > 128 for corner in ((2, 2), (right, 2), (right, low), (2, low))]  # type: ignore[operator]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (bytes(MOST_BYTES + 1), TOO_LARGE),
        (png(30_000, 30_000), TOO_LARGE),
        (png(8_000, 6_000), TOO_LARGE),
        (b"", UNKNOWN),
        (HTML, UNKNOWN),
        (b"\x89PNG\r\n\x1a\n" + HTML, UNKNOWN),
        (SVG, UNKNOWN),
        (picture(format="GIF"), UNKNOWN),
        (picture(format="TIFF"), UNKNOWN),
        (moving("PNG"), MOVING),
        (moving("WEBP"), MOVING),
        (picture()[:1500], DAMAGED),
        (png(300, 300), DAMAGED),
    ],
    ids=[
        "bytes",
        "30000",
        "pixels",
        "empty",
        "html",
        "html-as-png",
        "svg",
        "gif",
        "tiff",
        "apng",
        "webp",
        "cut",
        "png",
    ],
)
def test_what_is_no_picture_of_ours_is_refused_in_plain_words(content: bytes, reason: Label) -> None:
    tracemalloc.start()
    with pytest.raises(PictureError) as refused:
        plain_jpeg(content)
    assert refused.value.reason == reason
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("mode", "format"),
    [("CMYK", "JPEG"), ("L", "JPEG"), ("P", "PNG"), ("LA", "PNG"), ("RGBA", "WEBP"), ("RGB", "MPO")],
)
def test_every_way_to_write_colours_is_read(mode: str, format: str) -> None:
    assert bright(drawn(picture(mode=mode, format=format))) == [True, False, False, False]


def test_sixteen_bits_become_eight_and_what_can_be_seen_through_is_white() -> None:
    deep, clear = BytesIO(), BytesIO()
    Image.new("I;16", (40, 30), 32_768).save(deep, "PNG")
    Image.new("RGBA", (40, 30), (255, 0, 0, 0)).quantize().save(clear, "PNG")
    assert drawn(deep.getvalue()).getpixel((9, 9)) == (128, 128, 128)
    assert drawn(clear.getvalue()).getpixel((9, 9)) == (255, 255, 255)


def test_nothing_that_the_camera_wrote_is_left() -> None:
    sent = with_exif()
    before = Image.open(BytesIO(sent))
    assert before.getexif().get_ifd(GPS)
    assert before.info["comment"]
    made = plain_jpeg(sent)
    after = Image.open(BytesIO(made))
    assert not after.getexif()
    assert set(after.info) == {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert not any(word in made for word in ("Kameramärke".encode(), b"Modell", b"Kalles", b"Exif"))


@pytest.mark.parametrize(("orientation", "corner"), [(1, 0), (2, 1), (3, 2), (4, 3), (5, 0), (6, 1), (7, 2), (8, 3)])
def test_it_stands_as_it_was_taken(orientation: int, corner: int) -> None:
    shown = drawn(with_exif(orientation))
    assert shown.size == ((300, 400) if orientation > 4 else (400, 300))
    assert bright(shown).index(True) == corner


def test_broken_exif_goes_away_with_the_rest() -> None:
    assert drawn(broken_exif()).size == (400, 300)


def test_what_is_hidden_in_a_picture_is_gone() -> None:
    polyglot = picture(comment=HTML) + HTML + b"PK\x03\x04"
    made = plain_jpeg(polyglot)
    assert b"script" not in made
    assert b"PK\x03\x04" not in made


def test_a_large_picture_becomes_small_and_one_that_went_through_here_stays_as_large() -> None:
    made = plain_jpeg(picture((4000, 3000)))
    assert Image.open(BytesIO(made)).size == (LONGEST_SIDE, 1200)
    assert drawn(made).size == (LONGEST_SIDE, 1200)
    assert drawn(picture((60_000, 2), format="PNG")).size == (LONGEST_SIDE, 1)
