"""What the national data portal reads: the same statements in XML and in JSON, with all that DCAT-AP-SE demands."""

from collections.abc import Iterator
from json import loads
from typing import Any
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldlog import create_app
from fieldlog.catalogue.models import PREFIXES, Iri, Statement, Text, json_ld, rdf_xml
from tests.fixtures.site import house_of

CATALOGUES = ("/open-data/catalog.rdf", "/open-data/catalog.jsonld")
RDF, XML = f"{{{PREFIXES['rdf']}}}", "{http://www.w3.org/XML/1998/namespace}"
ROOT = "https://loften.example.se"
DEMANDED = {
    "dcat:Catalog": {"dcterms:title", "dcterms:description", "dcterms:publisher", "dcterms:license", "dcat:dataset"},
    "dcat:Dataset": {
        *("dcterms:title", "dcterms:description", "dcterms:publisher", "dcat:contactPoint", "dcat:distribution"),
        *("dcterms:identifier", "dcterms:language", "dcterms:spatial", "dcterms:temporal", "dcat:theme"),
        *("dcat:keyword", "dcterms:accrualPeriodicity", "dcterms:accessRights"),
    },
    "dcat:Distribution": {"dcat:accessURL", "dcat:downloadURL", "dcterms:license", "dcterms:format", "dcterms:title"},
    "foaf:Agent": {"foaf:name", "dcterms:type"},
    "vcard:Organization": {"vcard:fn", "vcard:hasEmail"},
    "dcterms:Location": {"dcterms:identifier", "dcat:bbox"},
    "dcterms:PeriodOfTime": {"dcat:startDate", "dcat:endDate"},
}

Triple = tuple[str, str, tuple[str, ...]]


def in_xml(body: bytes) -> Iterator[Triple]:
    """The statements of RDF/XML, of the few ways to write it that are used."""
    for thing in ElementTree.fromstring(body):
        for element in thing:
            address, name = element.get(f"{RDF}resource"), element.tag.removeprefix("{").replace("}", "")
            marks = element.get(f"{XML}lang", ""), element.get(f"{RDF}datatype", "")
            told = ("iri", address) if address else ("text", element.text or "", *marks)
            yield thing.attrib[f"{RDF}about"], name, told


def in_json(document: dict[str, Any]) -> Iterator[Triple]:
    """The statements of JSON-LD, likewise."""

    def whole(name: str) -> str:
        prefix, _, local = name.partition(":")
        return document["@context"].get(prefix, f"{prefix}:") + local if name else ""

    for thing in document["@graph"]:
        for kind in thing.pop("@type", []):
            yield thing["@id"], whole("rdf:type"), ("iri", whole(kind))
        for name, values in thing.items():
            for value in values if name != "@id" else ():
                literal = (value.get("@value", ""), value.get("@language", ""), whole(value.get("@type", "")))
                yield thing["@id"], whole(name), ("iri", value["@id"]) if "@id" in value else ("text", *literal)


@pytest.fixture
def portal(app: Flask) -> Iterator[FlaskClient]:
    """A site that says who publishes and whom to turn to."""
    house = house_of(app)
    told = {"url": ROOT, "owner": "Östersunds kommun", "contact": "kommunen@example.se"}
    made = create_app(house.settings.model_copy(update=told), clock=house.clock)
    yield made.test_client()
    house_of(made).database.close()


def both(client: FlaskClient) -> set[Triple]:
    xml, json = (client.get(path) for path in CATALOGUES)
    assert (xml.mimetype, json.mimetype) == ("application/rdf+xml", "application/ld+json")
    found = list(in_xml(xml.data))
    assert len(found) == len(set(found))
    assert set(found) == set(in_json(json.get_json(force=True)))
    return set(found)


def test_xml_and_json_say_the_same_and_nothing_that_is_demanded_is_missing(portal: FlaskClient) -> None:
    triples = both(portal)

    def whole(name: str) -> str:
        return Iri(name).whole

    kinds = {subject: told[1] for subject, name, told in triples if name == whole("rdf:type")}
    assert set(kinds.values()) == {whole(name) for name in DEMANDED}
    for kind, demanded in DEMANDED.items():
        for subject in (one for one, its in kinds.items() if its == whole(kind)):
            has = {name for one, name, _ in triples if one == subject}
            assert {whole(name) for name in demanded} <= has, subject
    pointed_at = {told[1] for _, name, told in triples if told[0] == "iri" and "#" in told[1] and name != "rdf:type"}
    assert {address for address in pointed_at if address.startswith(ROOT)} == {
        subject for subject in kinds if not subject.endswith("#catalog")
    }
    licences = {told[1] for _, name, told in triples if name == whole("dcterms:license")}
    assert licences == {"http://creativecommons.org/publicdomain/zero/1.0/"}


def test_every_file_is_where_it_is_said_to_be(portal: FlaskClient) -> None:
    triples = both(portal)
    formats = {subject: told[1] for subject, name, told in triples if name.endswith("/format")}
    files = {told[1]: formats[subject] for subject, name, told in triples if name.endswith("downloadURL")}
    assert len(files) == 5
    pages = {told[1] for _, name, told in triples if name.endswith(("foaf/0.1/page", "homepage", "landingPage"))}
    for address in {*files, *pages}:
        answer = portal.get(address.removeprefix(ROOT))
        assert answer.status_code == 200, address
        assert address not in files or answer.mimetype == files[address]


def test_without_a_contact_there_is_none(client: FlaskClient) -> None:
    triples = both(client)
    assert not any(name.startswith(PREFIXES["vcard"]) or name.endswith("contactPoint") for _, name, _ in triples)
    assert ("text", "Kommunen", "", "") in {told for _, _, told in triples}


def test_odd_words_are_the_same_in_both() -> None:
    said = [Statement("https://x.se/#a", "dcterms:title", Text('<b>&"\x0b]]> 🚔 {"@id": 1}', "sv"))]
    (xml,), (json,) = in_xml(rdf_xml(said)), in_json(loads(json_ld(said)))
    assert xml == json == ("https://x.se/#a", Iri("dcterms:title").whole, ("text", '<b>&"]]> 🚔 {"@id": 1}', "sv", ""))
