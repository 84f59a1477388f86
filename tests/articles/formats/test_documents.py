"""Word documents and PDF files become articles, or are refused for what they are."""

import io
import sys
from pathlib import Path

import pytest

from marsad.articles import Limits, article_of
from marsad.articles.formats import pdf
from marsad.errors import SetAside

sys.path.insert(0, str(Path(__file__).parent))
from made_files import TEXT, cut, read, reasons, zipped

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def document(body):
    xml = f'<w:document xmlns:w="{MAIN}"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": xml})


def refusal(path, data, **given):
    with pytest.raises(SetAside) as caught:
        read(path, data, **given)
    return caught.value.reason


def test_document_of_word_is_read_with_its_tables_in_order(tmp_path):
    docx = pytest.importorskip("docx", reason="makes the document")
    made = docx.Document()
    made.core_properties.title = "عنوان  الخبر"
    made.add_paragraph(TEXT)
    table = made.add_table(2, 2)
    for place, words in enumerate(("أولى", "ثانية", "ثالثة", "رابعة")):
        table.cell(place // 2, place % 2).text = words
    made.add_paragraph("نهاية الخبر")
    out = io.BytesIO()
    made.save(out)
    article = read(tmp_path / "خبر.docx", out.getvalue())
    assert article.text.split("\n") == [TEXT, "أولى", "ثانية", "ثالثة", "رابعة", "نهاية الخبر"]
    assert article.title == "عنوان الخبر"
    assert article.published is None
    assert article.id.startswith("خبر-")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<w:p><w:r><w:t>قال </w:t><w:tab/><w:t>إن</w:t><w:br/><w:t>الجيش</w:t></w:r></w:p>", "قال \tإن\nالجيش"),
        ("<w:p><w:ins><w:r><w:t>زيد </w:t></w:r></w:ins><w:del><w:r><w:delText>حذف</w:delText></w:r></w:del>"
         "<w:hyperlink><w:r><w:t>رابط</w:t></w:r></w:hyperlink></w:p>", "زيد رابط"),
        ("<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>نص</w:t></w:r></w:p><w:p/>", "نص"),
        ("<w:sdt><w:sdtContent><w:p><w:r><w:t>نص</w:t></w:r></w:p></w:sdtContent></w:sdt>", "نص"),
        ("<w:p><w:r><w:t>قبل</w:t></w:r><w:r><w:pict><w:p><w:r><w:t>في الإطار</w:t></w:r></w:p></w:pict></w:r></w:p>"
         "<w:Fallback><w:p><w:r><w:t>في الإطار</w:t></w:r></w:p></w:Fallback>", "قبل\nفي الإطار"),
    ],
    ids=["breaks", "changes and links", "settings of a paragraph", "content control", "text box"],
)  # fmt: skip
def test_words_of_a_document(tmp_path, body, text):
    long = f"<w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>"
    assert read(tmp_path / "a.docx", document(body + long)).text == f"{text}\n{TEXT}"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (document("<w:p/>"), "no_text"),
        (document("<w:p>"), "damaged"),
        (document("<w:p><w:r><w:t>" + "ا" * 3_000_000 + "</w:t></w:r></w:p>"), "too_long"),
        (zipped({"[Content_Types].xml": "<Types/>", "word/other.xml": "<x/>"}), "damaged"),
        (document(f"<w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>").replace(b"\x14\x00\x00\x00", b"\x14\x00\x01\x00"), "encrypted"),
    ],
    ids=["nothing", "broken XML", "zip bomb", "no text part", "encrypted"],
)  # fmt: skip
def test_documents_that_are_refused(tmp_path, data, reason):
    assert refusal(tmp_path / "a.docx", data) == reason


def test_document_that_unpacks_to_more_than_the_limit_is_refused(tmp_path):
    data = document(f"<w:p><w:r><w:t>{TEXT * 20}</w:t></w:r></w:p>")
    assert read(tmp_path / "a.docx", data).text == TEXT * 20
    (raw,) = cut(tmp_path / "a.docx", data)
    with pytest.raises(SetAside, match="limit is 3,000"):
        article_of(raw, limits=Limits(bytes=3_000))


