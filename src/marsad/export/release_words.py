"""What a release says of itself: README, citation, licence, and the descriptions that machines read (Frictionless data package, RO-Crate 1.1)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from marsad.export.base import Making
from marsad.export.columns import TABLES

Json = dict[str, Any]
Files = Sequence[Mapping[str, Any]]
ARTICLE_COLUMNS = (
    ("id", "string", "Id of the article"),
    ("outlet", "string", "Who published it, as stored"),
    ("published", "string", "When, as the outlet gives it: a day or an ISO time with offset"),
    ("title", "string", "Its headline"),
    ("url", "string", "Its address"),
    ("copy_of", "string", "Id of the article that it is known to repeat"),
    ("version", "integer", "Number of the text that spans point into"),
    ("digest", "string", "SHA-256 of that text with its title"),
    ("characters", "integer", "Length of the text in Unicode code points"),
    ("claims", "integer", "How many claims it holds in this release"),
)
_TYPES = {"text": "string", "integer": "integer", "number": "number", "boolean": "boolean", "day": "date", "moment": "string"}  # fmt: skip
_ABOUT = {
    "incidents": "Claims judged to be about one event, with who says what and why the status is what it is",
    "claims": "One source says, in these exact words, that one event happened",
    "control": "Who is said to hold each place, since when, on whose word",
    "articles": "The articles that were read",
}
_MEDIA = {".csv": "text/csv", ".json": "application/json", ".jsonl": "application/jsonl", ".md": "text/markdown", ".txt": "text/plain", ".cff": "application/yaml"}  # fmt: skip
_NO_LICENSE = "No licence has been given for this release. Ask those who made it before you use it."
_REPORTED = (
    "Everything here is reported, not established: a claim is what a source said in an article, an incident is claims judged to be about one event, and a status says how "
    "independent sources stand to each other. Rows whose review is “machine” were made by a program and seen by nobody."
)


def title_of(making: Making) -> str:
    """The release's title."""
    return (
        making.title or f"Claims, incidents and control as reported: {making.project or 'a Marsad project'}"
    )


def day_of(making: Making) -> str:
    """The day on which the project last changed, or the first day there is for an empty one."""
    return making.moment[:10] or "1970-01-01"


def license_text(making: Making) -> str:
    """What ``LICENSE.txt`` says."""
    if not making.license:
        return f"{_NO_LICENSE}\n"
    return (
        f"This release is licensed under {making.license} by {', '.join(making.creators) or 'those who made it'}.\n"
        "The words of articles that are quoted in it remain those of their outlets. Names and points of places are from GeoNames (CC BY 4.0) and from tables of\n"
        "the program that made it.\n"
    )


def citation(making: Making) -> str:
    """``CITATION.cff`` (version 1.2.0); JSON strings are YAML strings."""
    lines = [
        "cff-version: 1.2.0", 'message: "If you use this release, cite it as below."', "type: dataset", f"title: {_quoted(title_of(making))}",
        f"version: {_quoted(day_of(making))}", f"date-released: {day_of(making)}",
    ]  # fmt: skip
    if making.license:
        lines.append(f"license: {_quoted(making.license)}")
    lines.append("authors:")
    lines += [f"  - name: {_quoted(one)}" for one in making.creators or ("unknown",)]
    return "\n".join(lines) + "\n"


def read_me(making: Making, counts: Mapping[str, int]) -> str:
    """The page that people read first."""
    held = ", ".join(f"{number:,} {kind}" for kind, number in counts.items()) or "nothing"
    scope = ", ".join(f"{name}={value}" for name, value in making.filters) or "all that the project holds"
    rows = "\n".join(f"| `data/{name}.csv` | {_ABOUT[name]} |" for name in (*TABLES, "articles"))
    texts = (
        "\n| `data/articles.jsonl` | The articles with their texts and claims, as the program reads them again |"
        if making.with_text
        else ""
    )
    return (
        f"# {title_of(making)}\n\n{_REPORTED}\n\nIt holds {held}. Scope: {scope}. State of the project: {making.moment or 'empty'}. "
        f"Made by marsad {making.version}.\n\n| file | what it is |\n| --- | --- |\n{rows}{texts}\n"
        "| `CODEBOOK.md` | What the codes of events mean |\n| `datapackage.json` | What each column means, for programs (Frictionless) |\n"
        "| `ro-crate-metadata.json` | What each file is, for repositories (RO-Crate) |\n| `manifest-sha256.txt` | Check with `sha256sum -c manifest-sha256.txt` |\n\n"
        "Claims that people rejected are not in it, those that they corrected are as they corrected them, and what they hold back as sensitive is not in it either. "
        f"Names of private persons {'are' if making.private or making.with_text else 'are not'} in it where they are quoted as sources. "
        "Coordinates are rounded to what is known (`place_precision`). Spans count Unicode code points.\n"
    )


