"""Web archives: the pages and texts in a WARC file, packed or not, whatever is damaged in between.

What is read are answers of servers with status 200 and resources that were archived as such, where they are pages or plain
text. All else that an archive holds (requests, pictures, redirects, records that only point to an earlier copy) is passed over. The day on
which a page was archived is not the day on which it was published, so it is not taken for it.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from marsad.articles.formats.job import Job
from marsad.articles.formats.members import MAGIC, Step, members
from marsad.articles.formats.warc_records import Record, Records
from marsad.articles.formats.web import Content, charset_of, content_of_answer, is_page
from marsad.articles.raw import About, RawArticle, refused
from marsad.articles.streams import looked_at
from marsad.errors import SetAside

_BLOCK = 1 << 16
_SMALL = 1 << 22
_NAME = re.compile(r"\.warc(?:\.gz)?$", re.IGNORECASE)
BEGINS = b"WARC/"
_GZIP = MAGIC[:2]
_DIGESTS = ("md5", "sha1", "sha256")
_FAULTS = {
    "damaged": (
        "damaged",
        "the bytes from here to {end:,} of the archive are damaged; it is read on from there",
    ),
    "lost": ("damaged", "no record begins here; the archive is read on from the next one"),
    "too_long": ("too_long", "the record is longer than the limit for one document"),
    "truncated": ("truncated", "the archive breaks off in this record"),
}


def is_warc(head: bytes, file: str) -> bool:
    """Whether a file that begins so is a web archive; its name decides where its beginning is damaged."""
    if head.startswith(BEGINS):
        return True
    if head.startswith(_GZIP):
        try:
            return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, len(BEGINS)) == BEGINS
        except zlib.error:
            pass
    return bool(head) and _NAME.search(file) is not None


def warc_pieces(job: Job, member: str = "") -> Iterator[RawArticle]:
    """The pages and texts of a web archive; a stretch that is damaged is a refused piece that tells its offset.

    Args:
        job: The archive.
        member: Its name inside another file.
    """
    head, stream = looked_at(job.stream, _BLOCK)
    records = Records(job.limits.bytes)
    found = _plain(stream, records) if _is_plain(head) else _packed(members(stream), records)
    yield from _pieces(job, found, member)


def warc_stretch(job: Job, begin: int, end: int) -> Iterator[RawArticle]:
    """The pages and texts of the members of a packed archive that begin at bytes from ``begin`` to before ``end``."""
    job.stream.seek(begin)
    yield from _pieces(job, _packed(members(job.stream, begin, end, BEGINS), Records(job.limits.bytes)), "")


def has_small_members(stream: BinaryIO) -> bool:
    """Whether an archive can be read from the middle: it is packed, and its first member begins a record and comes to its end soon."""
    told = 0
    for step in members(stream):
        if step.kind == "end":
            return bool(told)
        if step.kind == "broken" or (step.data and not told and not step.data.startswith(BEGINS)):
            return False
        told += len(step.data)
        if told > _SMALL:
            return False
    return False


def _pieces(job: Job, found: Iterator[Record], member: str) -> Iterator[RawArticle]:
    for record in found:
        piece = _piece(job, record, member)
        if piece is not None:
            yield piece


def _is_plain(head: bytes) -> bool:
    return head.startswith(BEGINS) or MAGIC not in head


def _plain(stream: BinaryIO, records: Records) -> Iterator[Record]:
    while block := stream.read(_BLOCK):
        yield from records.feed(block)
    yield from records.finish()


def _packed(steps: Iterator[Step], records: Records) -> Iterator[Record]:
    """The records of a packed archive; the records of a member come once it is known to be whole, or holds several."""
    waiting: list[Record] = []
    for step in steps:
        if step.kind == "start":
            records.begin(step.offset)
        elif step.kind == "data":
            waiting += records.feed(step.data)
        elif step.kind == "broken":
            waiting.clear()
            records.forget()
        elif step.kind != "end":
            yield Record(place=step.offset, inner=0, fault=step.kind, end=step.end)
        if step.kind == "end" or len(waiting) > 1:
            yield from waiting
            waiting.clear()
    yield from records.finish()


def _piece(job: Job, record: Record, member: str) -> RawArticle | None:
    place = member + record.label
    if record.fault:
        reason, message = _FAULTS[record.fault]
        return refused(job.file, reason, message.format(end=record.end), place)
    try:
        content = _content(record, job.limits.bytes)
    except SetAside as refusal:
        return RawArticle(kind="refused", file=job.file, refusal=refusal, member=place)
    if content is None:
        return None
    if not _is_intact(record):
        return refused(
            job.file, "damaged", "the record's bytes are not those that its digest was made of", place
        )
    url = record.headers.get("warc-target-uri", "").strip("<> \t") or None
    about = About(url=url, charset=content.charset)
    return RawArticle(kind="document", file=job.file, data=content.data, about=about, member=place)


def _content(record: Record, most: int) -> Content | None:
    media_type = record.headers.get("content-type", "")
    if record.headers.get("warc-type", "").lower() == "response":
        return content_of_answer(record.block, most)
    return (
        Content(data=record.block, charset=charset_of(media_type))
        if is_page(media_type, record.block)
        else None
    )


def _is_intact(record: Record) -> bool:
    """Whether a record has the digest that it states; True where it states none that is known here."""
    name, _, stated = record.headers.get("warc-block-digest", "").partition(":")
    name = name.strip().lower().replace("sha-", "sha")
    if name not in _DIGESTS:
        return True
    digest = hashlib.new(name, record.block, usedforsecurity=False).digest()
    written = (digest.hex(), base64.b32encode(digest).decode("ascii").lower().rstrip("="))
    return stated.strip().lower().rstrip("=") in written
