"""Tables: which column is which, which rows are set aside, and that one bad row costs no other."""

import gzip
import io
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from marsad.articles import article_of
from marsad.articles.formats.rows import recognised

sys.path.insert(0, str(Path(__file__).parent))
from made_files import TEXT, cut, reasons, shape

ARABIC = f"النص,العنوان,التاريخ,المصدر,الرابط,القسم\n{TEXT},عنوان,2024-12-06,وكالة,https://example.org/1,سياسة\n".replace(
    "عنيفة،", "عنيفة"
)


def articles(raws):
    return [article_of(raw) for raw in raws if not raw.refusal]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1256"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_columns_are_known_by_their_headers(tmp_path, encoding, delimiter):
    data = ARABIC.replace(",", delimiter).encode(encoding)
    for name, packed in (("a.csv", data), ("a.tsv.gz", gzip.compress(data))):
        (article,) = articles(cut(tmp_path / name, packed))
        assert (article.title, article.published, article.outlet) == ("عنوان", "2024-12-06", "وكالة")
        assert article.url == "https://example.org/1"
        assert article.extra == {"القسم": "سياسة"}
        assert article.text.startswith("أعلن الجيش")


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (["Text", "Date", "Source"], {"text": "Text", "published": "Date", "outlet": "Source"}),
        (["article_body", "pub-date", "URL", "ID"], {"text": "article_body", "published": "pub-date", "url": "URL", "id": "ID"}),
        (["نصّ الخبر", "تاريخ النشر", "الرابط"], {"text": "نصّ الخبر", "published": "تاريخ النشر", "url": "الرابط"}),
        (["محتوى", "عنوان"], {"text": "محتوى", "title": "عنوان"}),
        (["text", "content"], {"text": "text"}),
        (["a", "b"], {}),
    ],
)  # fmt: skip
def test_well_known_headers(headers, expected):
    assert recognised(headers) == expected


def test_columns_that_the_user_names_win(tmp_path):
    data = f"text,body,when\nملخص,{TEXT.replace('،', ' ')},2024-12-06\n"
    columns = {"text": "body", "published": "when"}
    (article,) = articles(cut(tmp_path / "export.txt", data, columns))
    assert article.published == "2024-12-06"
    assert article.text.startswith("أعلن")
    assert article.extra == {"text (column)": "ملخص"}


@pytest.mark.parametrize(
    ("data", "columns", "words"),
    [
        ("a,b\n1,2\n", None, "the columns are: a, b"),
        ("a,b\n1,2\n", {"text": "c"}, "'c'"),
        ("a,b\n1,2\n", {"body": "a"}, "'body'"),
        ("," * 20_000 + "\n", None, "row of headers"),
    ],
)
def test_missing_text_column_is_one_refusal(tmp_path, data, columns, words):
    (raw,) = cut(tmp_path / "a.csv", data, columns)
    assert raw.refusal.reason == "no_column"
    assert words in raw.refusal.message


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2024-12-06", "2024-12-06"),
        ("2024-12-06 09:30:00", "2024-12-06 09:30:00"),
        ("2024-12-06T09:30:00+03:00", "2024-12-06T09:30:00+03:00"),
        ("2024/12/06", "2024-12-06"),
        ("2024/1/6", "2024-01-06"),
        ("2024/12/06 09:30", "2024-12-06T09:30"),
        ("٢٠٢٤-١٢-٠٦", "2024-12-06"),
        ("", None),
        ("06/12/2024", "bad_date"),
        ("12-06-2024", "bad_date"),
        ("2024-13-06", "bad_date"),
        ("6 كانون الأول", "bad_date"),
        ("45632", "bad_date"),
    ],
)
def test_dates_are_taken_or_set_aside_but_not_guessed(tmp_path, written, kept):
    (raw,) = cut(tmp_path / "a.csv", f"text;date\n{TEXT};{written}\n")
    if kept == "bad_date":
        assert raw.refusal.reason == "bad_date"
        assert repr(written) in raw.refusal.message
    else:
        assert article_of(raw).published == kept


def row(number, more=""):
    return f"{number};{TEXT}{more}\n"


