"""The description of the open data that the national data portal fetches, in the two ways in which it reads one."""

from flask import Blueprint, Response

from fieldlog.areas.queries import areas
from fieldlog.catalogue.models import Statement, json_ld, rdf_xml
from fieldlog.catalogue.queries import Publisher, described
from fieldlog.programmes.queries import periods
from fieldlog.public.views import newest
from fieldlog.publication.queries import changed_at
from fieldlog.web import allow, everyone, reading, settings
from fieldlog.web.headers import for_all_sites, revalidated
from fieldlog.web.hosts import public_root

NOBODY_NAMED = "Kommunen"

blueprint = Blueprint("catalogue", __name__)
blueprint.after_request(for_all_sites)


@blueprint.get("/open-data/catalog.rdf")
@allow(everyone)
def rdf() -> Response:
    """The catalogue in XML."""
    return _sent(rdf_xml(_statements()), "application/rdf+xml")


@blueprint.get("/open-data/catalog.jsonld")
@allow(everyone)
def jsonld() -> Response:
    """The catalogue in JSON."""
    return _sent(json_ld(_statements()), "application/ld+json")


def _statements() -> list[Statement]:
    chosen = settings()
    newest()
    publisher = Publisher(chosen.owner or NOBODY_NAMED, public_root(), chosen.contact)
    place = chosen.municipality
    return described(publisher, place, periods(reading(), place), areas(reading(), place), changed_at(reading(), place))


def _sent(body: bytes | str, mimetype: str) -> Response:
    response = Response(body, mimetype=mimetype)
    response.last_modified = changed_at(reading(), settings().municipality)
    return revalidated(response)
