"""The interface's own words: in both languages, each used, and none missing."""

import re
import string

import pytest
import yaml

from marsad.web.pages import TEMPLATES, environment
from marsad.web.words import FOLDER, WordsError, load_words

SOURCE = FOLDER.parent
PYTHON = "\n".join(file.read_text(encoding="utf-8") for file in sorted(SOURCE.rglob("*.py")))
PAGES = {file.name: file.read_text(encoding="utf-8") for file in sorted(TEMPLATES.glob("*.html"))}
SCRIPTS = "\n".join(file.read_text(encoding="utf-8") for file in sorted((SOURCE / "static").glob("*.js")))
WORDS = load_words()
ALL = "\n".join((PYTHON, *PAGES.values(), SCRIPTS))
LITERAL = re.compile(r"""\b(?:t|words|has)\(\s*f?["']([a-z]\w*(?:\.[\w ]+)+)["']\s*[,)]""")
BUILT = re.compile(r"""["']([a-z][\w.]*\.)["']\s*(?:~|\+)|\bf["']([a-z][\w.]*\.)\{""")
GROUPS = ("status.", "state.", "review.", "precision.", "event.", "role.", "readers.")
"""Beginnings of keys that `Words.label` makes."""
KEYS = sorted(WORDS["en"].entries)


def fields(text):
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def faults(key):
    """What is wrong with the texts of a key."""
    texts = {lang: words.entries[key] for lang, words in WORDS.items()}
    if not all(text.strip() for text in texts.values()):
        yield "one is empty"
    if fields(texts["en"]) != fields(texts["ar"]):
        yield "the values differ"
    for lang, text in texts.items():
        if re.search(r"[←-⇿➔-➾⟵-⟿]|->|<-", text):
            yield f"{lang}: an arrow, which points the wrong way in one of the two directions"
        if "<" in text:
            yield f"{lang}: words are no HTML"
    if re.search(r"[؀-ۿ]", texts["en"]):
        yield "the English is Arabic"


def test_keys_have_both_languages_with_the_same_values_and_no_arrows():
    assert {key: found for key in KEYS if (found := list(faults(key)))} == {}


@pytest.mark.parametrize("lang", WORDS)
def test_every_key_that_a_page_asks_for_is_there(lang):
    asked = set(LITERAL.findall(ALL))
    missing = sorted(key for key in asked if not WORDS[lang].has(key))
    assert missing == []


def test_no_key_is_left_over():
    asked = set(LITERAL.findall(ALL))
    begun = {one or other for one, other in BUILT.findall(ALL)} | set(GROUPS)
    quoted = {"unknown"} | set(re.findall(r"""["']([a-z][\w]*(?:\.[\w ]+)+)["']""", ALL))
    rooms = {f"room.{key}" for group in environment().globals["rooms"]() for _, key in group}
    left = [key for key in KEYS if key not in asked | quoted | rooms and not key.startswith(tuple(begun))]
    assert left == []


@pytest.mark.parametrize("name", PAGES)
def test_a_template_has_no_words_of_its_own_and_nothing_that_the_policy_forbids(name):
    text = PAGES[name]
    assert environment().get_template(name), "it can be read"
    assert not re.search(r"\sstyle=|<style\b|\son[a-z]+=[\"']|javascript:|<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"""(?:src|href|action|hx-get|hx-post)=["']\s*(?:https?:)?//""", text), (
        "nothing is fetched from elsewhere"
    )
    assert not re.search(r"[→←]", text)


def test_files_of_words_that_cannot_be_used_are_refused(tmp_path):
    bad = {"one language": "a: {en: x}", "a third": "a: {en: x, ar: ي, fr: y}", "no texts": "a: x"}
    for number, (why, text) in enumerate(bad.items()):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "a.yml").write_text(text, encoding="utf-8")
        with pytest.raises(WordsError, match=r"a\.yml"):
            load_words(folder)
        assert why
    twice = tmp_path / "twice"
    twice.mkdir()
    for name in ("a", "b"):
        (twice / f"{name}.yml").write_text("k: {en: x, ar: ي}", encoding="utf-8")
    with pytest.raises(WordsError, match="another file"):
        load_words(twice)


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.yml")), ids=lambda file: file.stem)
def test_no_key_stands_twice_in_a_file(file):
    keys = re.findall(r"^([^\s#][^:]*):", file.read_text(encoding="utf-8"), re.M)
    assert len(keys) == len(set(keys)) == len(yaml.safe_load(file.read_text(encoding="utf-8")))


OTHER_WORDS = {
    "an article is مقال": r"مقالة",
    "a gazetteer is معجم الأماكن": r"دليل الأماكن|أدلة الأماكن",
    "who holds a place is المسيطر": r"صاحب السيطرة",
    "a spell is فترة": r"\bمدد\b",
    "the accusative is written out": r"(?<=[\u0621-\u064a])(?:يوما|أصولا|حدثا|مجلدا|اسما|أولا|أخيرا)\b",
    "a number stands after its noun": r"\{(?:n|number|count|spells)\} (?:من |في )?[\u0621-\u064a]{4,}",
}


@pytest.mark.parametrize(("why", "pattern"), OTHER_WORDS.items())
def test_one_word_is_used_for_a_thing_in_arabic(why, pattern):
    found = {key: text for key, text in WORDS["ar"].entries.items() if re.search(pattern, text)}
    assert not found, why
