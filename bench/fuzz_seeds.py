"""Small files of every kind that Marsad takes in, made by hand or by the libraries that write them, for `fuzz` to damage."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
import zlib

TEXT = (
    "أعلن الجيش انسحابه من المدينة بعد معارك عنيفة استمرت ثلاثة أيام. وقال المتحدث باسمه إن القوات انتقلت "
    "إلى مواقع جديدة في الريف الشمالي. ولم يرد تعليق من الطرف الآخر على ما قيل."
)
PAGE = f"""<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>انسحاب من المدينة</title>
<meta property="article:published_time" content="2024-12-06T09:30:00+03:00"></head>
<body><article><h1>انسحاب من المدينة</h1><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"""
RECORD = {"id": "a-1", "text": TEXT, "published": "2024-12-06", "outlet": "وكالة", "title": "عنوان"}


def packed(data: bytes) -> bytes:
    """In gzip, without the time of day."""
    return gzip.compress(data, mtime=0)


def texts() -> list[bytes]:
    """Plain texts in the encodings that are told apart."""
    return [TEXT.encode(), TEXT.encode("utf-16"), f"\ufeff{TEXT}".encode(), TEXT.encode("cp1256")]


def pages() -> list[bytes]:
    """A page, and one in an older encoding that it declares."""
    return [PAGE.encode(), PAGE.replace("utf-8", "windows-1256").encode("cp1256")]


def json_lines() -> list[bytes]:
    """Lines of JSON, one document of JSON, and a list."""
    lines = "\n".join(json.dumps({**RECORD, "id": f"a-{n}"}, ensure_ascii=False) for n in range(3))
    return [lines.encode(), json.dumps(RECORD, indent=1).encode(), f"[{json.dumps(RECORD)}]".encode()]


def tables() -> list[bytes]:
    """CSV with well-known headers, in UTF-8 and in an older encoding, with quotation marks and line breaks."""
    row = f'"{TEXT}\nسطر ثان ""مقتبس""",عنوان,2024-12-06,وكالة,https://example.org/1'
    comma = "النص,العنوان,التاريخ,المصدر,الرابط\n" + f"{row}\n" * 3
    semicolon = "id;text;date;section\r\n" + "".join(f"{n};{TEXT};2024/12/0{n};خبر\r\n" for n in (1, 2, 3))
    return [comma.encode(), comma.encode("cp1256"), semicolon.encode("utf-16"), semicolon.encode()]


def parquet_files() -> list[bytes]:
    """Parquet, with and without compression."""
    import pyarrow as pa
    from pyarrow import parquet

    table = pa.table(
        {
            "text": [TEXT] * 4,
            "date": ["2024-12-06"] * 4,
            "tags": [["a"], [], None, ["b"]],
            "n": [1.5, None, 2.0, 3.0],
        }
    )
    found = []
    for compression in ("none", "snappy"):
        out = io.BytesIO()
        parquet.write_table(table, out, compression=compression, row_group_size=2)
        found.append(out.getvalue())
    return found


def documents() -> list[bytes]:
    """A Word document with paragraphs and a table."""
    import docx

    document = docx.Document()
    document.core_properties.title = "عنوان"
    document.add_paragraph(TEXT)
    document.add_table(2, 2).cell(0, 1).text = TEXT
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as archive:
        return [_zip({name: archive.read(name) for name in archive.namelist()})]


def document_parts() -> list[bytes]:
    """The XML that a Word document holds, to be damaged before it is packed."""
    with zipfile.ZipFile(io.BytesIO(documents()[0])) as archive:
        return [archive.read("word/document.xml")]


def document_around(xml: bytes) -> bytes:
    """A Word document around its XML."""
    return _zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": xml})


def pdf_files() -> list[bytes]:
    """PDF files with lines of text from left to right, as printed, through a table of characters; one packed, one not, one by pypdf."""
    return [_pdf(small=False), _pdf(small=True), _by_pypdf()]


def _pdf(*, small: bool) -> bytes:
    letters = sorted(set(TEXT))
    codes = {letter: 33 + place for place, letter in enumerate(letters)}
    lines = [TEXT[start : start + 60] for start in range(0, len(TEXT), 60)]
    shown = "".join(
        f"<{''.join(f'{codes[letter]:02x}' for letter in reversed(line))}> Tj 0 -14 Td " for line in lines
    )
    content = f"BT /F1 12 Tf 50 700 Td {shown}ET".encode()
    table = "".join(f"<{code:02x}> <{ord(letter):04x}>\n" for letter, code in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <ff> "
        f"endcodespacerange {len(codes)} beginbfchar\n{table}endbfchar endcmap end end"
    ).encode()
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        _stream(content, small=small),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
        _stream(cmap, small=small),
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = (len(bodies) + 1, rows, len(bodies) + 1, len(out))
    return (
        bytes(out)
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % end
    )


def _stream(data: bytes, *, small: bool) -> bytes:
    written = zlib.compress(data) if small else data
    kind = b"/Filter /FlateDecode " if small else b""
    return b"<< %s/Length %d >>\nstream\n%s\nendstream" % (kind, len(written), written)


