"""The layers of our scheme as types of UIMA: inside each CAS (JSON), and as the XML from which a project of INCEpTION takes them.

A claim, a source and a count have links to their parts, each with its role. Coordinates are words, as INCEpTION has no number that holds them unrounded. Features are not called ``id``,
``from`` or ``for``, which INCEpTION or Java keep for themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marsad.annotations import EVENT, PARTS

CUSTOM = "webanno.custom."
METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
_STRING, _INTEGER, _BOOLEAN = "uima.cas.String", "uima.cas.Integer", "uima.cas.Boolean"
_ANNOTATION, _BASE, _TOP = "uima.tcas.Annotation", "uima.cas.AnnotationBase", "uima.cas.TOP"
_LINKED = ("Claim", "Source", "Count")

FEATURES: Mapping[str, Mapping[str, str]] = {
    "Claim": {"polarity": "polarity", "modality": "modality", "time": "time", "id": "claimId", "review": "review"},
    "Source": {"kind": "kind", "stance": "stance", "quote": "quote", "id": "ref", "for": "speaksFor", "text": "words"},
    "Actor": {"id": "ref", "text": "words"},
    "Place": {"precision": "precision", "id": "ref", "name": "name", "lat": "latitude", "lon": "longitude", "country": "country", "text": "words"},
    "Time": {"precision": "precision", "from": "startDay", "to": "endDay", "text": "words"},
    "Count": {"kind": "kind", "min": "minimum", "max": "maximum", "approx": "approx", "who": "who", "text": "words"},
    **{part.capitalize(): {} for part in PARTS if part in ("cue", "body", "who", "trigger", "title")},
}  # fmt: skip
"""Features of each layer, by our names of values."""
_RANGES = {"minimum": _INTEGER, "maximum": _INTEGER, "approx": _BOOLEAN, "textFrom": _INTEGER}
_ARTICLE = ("ref", "title", "published", "outlet", "url", "textFrom")


def layer_of(kind: str) -> str:
    """The layer of a kind of mark."""
    return "Claim" if kind == EVENT else kind.capitalize()


def _types() -> dict[str, tuple[str, dict[str, str]]]:
    """Type, what it is a kind of, and its features with their ranges; a list of a type ends with ``[]``."""
    types = {}
    for layer, names in FEATURES.items():
        features = [*(["event"] if layer == "Claim" else []), *names.values(), "note"]
        ranges = {feature: _RANGES.get(feature, _STRING) for feature in features}
        if layer in _LINKED:
            ranges["parts"] = f"{CUSTOM}{layer}PartsLink[]"
            types[f"{CUSTOM}{layer}PartsLink"] = (_TOP, {"role": _STRING, "target": _ANNOTATION})
        types[CUSTOM + layer] = (_ANNOTATION, ranges)
    types[f"{CUSTOM}Article"] = (_BASE, {feature: _RANGES.get(feature, _STRING) for feature in _ARTICLE})
    return types


def types_json() -> dict[str, Any]:
    """``%TYPES`` of a CAS."""
    metadata = dict.fromkeys(("documentTitle", "documentId"), _STRING)
    types = {**_types(), METADATA: ("uima.tcas.DocumentAnnotation", metadata)}
    return {
        name: {
            "%NAME": name,
            "%SUPER_TYPE": above,
            **{feature: {"%NAME": feature, "%RANGE": over} for feature, over in features.items()},
        }
        for name, (above, features) in types.items()
    }


def typesystem_xml() -> str:
    """The layers as a UIMA type system description."""
    rows = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier">',
        "<name>Marsad</name>",
        "<types>",
    ]
    for name, (above, features) in _types().items():
        rows.append(
            f"<typeDescription><name>{name}</name><description/><supertypeName>{above}</supertypeName><features>"
        )
        rows += [_feature_xml(feature, over) for feature, over in features.items()]
        rows.append("</features></typeDescription>")
    return "\n".join([*rows, "</types>", "</typeSystemDescription>", ""])


def _feature_xml(name: str, over: str) -> str:
    listed = over.endswith("[]")
    kind = f"<rangeTypeName>{'uima.cas.FSArray' if listed else over}</rangeTypeName>"
    element = f"<elementType>{over[:-2]}</elementType>" if listed else ""
    return f"<featureDescription><name>{name}</name><description/>{kind}{element}</featureDescription>"
