"""The fields that kinds are declared from."""

from fieldlog.fields.choice import ORGANISATIONS, Choice, Choices, Flag, Options, options
from fieldlog.fields.count import Count
from fieldlog.fields.field import Field, Posted, WrongAnswerError
from fieldlog.fields.link import Link
from fieldlog.fields.rows import Rows
from fieldlog.fields.text import Text

__all__ = [
    "ORGANISATIONS",
    "Choice",
    "Choices",
    "Count",
    "Field",
    "Flag",
    "Link",
    "Options",
    "Posted",
    "Rows",
    "Text",
    "WrongAnswerError",
    "options",
]
