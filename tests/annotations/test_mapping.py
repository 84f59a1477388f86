"""Files that say what other people's labels mean, and cards of articles: what is wrong in them is named."""

import pytest

from marsad.annotations import read_cards, read_terms
from marsad.annotations.cards import layout_of
from marsad.errors import InputError

WRONG = [
    ("a.toml", "[labels]\nX = 'no.code'", "'X' is mapped to 'no.code'"),
    ("a.toml", "[labels]\nX = 'source monitor'", "'X' is mapped to 'source monitor'"),
    ("a.toml", "[roles]\nX = 'hero'", "'X' is mapped to 'hero'; there are source"),
    ("a.toml", "[label]\nX = 'actor'", "no table 'label'"),
    ("a.toml", "labels = 3", "labels must be a table of words"),
    ("a.toml", "[labels", "is no mapping"),
    ("a.yml", "labels: [1", "is no mapping"),
    ("a.yml", "- 1", "it holds no tables"),
    ("a.yml", "values:\n  X: 3\n", "values must be a table of words"),
]


@pytest.mark.parametrize(("name", "text", "words"), WRONG)
def test_a_wrong_mapping_is_named(tmp_path, name, text, words):
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=words) as error:
        read_terms(tmp_path / name)
    assert str(tmp_path / name) in str(error.value)


def test_toml_and_yaml_say_the_same(tmp_path):
    (tmp_path / "a.toml").write_text('[labels]\nArmed_Attack = "fight.attack"', encoding="utf-8")
    (tmp_path / "a.yaml").write_text("labels:\n  Armed_Attack: fight.attack\n", encoding="utf-8")
    one, other = (read_terms(tmp_path / name) for name in ("a.toml", "a.yaml"))
    assert one == other
    assert one.label("Armed_Attack") == ("fight.attack", {})
    assert one.label("Armed Attack") == (None, {})


CARDS = [
    ("{", "line 1 is no JSON"),
    ('{"title": "x"}', "line 1 is no article: it has no id"),
    ('{"id": "a"}\n{"id": "a"}', "line 2: there are two articles 'a'"),
    ('{"id": "a", "published": 2031}', "'published' is no words"),
]


@pytest.mark.parametrize(("text", "words"), CARDS)
def test_wrong_cards_are_named(tmp_path, text, words):
    (tmp_path / "cards.jsonl").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        read_cards(tmp_path / "cards.jsonl")


LAYOUTS = [
    ("no card", "عنوان\nنص", {}, None, (0, 0)),
    ("the card says where", "عنوان\nنص", {"title": "عنوان", "text_from": 6}, None, (5, 6)),
    ("the card has the text", "عنوان\nنص", {"title": "عنوان", "text": "نص"}, None, (5, 6)),
    ("the text alone was annotated", "نص", {"title": "عنوان", "text": "نص"}, None, (0, 0)),
    ("a mark says it", "عنوان\n\nنص", {"title": "عنوان"}, (0, 5), (5, 7)),
]


@pytest.mark.parametrize(
    ("document", "card", "marked", "wanted"), [row[1:] for row in LAYOUTS], ids=[row[0] for row in LAYOUTS]
)
def test_where_the_title_ends_and_the_text_begins(document, card, marked, wanted):
    assert layout_of(document, card, marked) == wanted


@pytest.mark.parametrize("card", [{"title": "آخر", "text_from": 6}, {"text": "آخر"}])
def test_a_card_of_another_document_is_an_error(card):
    with pytest.raises(ValueError, match=r"another document|is not that of the article"):
        layout_of("عنوان\nنص", card, None)


def test_what_runs_from_the_title_into_the_text_is_an_error():
    layout = layout_of("عنوان\nنص", {"title": "عنوان", "text_from": 6}, None)
    assert layout.span(0, 5) == (0, 5, "title")
    assert layout.span(6, 8) == (0, 2, "text")
    with pytest.raises(ValueError, match="from the title into the text"):
        layout.span(3, 8)
