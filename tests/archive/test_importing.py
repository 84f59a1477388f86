"""What a project shows of an archive is what the archive holds: the same incidents and spells, with their ids."""

import json
import shutil

import pytest
from sqlalchemy import select

from marsad.archive.finish import finished
from marsad.archive.folder import Folder, Parts
from marsad.archive.importing import Wanted, count_of, lines_of
from marsad.archive.inputs import inputs_of
from marsad.archive.plan import Plan, Settings
from marsad.archive.progress import Progress
from marsad.archive.shards import pieces_of, shards_of
from marsad.archive.stages import STAGES
from marsad.archive.task import Task
from marsad.archive.texts import articles_behind
from marsad.articles import Limits, article_of
from marsad.errors import SetAside
from marsad.model import Article
from marsad.model.storable import storable
from marsad.model.stored import version_digest
from marsad.run.controlling import control_of
from marsad.run.pipeline import claims_of, load_kit
from marsad.run.project import load_project, make_project
from marsad.run.reconciling import Corpus
from marsad.store import claim_row, tables

RENAMED = "i0123456789abcdef"
NO_DATABASE_HOLDS = {
    "id": "nul",
    "text": "أعلن الجيش أنه\0 انسحب من مدينة تدمر أمس.",
    "published": "2031-04-02",
    "outlet": "ضفاف برس",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory, project, knowledge):
    """An archive of the sample campaign without texts, written by hand from what `marsad read` and `marsad reconcile` give; with its incidents and spells."""
    root = tmp_path_factory.mktemp("archive")
    news = root / "news.jsonl"
    shutil.copy(project / "demo-desk/campaign.jsonl", news)
    with news.open("a", encoding="utf-8") as file:
        file.write(json.dumps(NO_DATABASE_HOLDS) + "\n")
    plan = Plan(folder=str(root / "out"), inputs=inputs_of([str(news)]), settings=Settings(shard_bytes=9_000))
    folder, corpus = Folder(root / "out"), Corpus(knowledge)
    rows = list(read_rows(plan, folder, corpus))
    incidents = list(corpus.incidents())
    write(plan, folder, rows, incidents)
    return folder, incidents, control_of(incidents)


def read_rows(plan, folder, corpus):
    kit = load_kit()
    for shard in shards_of(plan, ()):
        for piece, raw in enumerate(pieces_of(shard, folder, Limits(), {})):
            article = storable(article_of(raw))
            claims = claims_of(article, kit)
            corpus.add(article, claims)
            row = {name: getattr(article, name) for name in ("id", "outlet", "published", "title", "url")}
            told = {
                "place": raw.where,
                "shard": shard.name,
                "piece": piece,
                "digest": version_digest(article),
            }
            yield row | told, [claim_row(claim, number) for number, claim in enumerate(claims)]


def write(plan, folder, rows, incidents, *, name="p1"):
    links = [
        {"incident": RENAMED if one is incidents[0] else one.id, "claim": told.testimony.id}
        for one in incidents
        for told in one.told
    ]
    claims = [claim for _, some in rows for claim in some]
    task = Task(stage="settle", name=name, given={})
    with Parts(folder, task) as parts:
        parts.write("articles", [article for article, _ in rows])
        parts.write("claims", claims)
        parts.write("incident_claims", links)
        record = parts.record()
    with Progress.begun(folder, plan, "by hand"):
        finished(plan, folder, {**{stage: [] for stage in STAGES}, "settle": [record]})


def in_store(folder):
    store = load_project(folder).open()
    try:
        with store.database.reading() as connection:
            found = connection.execute(select(tables.incidents.c.id)).scalars().all()
            spells = connection.execute(select(tables.spells.c.id)).scalars().all()
    finally:
        store.close()
    return sorted(found), sorted(spells)


@pytest.fixture
def desk(tmp_path):
    return make_project(tmp_path / "desk", "").folder


def test_incidents_and_spells_of_the_store_are_those_of_the_archive(made, desk, program):
    folder, incidents, spells = made
    done = program("import", "archive", folder.root, "--project", desk)
    assert done.code == 0, done.said
    assert done.said[-1].startswith("marsad: 33 articles (33 new); ")
    found, held = in_store(desk)
    assert found == sorted([RENAMED, *(one.id for one in incidents[1:])])
    assert held == sorted(spell.id for spell in spells)
    again = program("import", "archive", folder.root, "--project", desk)
    assert again.said == ["marsad: 33 articles (33 unchanged); 0 claims"]


def test_a_part_of_an_archive_can_be_taken(made, desk, program):
    folder, _, _ = made
    days = ("--since", "2031-03-18", "--until", "2031-03-19")
    done = program("import", "archive", folder.root, "--project", desk, *days)
    wanted = Wanted(since="2031-03-18", until="2031-03-19")
    number = count_of(folder, wanted, 512)
    assert 0 < number < 33
    assert done.said[-1].startswith(f"marsad: {number} articles ({number} new); ")
    assert 0 < count_of(folder, Wanted(country="YE"), 512) < 33
    assert count_of(folder, Wanted(country="FR"), 512) == 0


def test_an_input_that_changed_sets_its_articles_aside(made, desk, program):
    folder, _, _ = made
    news = folder.root.parent / "news.jsonl"
    kept = news.read_bytes()
    moved = news.with_suffix(".away")
    news.rename(moved)
    try:
        news.write_bytes(kept.replace("خان شيخون".encode(), "خان يونس".encode()))
        done = program("import", "archive", folder.root, "--project", desk)
    finally:
        moved.replace(news)
    assert done.code == 1
    assert len([line for line in done.said if "[input_changed]" in line]) == 33
    found, _ = in_store(desk)
    assert found == []


def test_a_text_that_is_kept_is_checked_too(tmp_path):
    article = Article(id="a1", text="قصف الجيش حماة.", title="", published="2031-03-17", outlet=None)
    row = {"id": "a1", "text": article.text, "title": "", "published": "2031-03-17", "outlet": None, "url": None, "extra": "{}", "shard": "s", "piece": 0, "digest": version_digest(article)}  # fmt: skip
    plan = Plan(folder=str(tmp_path), inputs=())
    ((_, same),) = articles_behind(plan, Folder(tmp_path), [row])
    assert same == article
    ((_, other),) = articles_behind(plan, Folder(tmp_path), [{**row, "text": "أخرى"}])
    assert isinstance(other, SetAside)
    ((_, gone),) = articles_behind(plan, Folder(tmp_path), [{**row, "text": None}])
    assert "its input is not part of the plan any more" in gone.message


def test_lines_are_those_of_marsad_read(made):
    folder, _, _ = made
    line = next(iter(lines_of(folder, Wanted(), 512)))[1]
    assert line["schema"] == "marsad-claims/1"
    assert line["text"]
    assert line["claims"][0]["incident"].startswith("i")
