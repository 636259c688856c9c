"""Pictures: whatever somebody sends becomes a plain JPEG that shows the same and tells nothing else, or is refused."""

import warnings
from io import BytesIO
from threading import Lock

from PIL import Image, UnidentifiedImageError

from fieldlog.labels import Label

FORMATS = ("JPEG", "PNG", "WEBP")
"""What is read, known by its content."""

MOST_BYTES = 12_000_000
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 1600
QUALITY = 80

ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""By what EXIF says of the camera's position."""

# The library's own guard, for what is unpacked before a picture's size is asked for.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS

# A picture takes up to 250 MB while it is read: several at once would take the machine with them.
_reading = Lock()

UNKNOWN = Label(
    "Det är ingen bild i formatet JPEG, PNG eller WebP. Ta en ny bild eller välj en annan.",
    "That is no picture in the format JPEG, PNG or WebP. Take another one.",
)
TOO_LARGE = Label(
    "Bilden är för stor: högst 12 MB och 40 miljoner bildpunkter. Ta en mindre bild.",
    "The picture is too large: 12 MB and 40 million pixels at most. Take a smaller one.",
)
MOVING = Label("Bilden rör sig. Ta en vanlig bild.", "The picture moves. Take an ordinary one.")
DAMAGED = Label(
    "Bilden är skadad och går inte att läsa. Ta en ny bild.", "The picture is damaged and cannot be read. Take another."
)


class PictureError(Exception):
    """It is no picture that can be kept; ``reason`` says why in plain words."""

    def __init__(self, reason: Label) -> None:
        super().__init__(reason.en)
        self.reason = reason


def plain_jpeg(content: bytes) -> bytes:
    """The picture drawn anew: upright, ``LONGEST_SIDE`` pixels at most, without a byte of what came with it.

    Position, camera, comments, colour profiles, previews, and whatever else was hidden in the file are gone, since only
    the pixels are taken over. Raises PictureError.
    """
    if len(content) > MOST_BYTES:
        raise PictureError(TOO_LARGE)
    with _reading, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of EXIF that is broken, which goes away with the rest
        try:
            return _drawn_anew(content)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise PictureError(TOO_LARGE) from None
        except UnidentifiedImageError:
            raise PictureError(UNKNOWN) from None
        except PictureError:
            raise
        except Exception as error:  # a reader that stumbles over a hostile file raises whatever it stumbles over
            raise PictureError(DAMAGED) from error


def _drawn_anew(content: bytes) -> bytes:
    with Image.open(BytesIO(content), formats=FORMATS) as sent:
        if sent.width * sent.height > MOST_PIXELS:
            raise PictureError(TOO_LARGE)
        # Some phones put a preview behind a JPEG, which makes it one of several: the first is the picture.
        if sent.format != "MPO" and getattr(sent, "is_animated", False):
            raise PictureError(MOVING)
        turned = _orientation(sent)
        sent.draft("RGB", (LONGEST_SIDE * 2, LONGEST_SIDE * 2))
        pixels = _opaque(sent)
    pixels.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    if turned is not None:
        pixels = pixels.transpose(turned)
    plain = Image.new("RGB", pixels.size)
    plain.paste(pixels)
    file = BytesIO()
    plain.save(file, "JPEG", quality=QUALITY, optimize=True)
    return file.getvalue()


def _orientation(picture: Image.Image) -> Image.Transpose | None:
    """How the picture has to be turned to stand upright; what cannot be read says nothing."""
    try:
        return TURNS.get(picture.getexif().get(ORIENTATION, 1))
    except Exception:
        return None


def _opaque(picture: Image.Image) -> Image.Image:
    """The pixels in three colours of eight bits each; what can be seen through is white."""
    if picture.mode.startswith("I"):
        return picture.point(lambda value: value / 256).convert("L").convert("RGB")
    if picture.mode in {"LA", "PA", "RGBA", "La", "RGBa"} or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        white = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(white, seen).convert("RGB")
    return picture.convert("RGB")
