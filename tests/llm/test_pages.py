"""The pages on language models tell of what the program has."""

import re

from marsad.llm.oath_reasons import REASONS


def test_every_reason_stands_in_the_explanation(project):
    page = (project / "docs/explanation/how-a-model-is-put-under-oath.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", page, re.MULTILINE))
    assert rows == dict(REASONS)


def test_how_to_shows_options_that_exist(project):
    page = (project / "docs/how-to/bring-a-language-model.md").read_text(encoding="utf-8")
    reference = (project / "docs/reference/command-line.md").read_text(encoding="utf-8")
    for option in set(re.findall(r"`(--[a-z-]+)", page)) | set(
        re.findall(r"marsad [^`\n]*?(--[a-z-]+)", page)
    ):
        assert (
            f"{option} " in reference
            or f"{option}\n" in reference
            or f"{option}/" in reference
            or f"/{option}" in reference
        ), option