def test_entities_of_a_document_are_not_followed(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text(TEXT, encoding="utf-8")
    xml = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]><w:document xmlns:w="{MAIN}"><w:p><w:t>&e;</w:t></w:p></w:document>'
    data = zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": xml})
    assert refusal(tmp_path / "a.docx", data) in ("no_text", "damaged")


def test_text_part_under_another_name_is_found(tmp_path):
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = f'<Types><Override PartName="/word/document2.xml" ContentType="{kind}"/></Types>'
    xml = f'<w:document xmlns:w="{MAIN}"><w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p></w:document>'
    assert (
        read(tmp_path / "a.docx", zipped({"[Content_Types].xml": types, "word/document2.xml": xml})).text
        == TEXT
    )


def test_old_word_file_is_refused_with_advice(tmp_path):
    (raw,) = cut(tmp_path / "a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert raw.refusal.reason == "binary"
    assert "save it as .docx" in raw.refusal.message


LINES = [
    "أعلن الجيش انسحابه من المدينة بعد معارك عنيفة",
    "استمرت ثلاثة أيام في الريف الشمالي.",
    "وقال المتحدث إن القوات في الطريق.",
]
WORDS = f"{LINES[0]} {LINES[1]}\n{LINES[2]}"


def pdf_file(lines, *, backwards=True, pages=1, more=""):
    """A PDF file whose lines stand as they are printed, from left to right (or letter by letter the other way round)."""
    codes = {letter: 33 + place for place, letter in enumerate(sorted(set("".join(lines))))}
    shown = [[codes[letter] for letter in (reversed(line) if backwards else line)] for line in lines]
    drawn = "".join(f"<{bytes(line).hex()}> Tj 0 -20 Td " for line in shown)
    table = "".join(f"<{code:02x}> <{ord(letter):04x}>\n" for letter, code in codes.items())
    frame = "begincmap 1 begincodespacerange <00> <ff> endcodespacerange"
    kids = " ".join(f"{number} 0 R" for number in range(10, 10 + pages))
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        4: stream(f"BT /F1 12 Tf 50 700 Td {drawn} ET" if lines else ""),
        5: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
        6: stream(f"{frame} {len(codes)} beginbfchar\n{table}endbfchar endcmap"),
        **{10 + number: PAGE for number in range(pages)},
    }
    out, places = b"%PDF-1.4\n", {}
    for number, body in objects.items():
        places[number] = len(out)
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    rows = "".join(f"{number} 1\n{place:010d} 00000 n \n" for number, place in places.items())
    return (
        out
        + f"xref\n{rows}trailer\n<< /Size {max(objects) + 1} /Root 1 0 R {more}>>\nstartxref\n{len(out)}\n%%EOF\n".encode()
    )


PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"


def stream(text):
    return f"<< /Length {len(text)} >>\nstream\n{text}\nendstream"


