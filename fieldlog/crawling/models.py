"""The sitemap: every public page, in both languages, and when it came to say something else."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple
from xml.etree import ElementTree

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"


class Page(NamedTuple):
    """A page's address by language."""

    addresses: dict[str, str]
    changed: date | datetime | None


def sitemap(pages: Iterable[Page]) -> bytes:
    """The pages as sitemaps.org has them, each language's with the other's beside it."""
    ElementTree.register_namespace("", SITEMAP)
    ElementTree.register_namespace("xhtml", XHTML)
    root = ElementTree.Element(f"{{{SITEMAP}}}urlset")
    for page in pages:
        for address in page.addresses.values():
            entry = ElementTree.SubElement(root, f"{{{SITEMAP}}}url")
            ElementTree.SubElement(entry, f"{{{SITEMAP}}}loc").text = address
            if page.changed:
                ElementTree.SubElement(entry, f"{{{SITEMAP}}}lastmod").text = page.changed.isoformat()
            for language, other in page.addresses.items():
                ElementTree.SubElement(
                    entry, f"{{{XHTML}}}link", {"rel": "alternate", "hreflang": language, "href": other}
                )
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))
