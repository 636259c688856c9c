"""What search engines may fetch, and which pages there are."""

from typing import Any

from flask import Blueprint, Response, url_for

from fieldlog.clock import local_day
from fieldlog.crawling import queries
from fieldlog.crawling.models import Page
from fieldlog.crawling.models import sitemap as written
from fieldlog.periods import ONE_DAY
from fieldlog.publication.queries import changed_at, stamp
from fieldlog.statements.models import UPDATED
from fieldlog.web import allow, everyone, now, reading, settings
from fieldlog.web.headers import revalidated
from fieldlog.web.hosts import is_public_host, public_root
from fieldlog.web.words import LANGUAGES

blueprint = Blueprint("crawling", __name__)


@blueprint.get("/robots.txt")
@allow(everyone)
def robots() -> Response:
    """Everything public may be found; nothing at all on the host that is only the staff's."""
    is_staffs = bool(settings().public_host) and not is_public_host()
    closed = "/" if is_staffs else url_for("accounts.sign_in")
    lines = ["User-agent: *", f"Disallow: {closed}"]
    if not is_staffs:
        lines += [f"Sitemap: {public_root()}{url_for('crawling.sitemap')}"]
    return revalidated(Response("\n".join(lines) + "\n", mimetype="text/plain"))


@blueprint.get("/sitemap.xml")
@allow(everyone)
def sitemap() -> Response:
    """Every public page with its last change."""
    place = settings().municipality
    through, _ = stamp(reading(), place)
    changed = changed_at(reading(), place)
    shown = queries.shown(reading(), place, (through or local_day(now())) + ONE_DAY)
    pages = [Page(_addresses(name), changed) for name in ("public.home", "opendata.index")]
    for programme, pledges in shown.items():
        pages.append(Page(_addresses("public.period", programme=programme), changed))
        pages += [Page(_addresses("public.pledge", programme=programme, pledge=slug), changed) for slug in pledges]
    pages += [Page(_addresses(f"statements.{name}"), UPDATED) for name in ("accessibility", "device_storage")]
    return revalidated(Response(written(pages), mimetype="application/xml"))


def _addresses(endpoint: str, **parts: Any) -> dict[str, str]:
    root, names = public_root(), {language: None if language == "sv" else language for language in LANGUAGES}
    return {language: root + url_for(endpoint, **parts, language=name) for language, name in names.items()}
