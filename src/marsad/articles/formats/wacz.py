"""ZIP files: a web archive in its package (WACZ), a Word document, or something that is not read.

The archives in a package are read as they stand in it, never unpacked to disk. Where the package states the SHA-256 of an archive, it is
compared first, and an archive that has another is refused as a whole: somebody or something changed it.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import IO, BinaryIO, cast

from marsad.articles.formats.job import Job
from marsad.articles.formats.warc import warc_pieces
from marsad.articles.formats.zipped import FAULTS, archive_of, check_sizes, is_unsafe
from marsad.articles.raw import RawArticle, refused
from marsad.errors import SetAside

_ARCHIVE = re.compile(r"(?:^|/)archive/[^/]+\.warc(?:\.gz)?$|^[^/]+\.warc(?:\.gz)?$", re.IGNORECASE)
_PACKAGE = "datapackage.json"
_MOST_PACKAGE = 50_000_000
_MOST_ARCHIVE = 1 << 40
"""Bytes of one archive in a package: it is read in a stream, so only its ratio matters."""
_BLOCK = 1 << 20
_HINTS = {
    "xl/workbook.xml": "it is a spreadsheet (XLSX), not text: save it as CSV",
    "ppt/presentation.xml": "it is a presentation (PPTX), not text: save it as PDF",
    "content.xml": "it is an OpenDocument file, not text: save it as .docx",
    "META-INF/container.xml": "it is an electronic book (EPUB), not text",
}


def zip_pieces(job: Job) -> Iterator[RawArticle]:
    """The articles in a ZIP file.

    Raises:
        SetAside: ``damaged`` or ``binary``, where it is no kind of document that can be read.
    """
    stream = _seekable(job)
    with archive_of(stream) as archive:
        members = archive.infolist()
        names = {member.filename for member in members}
        if _PACKAGE in names or any(map(_ARCHIVE.search, names)):
            yield from _package(job, archive)
            return
        is_document = "[Content_Types].xml" in names and any(name.startswith("word/") for name in names)
        hint = next((hint for name, hint in _HINTS.items() if name in names), None)
    if not is_document:
        raise SetAside("binary", hint or "it is a ZIP archive, not text: unpack it and read the folder")
    stream.seek(0)
    data = stream.read(job.limits.bytes + 1)
    if len(data) > job.limits.bytes:
        raise SetAside(
            "too_long", f"more than {job.limits.bytes:,} bytes in one document, which is the limit"
        )
    yield RawArticle(kind="docx", file=job.file, data=data)


def _seekable(job: Job) -> BinaryIO:
    """The stream itself where it can be read in any order, or what it holds."""
    if job.stream.seekable():
        return job.stream
    data = job.stream.read(job.limits.bytes + 1)
    if len(data) > job.limits.bytes:
        raise SetAside(
            "too_long",
            f"more than {job.limits.bytes:,} bytes: give it as a file of its own, not packed or piped",
        )
    return io.BytesIO(data)


def _package(job: Job, archive: zipfile.ZipFile) -> Iterator[RawArticle]:
    digests = _digests(archive)
    if not any(map(_ARCHIVE.search, archive.namelist())):
        raise SetAside("empty", "there is no web archive in the package")
    for member in archive.infolist():
        name = member.filename
        if is_unsafe(name):
            yield refused(
                job.file,
                "unsafe_name",
                f"the name of the member {name[:200]!r} leads out of the package",
                name,
            )
        elif _ARCHIVE.search(name):
            try:
                yield from _archive(job, archive, member, digests.get(name))
            except SetAside as refusal:
                yield RawArticle(kind="refused", file=job.file, refusal=refusal, member=name)
            except FAULTS as error:
                yield refused(job.file, "damaged", f"the member breaks off or is damaged: {error}", name)


def _archive(
    job: Job, archive: zipfile.ZipFile, member: zipfile.ZipInfo, stated: str | None
) -> Iterator[RawArticle]:
    check_sizes(member, _MOST_ARCHIVE)
    if stated is not None:
        with archive.open(member) as stream:
            found = _sha256(stream)
        if found != stated:
            message = f"its SHA-256 is {found[:12]}…, and the package says {stated[:12]}…"
            raise SetAside("digest_mismatch", f"{member.filename} was changed or is damaged: {message}")
    with archive.open(member) as stream:
        yield from warc_pieces(replace(job, stream=cast("BinaryIO", stream)), member.filename)


def _sha256(stream: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := stream.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()


def _digests(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """The SHA-256 that the package states for each of its members; empty where it states none that can be read."""
    try:
        member = archive.getinfo(_PACKAGE)
        check_sizes(member, _MOST_PACKAGE)
        package = json.loads(archive.read(member))
    except (SetAside, RecursionError, *FAULTS):
        return {}
    resources = package.get("resources") if isinstance(package, dict) else None
    stated = [one for one in resources if isinstance(one, dict)] if isinstance(resources, list) else []
    return {
        str(one.get("path")): str(one["hash"]).removeprefix("sha256:").lower()
        for one in stated
        if str(one.get("hash", "")).startswith("sha256:")
    }
