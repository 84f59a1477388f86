"""The scheme and its page say the same, and the page's examples are of the form that is read."""

import re
from pathlib import Path

import pytest

from marsad.annotations import CHOICES, EDGES, PARTS, allowed, read_terms, tool_label
from marsad.annotations.scheme import FREE, codes, label_of, value_name
from marsad.codebook import load_codebook
from marsad.export.brat_settings import ATTRIBUTES
from marsad.export.inception_layers import FEATURES

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = (ROOT / "docs/reference/annotation-scheme.md").read_text(encoding="utf-8")
HOW_TO = (ROOT / "docs/how-to/annotate-elsewhere.md").read_text(encoding="utf-8")
VALUES = sorted({name for names in (*CHOICES.values(), *FREE.values()) for name in names})


@pytest.mark.parametrize("word", [*PARTS, *EDGES, *VALUES])
def test_the_page_has_every_mark_line_and_value(word):
    assert f"`{word}`" in PAGE


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, names in CHOICES.items() for name in names]
)
def test_the_page_has_every_value_of_a_list_in_its_order(kind, name):
    assert ", ".join(f"`{value}`" for value in allowed(kind, name)) in PAGE


@pytest.mark.parametrize("code", list(load_codebook().events))
def test_labels_without_a_dot_mean_their_code(code):
    assert label_of(tool_label(code)) == label_of(code.upper()) == code


def test_labels_of_codes_and_parts_are_never_the_same():
    assert set(codes()).isdisjoint(PARTS)


NAMES = [
    (name, ours)
    for table in (ATTRIBUTES.values(), FEATURES.values())
    for names in table
    for ours, name in names.items()
]


@pytest.mark.parametrize(("name", "ours"), NAMES)
def test_names_that_exports_give_values_are_understood(name, ours):
    assert value_name(name) == ours


def test_the_mapping_of_the_page_is_read(tmp_path):
    file = tmp_path / "labels.toml"
    file.write_text(re.search(r"```toml\n(.*?)```", HOW_TO, re.S)[1], encoding="utf-8")
    terms = read_terms(file)
    assert terms.label("Monitor") == ("source", {"kind": "monitor"})
    assert terms.label("Weapon") == ("ignore", {})
    assert terms.value("Certainty", "probable") == ("modality", "possible")
    assert terms.value("Certainty", "planned") == ("modality", "planned")
