"""UIMA's older form of a CAS, XMI, as the same feature structures that the JSON form has.

In XMI every value is words, and nothing says which of them are numbers of other structures: these are what a link or a relation is made of, and those that lead to links or lists.
"""

from __future__ import annotations

from marsad.annotations.marks import Json
from marsad.annotations.scheme import CHOICES, FREE, value_name

_ID = "{http://www.omg.org/XMI}id"
_VALUES = frozenset(name for names in (*CHOICES.values(), *FREE.values()) for name in names)
_REFERENCES = ("target", "Governor", "Dependent")


def structures_of_xmi(raw: bytes) -> dict[int, Json]:
    """Feature structures by their ids, as `marsad.annotations.cas` reads them.

    Raises:
        ValueError: it is no XMI.
    """
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(raw, parser)
        elements = {int(one.get(_ID)): one for one in root.iterchildren("{*}*") if one.get(_ID)}
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ValueError(f"it is no XMI: {error}") from error
    types = {key: _type(str(one.tag)) for key, one in elements.items()}
    rows = {}
    for key, element in elements.items():
        row: Json = {"%ID": key, "%TYPE": types[key]}
        for name, value in element.attrib.items():
            if name != _ID:
                _put(row, str(name), str(value), types)
        rows[key] = row
    return rows


def _type(tag: str) -> str:
    """``{http:///webanno/custom.ecore}Claim`` is ``webanno.custom.Claim``."""
    space, _, name = tag[1:].partition("}")
    return f"{space.removeprefix('http:///').removesuffix('.ecore').replace('/', '.')}.{name}"


def _put(row: Json, name: str, value: str, types: dict[int, str]) -> None:
    """A feature: a number, a reference, a list of references, or words."""
    numbers = [int(one) for one in value.split() if one.isdecimal()]
    whole = bool(numbers) and len(numbers) == len(value.split())
    if name == "elements" and whole:
        row["%ELEMENTS"] = numbers
    elif name in ("begin", "end") and whole:
        row[name] = numbers[0]
    elif name == "sofa" and whole:
        row["@sofa"] = numbers[0]
    elif name in _REFERENCES and whole:
        row[f"@{name}"] = numbers[0]
    elif name == "textFrom" and whole:
        row[name] = numbers[0]
    elif (
        whole
        and value_name(name) not in _VALUES
        and all(types.get(one, "").endswith(("Link", "FSArray")) for one in numbers)
    ):
        row[f"@{name}"] = numbers if types[numbers[0]].endswith("Link") else numbers[0]
    else:
        row[name] = value
