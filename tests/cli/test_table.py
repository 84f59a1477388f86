"""The table for people."""

import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from marsad.cli.table import TableStyle, article_table
from marsad.cli.terminal import columns, isolated, printable, wrapped
from marsad.model import Article, Readers
from marsad.model.jsonl import claim_to_json

sys.path.insert(0, str(Path(__file__).parent))
from sample import ARTICLE, CLAIMS

ARABIC = re.compile(r"[\u0620-\u064a]")


def table(width=100, **style):
    return article_table(ARTICLE, CLAIMS, TableStyle(width=width, **style))


def island_depths(line):
    depth = 0
    for char in line:
        depth += (char == "\u2068") - (char == "\u2069")
        yield char, depth


@pytest.mark.parametrize("width", [40, 60, 80, 100, 200])
@pytest.mark.parametrize("why", [False, True])
def test_lines_fit_and_all_arabic_is_isolated(width, why):
    for line in table(width, why=why).splitlines():
        assert columns(line) <= width
        depths = list(island_depths(line))
        assert all(0 <= depth <= 1 for _, depth in depths)
        assert not depths or depths[-1][1] == 0
        assert all(depth == 1 for char, depth in depths if ARABIC.match(char))


def test_every_part_of_a_claim_is_shown():
    text = table(140)
    for words in (
        "الجيش ينسحب من السنديان", "2024-12-06", "3 claims",
        "withdrawal", "انسحاب", "territory.withdrawal", "organisation; concedes",
        "Sindian, SY, 35.10 36.70", "أمس الخميس", "2024-12-05", "and 1 more passage",
        "negated", "منفي", "planned", "the article itself",
        "in quotation marks", "as told by", "for \u2068غيرها\u2069", "killed 20 to 99, about",
    ):  # fmt: skip
        assert words in text
    assert "trigger:" not in text


OTHER = claim_to_json(replace(CLAIMS[0], place=None, counts=()))


@pytest.mark.parametrize(
    ("readers", "words"),
    [
        (Readers(by=("rules", "model"), confidence=0.934), ["rules and model read it alike (93% sure that the article says so)"]),
        (Readers(by=("rules",), differs=("presence",)), ["only the rules found it, the model passed it over"]),
        (Readers(by=("model",), differs=("presence",)), ["only the model found it, the rules passed it over"]),
        (
            Readers(by=("rules", "model"), differs=("place", "stance"), other=OTHER),
            ["rules and model differ: place, stance", "the other reads place: none", "the other reads stance: concedes"],
        ),
    ],
)  # fmt: skip
def test_what_two_readers_come_to_is_shown(readers, words):
    text = article_table(ARTICLE, [replace(CLAIMS[0], readers=readers)], TableStyle(width=140))
    assert [one for one in words if one not in text] == []
    assert "sure" not in text or readers.confidence is not None


def test_one_reader_alone_is_not_spoken_of():
    assert "read by" not in table(140)


def test_why_adds_the_origin_and_all_passages():
    text = table(140, why=True)
    assert "trigger:territory.withdrawal/noun" in text
    assert "more passage" not in text


def test_colour_is_asked_for():
    assert "\x1b[" not in table()
    assert "\x1b[" in table(colour=True)


def test_article_cannot_drive_the_terminal():
    article = Article(id="\x1b]0;x\x07", text="x", title="\x1b[2J\u202eعنوان\u2066", outlet="a\nb\r\x9b")
    text = article_table(article, [], TableStyle())
    assert not set(text) & set("\x1b\x07\x9b\r\u202e\u2066")
    assert "no claims" in text


@pytest.mark.parametrize(
    ("text", "width"),
    [("قُتِلَ", 3), ("قتل", 3), ("abc", 3), ("\u2068abc\u2069", 3), ("日本", 4), ("", 0)],
)
def test_columns_counts_what_is_seen(text, width):
    assert columns(text) == width


def test_wrapping_keeps_every_word():
    text = "كلمة " * 50 + "ا" * 500
    lines = wrapped(text, 30)
    assert all(columns(line) <= 30 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_printable_and_isolated():
    assert printable(" a\n b\x00") == "a b\ufffd"
    assert isolated("ا") == "\u2068ا\u2069"
