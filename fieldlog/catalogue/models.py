"""Statements as RDF has them, and the same statements written in XML and in JSON."""

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple
from xml.etree import ElementTree

from fieldlog.texts import fit_for_xml

PREFIXES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "dcatap": "http://data.europa.eu/r5r/",
    "geo": "http://www.opengis.net/ont/geosparql#",
}
TYPE = "rdf:type"
XML = "{http://www.w3.org/XML/1998/namespace}"


class Iri(NamedTuple):
    """What has an address; a name with a prefix stands for a whole one."""

    address: str

    @property
    def whole(self) -> str:
        prefix, _, name = self.address.partition(":")
        return PREFIXES[prefix] + name if prefix in PREFIXES else self.address


class Text(NamedTuple):
    """Words in a language, or a value of a type (an address with a prefix), or neither."""

    words: str
    language: str = ""
    type: str = ""


class Statement(NamedTuple):
    """That something (an address) has a property (a name with a prefix), and what it is."""

    subject: str
    property: str
    object: Iri | Text


def rdf_xml(statements: Sequence[Statement]) -> bytes:
    """The statements in XML, those of one thing together."""
    for prefix, address in PREFIXES.items():
        ElementTree.register_namespace(prefix, address)
    rdf = f"{{{PREFIXES['rdf']}}}"
    root = ElementTree.Element(f"{rdf}RDF")
    for subject, own in _by_subject(statements).items():
        thing = ElementTree.SubElement(root, f"{rdf}Description", {f"{rdf}about": subject})
        for _, name, told in own:
            prefix, _, local = name.partition(":")
            element = ElementTree.SubElement(thing, f"{{{PREFIXES[prefix]}}}{local}")
            if isinstance(told, Iri):
                element.set(f"{rdf}resource", told.whole)
                continue
            element.text = fit_for_xml(told.words)
            if told.language:
                element.set(f"{XML}lang", told.language)
            if told.type:
                element.set(f"{rdf}datatype", Iri(told.type).whole)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def json_ld(statements: Sequence[Statement]) -> str:
    """The same in JSON."""
    graph = []
    for subject, own in _by_subject(statements).items():
        thing: dict[str, Any] = {"@id": subject}
        for _, name, told in own:
            if name == TYPE and isinstance(told, Iri):
                thing.setdefault("@type", []).append(told.address)
            else:
                thing.setdefault(name, []).append(_in_json(told))
        graph.append(thing)
    return json.dumps({"@context": PREFIXES, "@graph": graph}, ensure_ascii=False, indent=1)


def _in_json(told: Iri | Text) -> dict[str, str]:
    if isinstance(told, Iri):
        return {"@id": told.whole}
    kind = {"@language": told.language} if told.language else {"@type": told.type} if told.type else {}
    return {"@value": fit_for_xml(told.words), **kind}


def _by_subject(statements: Sequence[Statement]) -> dict[str, list[Statement]]:
    found: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        found[statement.subject].append(statement)
    return found
