"""A walk on which something was found."""

from tests.photos.walk import Walk, walk

__all__ = ["Walk", "walk"]
