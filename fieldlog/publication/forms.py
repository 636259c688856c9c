"""What is asked before something is held back or told."""

from fieldlog.editing.forms import EditForm, both, form_of
from fieldlog.labels import Label


def hold_form() -> EditForm:
    """Why a commitment's figures are held back, for everybody to read."""
    return form_of(both("reason", Label("Varför (visas för alla)", "Why (shown to all)"), most=200, lines=3))


def post_form() -> EditForm:
    """A short piece of news."""
    return form_of(
        (
            *both("title", Label("Rubrik", "Heading"), most=80),
            *both("text", Label("Text", "Text"), most=600, lines=6),
        )
    )