@pytest.mark.parametrize(
    ("name", "lines", "expected"),
    [
        ("line breaks in quotation marks", [row(1), f'2;"{TEXT}\n\nسطر\n"\n', row(3)], ["record"] * 3),
        ("blank lines and empty rows", [row(1), "\n", ";\n", row(2)], ["record"] * 2),
        ("too few fields", [row(1), "2\n", row(3)], ["record", "bad_row", "record"]),
        ("too many fields", [row(1), row(2, ";x"), row(3)], ["record", "bad_row", "record"]),
        ("empty fields at the end", [row(1, ";;")], ["record"]),
        (
            "a quotation mark that is not closed",
            [row(1), '2;"x\n', *map(row, range(3, 9))],
            ["record", "bad_row", *["record"] * 6],
        ),
        (
            "the same in the middle of lines",
            [row(1), '2;"x\nسطر\nسطر\n', row(3)],
            ["record", "bad_row", "record"],
        ),
        ("NUL bytes", [row(1), row(2, "\0"), row(3)], ["record", "binary", "record"]),
        ("a lone carriage return", [row(1), row(2, "\rx"), row(3)], ["record", "bad_row", "record"]),
        ("a field over the limit", [row(1), row(2, "x" * 2000), row(3)], ["record", "too_long", "record"]),
        ("no row at all", [], []),
    ],
)
def test_bad_row_costs_no_other(tmp_path, name, lines, expected):
    raws = cut(tmp_path / "a.csv", "id;text\n" + "".join(lines), bytes=2000)
    assert [kind for kind, _ in shape(raws)] == expected


def test_row_in_another_encoding_is_set_aside_alone(tmp_path):
    data = f"id;text\n{row(1)}".encode() + row(2).encode("cp1256") + row(3).encode()
    raws = cut(tmp_path / "a.csv", data)
    assert shape(raws) == [("record", "row 2"), ("undecodable", "row 3"), ("record", "row 4")]


def test_rows_without_an_id_are_named_by_file_text_and_address(tmp_path):
    raws = cut(tmp_path / "news.csv", f"text;url\n{TEXT};a\n{TEXT};a\n{TEXT};b\n")
    one, same, other = (article.id for article in articles(raws))
    assert one == same != other
    assert one.startswith("news-")


def test_columns_without_a_name_or_with_the_same_are_kept(tmp_path):
    (article,) = articles(cut(tmp_path / "a.csv", f"text;;tag;tag\n{TEXT};x;y;z\n"))
    assert article.extra == {"column 2": "x", "tag": "y", "tag (2)": "z"}


def test_spreadsheet_hint_about_the_delimiter_is_followed(tmp_path):
    (article,) = articles(cut(tmp_path / "a.csv", f"sep=|\nid|text\n1|{TEXT}\n"))
    assert article.id == "1"


def test_table_of_nothing_is_empty(tmp_path):
    assert reasons(cut(tmp_path / "a.csv", "\n \n")) == ["empty"]


def parquet_file(columns, **options):
    pyarrow = pytest.importorskip("pyarrow", reason="needs the extra marsad[parquet]")
    from pyarrow import parquet

    out = io.BytesIO()
    parquet.write_table(pyarrow.table(columns), out, **options)
    return out.getvalue()


def test_parquet_rows_are_read_with_their_types(tmp_path):
    columns = {
        "المتن": [TEXT] * 3,
        "date": [datetime(2024, 12, 6, 9, tzinfo=UTC), None, datetime(2024, 12, 7, tzinfo=UTC)],
        "day": [date(2024, 12, 6)] * 3,
        "share": [1.5, float("nan"), None],
        "tags": [["أ"], [], None],
        "raw": [b"x", b"\xff", None],
    }
    raws = cut(tmp_path / "a.parquet", parquet_file(columns, row_group_size=2))
    first, second, third = articles(raws)
    assert [raw.member for raw in raws] == ["row 1", "row 2", "row 3"]
    assert [first.published, second.published] == ["2024-12-06T09:00:00+00:00", None]
    assert first.extra == {"day": "2024-12-06", "share": 1.5, "tags": ["أ"], "raw": "x"}
    assert second.extra == {"day": "2024-12-06", "tags": [], "raw": "\ufffd"}
    assert third.extra == {"day": "2024-12-06"}


def test_parquet_columns_are_mapped(tmp_path):
    data = parquet_file({"a": [TEXT], "b": ["x-1"]})
    (article,) = articles(cut(tmp_path / "a.parquet", data, {"text": "a", "id": "b"}))
    assert article.id == "x-1"
    assert reasons(cut(tmp_path / "a.parquet", data)) == ["no_column"]


def test_damaged_row_group_costs_no_other(tmp_path):
    texts = [f"{TEXT} {number}" for number in range(4)]
    data = parquet_file({"text": texts}, row_group_size=2, compression="none", use_dictionary=False)
    at = data.index(texts[0].encode()) - 20
    raws = cut(tmp_path / "a.parquet", data[:at] + b"\xff" * 40 + data[at + 40 :])
    assert shape(raws)[0] == ("damaged", "row group 0")
    assert [raw.data["text"] for raw in raws[1:]] == texts[2:]


def test_damaged_parquet_file_is_refused(tmp_path):
    assert reasons(cut(tmp_path / "a.parquet", parquet_file({"text": [TEXT]})[:-9])) == ["damaged"]


def test_parquet_without_its_extra_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (raw,) = cut(tmp_path / "a.parquet", b"PAR1 ... PAR1")
    assert raw.refusal.reason == "needs_extra"
    assert 'pip install "marsad[parquet]"' in raw.refusal.message