def _by_pypdf() -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    for page in PdfReader(io.BytesIO(_pdf(small=True))).pages:
        writer.add_page(page)
        writer.add_page(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def archives() -> list[bytes]:
    """Web archives: packed record by record, packed as a whole, and not packed."""
    return [_archive(gzipped=True), packed(_archive(gzipped=False)), _archive(gzipped=False)]


def plain_archives() -> list[bytes]:
    """A web archive that is not packed, to be damaged before it is."""
    return [_archive(gzipped=False)]


def _archive(*, gzipped: bool) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzipped)
    answers = {
        "plain": ([], PAGE.encode()),
        "packed": ([("Content-Encoding", "gzip")], packed(PAGE.encode())),
        "deflated": ([("Content-Encoding", "deflate")], zlib.compress(PAGE.encode())),
        "chunked": (
            [("Transfer-Encoding", "chunked")],
            b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE.encode()), PAGE.encode()),
        ),
    }
    for name, (headers, body) in answers.items():
        http = StatusAndHeaders(
            "200 OK", [("Content-Type", "text/html; charset=utf-8"), *headers], protocol="HTTP/1.1"
        )
        url = f"https://example.org/{name}"
        fixed = {"WARC-Date": "2024-12-06T09:00:00Z"}
        page = io.BytesIO(PAGE.encode())
        for record in (
            writer.create_warc_record(
                url, "response", payload=io.BytesIO(body), http_headers=http, warc_headers_dict=dict(fixed)
            ),
            writer.create_warc_record(
                url, "resource", payload=page, warc_content_type="text/html", warc_headers_dict=dict(fixed)
            ),
        ):
            record.rec_headers.replace_header("WARC-Record-ID", f"<urn:example:{name}>")
            writer.write_record(record)
    return out.getvalue()


def packages() -> list[bytes]:
    """A package of a web archive with its digests."""
    archive = archives()[0]
    digest = f"sha256:{hashlib.sha256(archive).hexdigest()}"
    package = {"resources": [{"name": "data.warc.gz", "path": "archive/data.warc.gz", "hash": digest}]}
    return [_zip({"archive/data.warc.gz": archive, "datapackage.json": json.dumps(package).encode()})]


def package_around(archive: bytes) -> bytes:
    """A package, without digests, around a web archive."""
    return _zip({"archive/data.warc.gz": archive})


def _zip(members: dict[str, bytes]) -> bytes:
    """A ZIP file without the time of day, so that one seed gives the same files every time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            kind = zipfile.ZIP_STORED if name.endswith(".gz") else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=kind)
    return out.getvalue()


def exports() -> list[bytes]:
    """Telegram exports of one chat and of an account."""
    parts = [TEXT, {"type": "link", "text": "https://example.org"}]
    message = {
        "type": "message",
        "date": "2024-12-06T09:00:00",
        "date_unixtime": "1733468400",
        "from": "قناة",
    }
    messages = [{"id": n, **message, "text": TEXT if n % 2 else parts} for n in range(1, 5)]
    chat = {
        "name": "قناة",
        "type": "public_channel",
        "id": 777,
        "messages": [*messages, {"id": 9, "type": "service"}],
    }
    account = {"about": "x", "personal_information": {"user_id": 1}, "chats": {"about": "x", "list": [chat]}}
    return [json.dumps(value, ensure_ascii=False, indent=1).encode() for value in (chat, account)]


def feeds() -> list[bytes]:
    """RSS with the text in full, in two encodings, Atom and JSON Feed."""
    rss = (
        '<?xml version="1.0" encoding="{}"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        "<title>وكالة</title><item><title>عنوان & خبر</title><link>http://a.example/1</link><pubDate>Fri, 06 Dec 2024 09:30:00 +0300</pubDate>"
        f"<content:encoded><![CDATA[<p>{TEXT}</p><p>{TEXT}</p>]]></content:encoded></item></channel></rss>"
    )
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>وكالة</title><entry><id>1</id><title>عنوان</title><link href="http://a.example/1"/>'
        f'<published>2024-12-06T09:30:00Z</published><content type="html">&lt;p&gt;{TEXT}&lt;/p&gt;</content></entry></feed>'
    )
    item = {
        "id": "1",
        "url": "http://a.example/1",
        "content_html": f"<p>{TEXT}</p>",
        "date_published": "2024-12-06T09:30:00Z",
    }
    whole = {"version": "https://jsonfeed.org/version/1.1", "title": "وكالة", "items": [item]}
    return [
        rss.format("utf-8").encode(),
        rss.format("windows-1256").encode("cp1256"),
        atom.encode(),
        json.dumps(whole, ensure_ascii=False).encode(),
    ]


def lists() -> list[bytes]:
    """A site map, an index of site maps and an OPML list."""
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return [
        (
            f'{head}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
            "<url><loc>http://a.example/1</loc><news:news><news:publication_date>2024-12-06</news:publication_date>"
            "<news:title>عنوان</news:title></news:news></url></urlset>"
        ).encode(),
        f"{head}<sitemapindex><sitemap><loc>http://a.example/1.xml</loc></sitemap></sitemapindex>".encode(),
        (
            f'{head}<opml version="2.0"><head><title>قائمة</title></head><body><outline text="وكالات">'
            '<outline type="rss" text="وكالة" xmlUrl="http://a.example/feed"/></outline></body></opml>'
        ).encode(),
    ]