def data_package(making: Making, files: Files) -> Json:
    """``datapackage.json`` (Frictionless Data Package 1)."""
    return {
        "profile": "tabular-data-package", "name": f"marsad-{making.store.lower()}" if making.store else "marsad", "title": title_of(making),
        "description": _REPORTED, "version": day_of(making), "created": making.moment or None,
        "licenses": [{"name": making.license}] if making.license else [],
        "contributors": [{"title": one, "role": "author"} for one in making.creators],
        "resources": [_resource(one) for one in files if one["path"].endswith(".csv")],
    }  # fmt: skip


def _resource(file: Mapping[str, Any]) -> Json:
    name = file["path"].rsplit("/", 1)[-1].removesuffix(".csv")
    return {
        "name": name, "path": file["path"], "title": _ABOUT[name], "profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv",
        "encoding": "utf-8", "bytes": file["bytes"], "hash": f"sha256:{file['hash']}",
        "schema": {"fields": _fields(name), "primaryKey": "id", "missingValues": [""], **_keys(name)},
    }  # fmt: skip


def _fields(name: str) -> list[Json]:
    if name == "articles":
        return [
            {"name": column, "type": kind, "description": means} for column, kind, means in ARTICLE_COLUMNS
        ]
    return [{"name": one.name, "type": _TYPES[one.type], "description": one.means} for one in TABLES[name]]


def _keys(name: str) -> Json:
    """The columns of a table that are ids of another."""
    if name != "claims":
        return {}
    return {"foreignKeys": [{"fields": "article", "reference": {"resource": "articles", "fields": "id"}}]}


def ro_crate(making: Making, counts: Mapping[str, int], files: Files) -> Json:
    """``ro-crate-metadata.json`` (RO-Crate 1.1)."""
    authors = [{"@id": f"#author-{number}"} for number, _ in enumerate(making.creators, 1)]
    root: Json = {
        "@id": "./", "@type": "Dataset", "name": title_of(making), "description": _REPORTED, "datePublished": day_of(making), "version": day_of(making),
        "identifier": making.iri("release", day_of(making)), "license": {"@id": "#license"}, "hasPart": [{"@id": one["path"]} for one in files],
        "inLanguage": "ar", "size": ", ".join(f"{number} {kind}" for kind, number in counts.items()), "mentions": {"@id": "#making"},
        **({"author": authors} if authors else {}),
    }  # fmt: skip
    graph: list[Json] = [
        {"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"}, "about": {"@id": "./"}},
        root,
        {"@id": "#license", "@type": "CreativeWork", "name": making.license or "none", "description": license_text(making).strip()},
        {"@id": "#marsad", "@type": "SoftwareApplication", "name": "marsad", "softwareVersion": making.version},
        {"@id": "#making", "@type": "CreateAction", "name": "reading, reconciling and exporting", "instrument": {"@id": "#marsad"}, "result": {"@id": "./"}, **({"endTime": making.moment} if making.moment else {})},
        *({"@id": f"#author-{number}", "@type": "Organization", "name": one} for number, one in enumerate(making.creators, 1)),
        *(_file(one) for one in files),
    ]  # fmt: skip
    return {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph}


def _file(one: Mapping[str, Any]) -> Json:
    path = one["path"]
    name = path.rsplit("/", 1)[-1]
    media = _MEDIA.get("." + name.rsplit(".", 1)[-1], "application/octet-stream")
    about = _ABOUT.get(name.rsplit(".", 1)[0])
    return {
        "@id": path, "@type": "File", "name": about or name, "encodingFormat": media, "contentSize": str(one["bytes"]), "sha256": one["hash"],
    }  # fmt: skip


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