@pytest.fixture
def without_program(monkeypatch):
    monkeypatch.setattr(pdf.shutil, "which", lambda name: None)


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Puts a program in the place of ``pdftotext`` that does what it is told."""

    def put(code):
        path = tmp_path / "pdftotext"
        path.write_text(f"#!{sys.executable}\nimport sys\n{code}", encoding="utf-8")
        path.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))

    return put


@pytest.mark.usefixtures("without_program")
def test_pdf_is_read_with_a_caution(tmp_path):
    article = read(tmp_path / "a.pdf", pdf_file(LINES))
    assert article.text == WORDS
    assert article.extra["caution"] == "pdf_order"
    assert "wrong order" in article.extra["caution_text"]


@pytest.mark.usefixtures("without_program")
def test_printed_shapes_become_letters_and_other_signs_stay(tmp_path):
    text = read(tmp_path / "a.pdf", pdf_file(["ﺃﻋﻠﻦ ﺍﻟﺠﻴﺶ ﺍﻧﺴﺤﺎﺑﻪ ﻣﻦ ﺍﻟﻤﺪﻳﻨﺔ ﻻ", "½ ²"])).text
    assert text.startswith("أعلن الجيش انسحابه من المدينة لا")
    assert "½" in text
    assert "²" in text


@pytest.mark.usefixtures("without_program")
@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf_file([]), "no_text"),
        (pdf_file(LINES, pages=0), "no_text"),
        (pdf_file(LINES)[:200], "damaged"),
        (pdf_file(LINES, pages=pdf.MOST_PAGES + 1), "too_long"),
        (pdf_file(LINES, backwards=False), "pdf_order"),
        (pdf_file(LINES, more="/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <00> /U <00> >> /ID [<00> <00>] "), "encrypted"),
    ],
    ids=["pictures only", "no pages", "cut off", "too many pages", "backwards", "encrypted"],
)  # fmt: skip
def test_pdf_files_that_are_refused(tmp_path, data, reason):
    assert refusal(tmp_path / "a.pdf", data) == reason


def test_program_is_used_where_it_is_installed(tmp_path, program):
    program(
        "data = sys.stdin.buffer.read()\nassert data.startswith(b'%PDF') and sys.argv[1:4] == ['-q', '-enc', 'UTF-8']\n"
        f"sys.stdout.buffer.write('\\u202b{LINES[0]}\\u202c\\n{LINES[1]}\\n\\f{LINES[2]}\\n\\f'.encode())"
    )
    article = read(tmp_path / "a.pdf", pdf_file(["x"]))
    assert article.text == f"{LINES[0]} {LINES[1]}\n\n{LINES[2]}"
    assert article.extra["caution"] == "pdf_order"


def test_two_readings_of_a_pdf_mend_each_other(tmp_path, program):
    program(
        f"sys.stdin.buffer.read()\nsys.stdout.buffer.write({LINES[1].replace('ثلاثة', 'ثالثة')!r}.encode() + b'\\f')"
    )
    assert read(tmp_path / "a.pdf", pdf_file(LINES)).text == LINES[1]


@pytest.mark.usefixtures("without_program")
def test_lines_that_come_from_the_left_are_turned(tmp_path):
    turned = [" ".join(reversed(line.removesuffix(".").split())) for line in LINES]
    lines = [turned[0], f".{turned[1]}", f".{turned[2]}"]
    assert read(tmp_path / "a.pdf", pdf_file(lines)).text == WORDS


@pytest.mark.parametrize("code", ["sys.exit(1)", "pass", "import os\nos.kill(os.getpid(), 9)"])
def test_program_that_fails_is_done_without(tmp_path, program, code):
    program(code)
    assert read(tmp_path / "a.pdf", pdf_file(LINES)).text == WORDS


def test_too_many_pages_of_the_program_are_refused(tmp_path, program):
    program(f"sys.stdin.buffer.read()\nprint('x\\f' * {pdf.MOST_PAGES + 1})")
    assert refusal(tmp_path / "a.pdf", pdf_file(LINES)) == "too_long"


def test_pdf_over_the_limit_is_refused_at_the_door(tmp_path):
    assert reasons(cut(tmp_path / "a.pdf", pdf_file(LINES), bytes=500)) == ["too_long"]


@pytest.mark.usefixtures("without_program")
def test_page_that_cannot_be_read_is_told_of(tmp_path, monkeypatch):
    from pypdf import PageObject

    answers = iter([RecursionError(), LINES[0], KeyError("/Contents")])

    def extract(self):
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(PageObject, "extract_text", extract)
    article = read(tmp_path / "a.pdf", pdf_file(LINES, pages=3))
    assert article.text == LINES[0]
    assert "2 of its 3 pages could not be read" in article.extra["caution_text"]
