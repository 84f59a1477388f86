"""Files of many kinds, made for the tests, and what is read from them."""

import base64
import gzip
import hashlib
import io
import zipfile

from marsad.articles import Limits, article_of, pieces

TEXT = "أعلن الجيش انسحابه من المدينة بعد معارك عنيفة، وقال المتحدث إن القوات في الطريق إلى الريف."


def page(number=0, more=""):
    return (
        f"<html><head><title>خبر {number}</title></head><body><p>{TEXT} رقم {number}</p>{more}</body></html>"
    )


def cut(path, data, columns=None, meter=None, **limits):
    """The pieces of a file with that content."""
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(pieces(str(path), Limits(**limits), columns, meter=meter))


def shape(raws):
    """What came of each piece: its kind or the reason of its refusal, and its place in the file."""
    return [(raw.refusal.reason if raw.refusal else raw.kind, raw.member) for raw in raws]


def reasons(raws):
    return [raw.refusal.reason for raw in raws if raw.refusal]


def read(path, data, **given):
    """The only article of a file."""
    (raw,) = cut(path, data, **given)
    return article_of(raw)


def answer(body, media="text/html; charset=utf-8", status="200 OK", headers=()):
    """A record of a server's answer."""
    fields = [*([("Content-Type", media)] if media else []), *headers]
    head = f"HTTP/1.1 {status}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields) + "\r\n"
    body = body.encode() if isinstance(body, str) else body
    return {"kind": "response", "body": head.encode() + body, "media": "application/http; msgtype=response"}


def archive(records, *, gzipped=True):
    """A web archive of records, each with the address ``https://example.org/<its place>``."""
    written = [_record(f"https://example.org/{place}", **record) for place, record in enumerate(records)]
    return b"".join(gzip.compress(one, mtime=0) if gzipped else one for one in written)


def _record(url, kind, body, media):
    digest = base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()
    fields = {
        "WARC-Type": kind,
        "WARC-Target-URI": f"<{url}>",
        "WARC-Date": "2025-01-01T00:00:00Z",
        "WARC-Block-Digest": f"sha1:{digest}",
        "Content-Type": media,
        "Content-Length": len(body),
    }
    head = "WARC/1.0\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items()) + "\r\n"
    return head.encode() + body + b"\r\n\r\n"


def pages_archive(count, *, gzipped=True):
    """An archive of so many pages, each followed by a request, which is no article."""
    records = []
    for number in range(count):
        filler = "".join(f"<!-- {number * 7919 + place * 104729} -->" for place in range(40))
        records.append(answer(page(number, filler)))
        records.append({"kind": "request", "body": b"GET / HTTP/1.1\r\n\r\n", "media": "application/http"})
    return archive(records, gzipped=gzipped)


def zipped(members, kind=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()
