"""What a stage imports is in its fingerprint: a change of code that may change rows is never taken for work that is done."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

import marsad
from marsad.archive.fingerprints import ROOMS, code_for, code_of, files_of
from marsad.archive.stages import STAGES

HOME = Path(marsad.__file__).parent

APART = {
    "marsad.errors": "kinds of errors, none of which is in a row",
    "marsad.archive.fingerprints": "its digests are in the key themselves",
    "marsad.archive.folder": "how files are named and committed; what is in them is the schema's",
    "marsad.archive.plan": "what it holds is in the key",
    "marsad.archive.shard": "what it holds is in the key",
    "marsad.archive.shards": "how inputs are shared out is in the key",
    "marsad.archive.stages": "the list of stages",
    "marsad.archive.task": "the key itself",
    "marsad.archive.model_reading": "only where a model reads: then the key has who reads, and the fingerprint is that of `read+model`",
}
"""Modules that decide no row, and why."""

ASKING = "marsad.archive.model_reading"
FREE = frozenset({"marsad"})
"""The version of the program, which a reader's name has: that is in no row."""

WIDE = frozenset({"marsad.run.pipeline", "marsad.run.reconciling", "marsad.run.controlling"})
"""Doors to who is who that can do far more: they count, and what lies behind them only for ``read``, which reads."""


def file_of(module):
    place = HOME.parent.joinpath(*module.split("."))
    return next((path for path in (place / "__init__.py", place.with_suffix(".py")) if path.is_file()), None)


@cache
def tree_of(module):
    return ast.parse(file_of(module).read_text(encoding="utf-8"))


def froms(module):
    return [one for one in ast.walk(tree_of(module)) if isinstance(one, ast.ImportFrom) and one.module]


@cache
def home_of(module, name):
    """The module that a name comes from, through the front doors of rooms."""
    if file_of(f"{module}.{name}"):
        return f"{module}.{name}"
    if file_of(module).name == "__init__.py":
        for one in froms(module):
            if any((alias.asname or alias.name) == name for alias in one.names):
                return home_of(one.module, name)
    return module


@cache
def imported(module):
    found = {
        home_of(one.module, alias.name)
        for one in froms(module)
        if one.module.split(".")[0] == "marsad"
        for alias in one.names
    }
    whole = (one for one in ast.walk(tree_of(module)) if isinstance(one, ast.Import))
    return found | {
        alias.name for one in whole for alias in one.names if alias.name.split(".")[0] == "marsad"
    }


def behind(stage):
    """All modules that a stage comes to, but those behind what is apart."""
    name, _, model = stage.partition("+")
    shut = {"marsad", *APART} | (WIDE if name != "read" else WIDE - {"marsad.run.pipeline"})
    left = [f"marsad.archive.stages.{name}", *([ASKING] if model else [])]
    seen = set(left)
    while left:
        for module in imported(left.pop()) - seen:
            seen.add(module)
            if module not in shut:
                left.append(module)
    return seen


@pytest.mark.parametrize("stage", [*STAGES, "read+model"])
def test_all_code_that_decides_rows_is_in_the_fingerprint(stage):
    held = set(files_of(stage))
    needed = behind(stage)
    assert len(needed) > 5  # imports were found at all
    apart = {*APART, *FREE} - ({ASKING} if "+" in stage else set())
    assert sorted(module for module in needed - apart if file_of(module) not in held) == []


def test_what_the_rules_read_hangs_on_nothing_that_asks_a_model():
    asking = {
        path.relative_to(HOME).as_posix() for path in set(files_of("read+model")) - set(files_of("read"))
    }
    assert {one for one in asking if not one.startswith("llm/")} == {
        "archive/model_reading.py",
        "archive/model_told.py",
        "run/readers.py",
        "run/readers_model.py",
        "deadline.py",
    }
    assert set(files_of("read")) < set(files_of("read+model"))
    assert (
        code_for("read", "rules") == code_of("read") != code_for("read", "both") == code_for("read", "model")
    )
    assert code_for("settle", "model") == code_of("settle")


@pytest.mark.parametrize("stage", STAGES)
def test_what_is_compiled_of_word_lists_and_read_is_in_it(stage):
    held = set(files_of(stage))
    sources = (file_of(module).read_text(encoding="utf-8") for module in behind(stage))
    read = {HOME / "_built" / name for text in sources for name in re.findall(r'"_built" / "([\w.]+)"', text)}
    assert stage not in ("read", "settle") or read
    assert sorted(read - held) == []


def test_every_exception_is_still_imported_by_a_stage():
    found = {module for stage in STAGES for module in behind(stage)}
    assert (set(APART) | WIDE) - found == set()


@pytest.mark.parametrize("stage", ROOMS)
def test_every_room_that_is_named_holds_files(stage):
    """A name that is misspelt, or of a file that was moved, would take part in nothing."""
    assert [room for room in ROOMS[stage] if not (HOME / room).exists()] == []


def test_stages_with_other_code_have_other_fingerprints():
    assert len({code_of(stage) for stage in STAGES if stage not in ("stitch", "control")}) == len(STAGES) - 2
    assert code_of("stitch") != code_of("control")  # the same rooms, and each its own module
