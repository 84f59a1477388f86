"""The pages keep their word: links lead somewhere, make targets exist, the tutorial's commands do what it says."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from marsad.control import by_place, trace
from marsad.incidents.match import (
    ENOUGH,
    ENOUGH_FOR_REGION,
    ENOUGH_IN_ARTICLE,
    ENOUGH_OF_INCIDENTS,
    ENOUGH_OF_REGIONS,
    ENOUGH_SPEECH,
)
from marsad.model import Article
from marsad.run import claims_of, load_kit
from marsad.run.controlling import control_kit
from marsad.run.reconciling import Corpus, load_knowledge, read_judgements

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "bench/README.md", ROOT / "demo/README.md"]
)
INCIDENTS = ROOT / "docs/explanation/how-incidents-are-made.md"
CONTROL = ROOT / "docs/explanation/how-control-is-traced.md"
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


def test_tutorial_shows_what_is_conceded_and_disputed():
    table = run(tutorial_commands()[2])
    assert table.count("CONCEDED") == 2
    assert table.count("DISPUTED") == 1
    assert table.count("Khān Shaykhūn (SY") == 2


def test_tutorial_shows_who_is_said_to_hold_the_city():
    table = run(tutorial_commands()[3])
    assert re.findall(r"^(2031\S+) .*?(held|contested|unknown) ", table, re.M) == [
        ("2031-03-18", "held"),
        ("2031-03-21", "contested"),
    ]
    assert "the side that loses by it, " in " ".join(run(tutorial_commands()[4]).split())


LIBRARY_PAGES = {
    "measure-a-reader": "recall 1.0 None",
    "use-as-a-library": "وزارة الدفاع territory.withdrawal",
    "tie-claims-together": "conceded Mūrak 2",
    "ask-who-held-a-place": "held فصائل درع العاصي 2031-05-07",
}


@pytest.mark.parametrize(("page", "printed"), LIBRARY_PAGES.items(), ids=list(LIBRARY_PAGES))
def test_library_pages_run(page, printed):
    code = blocks(ROOT / f"docs/how-to/{page}.md", "python")[0]
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert printed in done.stdout, done.stderr


def test_judgements_of_the_page_are_of_the_form_that_is_read(tmp_path):
    file = tmp_path / "mine.jsonl"
    file.write_text(blocks(ROOT / "docs/how-to/tie-claims-together.md", "json")[0], encoding="utf-8")
    assert [judgement.verdict for judgement in read_judgements(str(file))] == ["same", "different"]


def test_sample_articles_are_read():
    out = run(".venv/bin/marsad read --format jsonl demo")
    read = [json.loads(line) for line in out.splitlines()]
    assert len(read) == 8
    for article in read:
        assert len(article["claims"]) >= 3, article["id"]


def told_in(block: str) -> list:
    """The incidents of an example: a sentence a line, behind its outlet and its day."""
    corpus = Corpus(load_knowledge())
    for number, line in enumerate(block.strip().splitlines()):
        outlet, day, text = line.split(" · ")
        article = Article(id=f"example-{number}", outlet=outlet, published=day, text=text)
        corpus.add(article, claims_of(article, load_kit()))
    return list(corpus.incidents())


STATUSES = re.findall(
    r"^### (\w+): .*?```text\n(.*?)^```", INCIDENTS.read_text(encoding="utf-8"), re.M | re.S
)


@pytest.mark.parametrize(("status", "example"), STATUSES, ids=[status for status, _ in STATUSES])
def test_examples_have_the_status_that_they_stand_under(status, example):
    (incident,) = told_in(example)
    assert (incident.status or "null") == status


def test_every_status_has_its_example():
    assert [status for status, _ in STATUSES] == [
        "denied",
        "disputed",
        "conceded",
        "corroborated",
        "single",
        "null",
    ]


def test_example_of_a_retelling_leads_to_the_first_report():
    first, later = told_in(blocks(INCIDENTS, "text")[0])
    assert later.retells == first.id
    assert (first.status, later.status) == ("single", "single")


def test_points_that_are_enough_are_those_of_the_program():
    text = INCIDENTS.read_text(encoding="utf-8")
    assert f"**{ENOUGH:g} points**" in text
    assert f"**{ENOUGH_SPEECH:g}** of acts of speech" in text
    assert f"{ENOUGH_IN_ARTICLE:g} points are enough" in text
    assert f"fits best, with {ENOUGH_FOR_REGION:g}." in text
    assert f"become one with **{ENOUGH_OF_INCIDENTS:g} points**" in text
    assert f"the region of the other with **{ENOUGH_OF_REGIONS:g}**" in text


def test_example_of_control_gives_the_spells_of_its_table():
    kit = control_kit()
    grouped = by_place(told_in(blocks(CONTROL, "text")[0]), kit).at
    assert len(grouped) == 1
    (spells,) = (trace(incidents, kit) for incidents in grouped.values())
    told = re.findall(r"^\| (2031-\S+) \| (\w+) \| (.*?) ?\| (.*?) ?\| ", CONTROL.read_text("utf-8"), re.M)
    called = {"Syrian Army (since December 2024)": "the army"}

    def shown(holder):
        return called.get(holder.label, holder.label) if holder else ""

    assert [(str(s.start), s.state, shown(s.holder), shown(s.claimant)) for s in spells] == told


def test_generated_pages_are_up_to_date():
    command = [sys.executable, str(ROOT / "docs/generate.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
