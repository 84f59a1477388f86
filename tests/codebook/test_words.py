"""The codebook and the lexicon of events agree: every example of either holds a word that can name its event."""

from functools import cache

import pytest

from marsad.arabic import tokenise
from marsad.arabic.compile import lexicon_files, read_entries
from marsad.claims.frames import Frames
from marsad.claims.hits import find_hits
from marsad.codebook import load_codebook
from marsad.reading import ReadingKit

BOOK = load_codebook()
ENTRIES = [(path.stem, cls, entry) for path in lexicon_files() for cls, entry in read_entries(path)]
TRIGGERS = [entry for _, cls, entry in ENTRIES if cls == "trigger"]
MEANS = [entry for _, cls, entry in ENTRIES if cls == "means"]
PARTS = {*BOOK.values["roles"], "place", "means", "content", "addressee", "count"}
NEEDS = {"armed", "people", "place", "person", "state", "weapon", "conflict"}


@cache
def tools():
    return ReadingKit.load().lexicon, Frames()


def events_in(sentence: str) -> set[str]:
    """The codes that a word of the sentence can name, means words included."""
    lexicon, frames = tools()
    tokens = tokenise(sentence, lexicon)
    hits = find_hits(tokens, 0, len(tokens), lexicon, frames)
    means = {str(s.data["event"]) for t in tokens for s in t.word.senses if s.cls == "means"}
    return {hit.frame.event for hit in hits} | (means if any(hit.frame.refine for hit in hits) else set())


def name(entry) -> str:
    return f"{entry['event']} {entry.get('verb') or entry.get('word') or entry.get('phrase')}"


@pytest.mark.parametrize("entry", TRIGGERS, ids=name)
def test_trigger_is_found_in_its_example(entry):
    assert entry["event"] in events_in(entry["example"])


@pytest.mark.parametrize("event", BOOK.events.values(), ids=lambda event: event.code)
def test_examples_of_the_codebook_hold_a_trigger_of_their_code(event):
    assert [e.text for e in event.examples if event.code not in events_in(e.text)] == []


def test_every_code_has_triggers():
    assert {entry["event"] for entry in TRIGGERS} == set(BOOK.events)


@pytest.mark.parametrize("entry", [*TRIGGERS, *MEANS], ids=name)
def test_entry_uses_known_codes_and_weights(entry):
    assert entry["event"] in BOOK.events
    assert 0 < entry.get("weight", 0.8) <= 1
    assert set(entry.get("needs", ())) <= NEEDS


@pytest.mark.parametrize("entry", TRIGGERS, ids=name)
def test_frames_name_known_parts(entry):
    slots = [*entry.get("frame", {}).values(), *entry.get("passive", {}).values(), entry.get("self", "agent")]
    slots.append(entry.get("genitive", "auto"))
    named = {part for slot in slots for part in (slot if isinstance(slot, list) else [slot])}
    assert named <= PARTS | {"auto"}


def test_no_trigger_stands_twice():
    seen = [
        (e["event"], e.get("verb") or e.get("word") or e.get("phrase"), tuple(e.get("with", ())))
        for e in TRIGGERS
    ]
    assert [key for key in seen if seen.count(key) > 1] == []
