"""The pages keep their word: links lead somewhere, make targets exist, the tutorial's commands do what it says."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "bench/README.md", ROOT / "demo/README.md"]
)
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```", re.M | re.S)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def blocks(path: Path, language: str) -> list[str]:
    return [body for kind, body in FENCE.findall(path.read_text(encoding="utf-8")) if kind == language]


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_somewhere(page):
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    targets = re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", text)
    broken = [t for t in targets if not t.startswith(("http:", "https:")) and not (page.parent / t).exists()]
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_pages_are_short_and_begin_with_a_heading(page):
    lines = page.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 500 or page.parent.name == "reference"
    assert lines[0].startswith("# ")


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_make_targets_exist(page):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    asked = set(re.findall(r"(?:^|`|; )make ([a-z-]+)", page.read_text(encoding="utf-8"), re.M))
    assert asked - targets == set()


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_prose_has_no_empty_praise(page):
    if page.name == "styleguide.md":
        return  # it lists the words
    words = re.findall(
        r"\b(simply|powerful|robust|seamless\w*|cutting-edge|state-of-the-art)\b", page.read_text("utf-8")
    )
    assert words == []


def run(line: str) -> str:
    """A command of a page, with this environment's program."""
    command = line.replace(".venv/bin/marsad", f"{sys.executable} -m marsad")
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{line}\n{done.stderr}"
    return done.stdout


def tutorial_commands() -> list[str]:
    page = ROOT / "docs/tutorial/first-reading.md"
    return [line for block in blocks(page, "sh") for line in block.splitlines() if "marsad read" in line]


def test_tutorial_sentence_gives_the_claim_that_it_promises():
    claims = json.loads(run(tutorial_commands()[0]))["claims"]
    claim = next(claim for claim in claims if claim["event"] == "territory.withdrawal")
    assert claim["attribution"][0]["text"] == "وزارة الدفاع"
    assert claim["place"]["text"] == "مدينة حماة"
    assert (claim["time"]["from"], claim["time"]["to"]) == ("2024-12-05", "2024-12-05")


def test_tutorial_why_names_rules():
    assert "territory.withdrawal" in run(tutorial_commands()[1])


def test_library_page_runs():
    code = blocks(ROOT / "docs/how-to/use-as-a-library.md", "python")[0]
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert "وزارة الدفاع territory.withdrawal" in done.stdout, done.stderr


def test_sample_articles_are_read():
    out = run(".venv/bin/marsad read --format jsonl demo")
    read = [json.loads(line) for line in out.splitlines()]
    assert len(read) == 4
    for article in read:
        assert len(article["claims"]) >= 3, article["id"]


def test_generated_pages_are_up_to_date():
    command = [sys.executable, str(ROOT / "docs/generate.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
