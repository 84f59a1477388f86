"""A project that is written out and taken back in is the same project: every id, every decision, and the same bytes when it is written out again."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select, text

from marsad.articles import Limits, raw_articles
from marsad.model.incident import Judgement
from marsad.model.incident_json import incident_to_json
from marsad.run.importing import import_lines
from marsad.run.lossless import lossless_lines
from marsad.run.tying import Tying
from marsad.store import export_tables, faults, open_store, put_articles, tables
from marsad.store.incidents import incident_of
from marsad.store.people import add_judgement, undo_judgement
from marsad.store.sensitive import held_back, hold_back, marks, release
from reviewed import NEW, Desk
from stored import OTHER, TEXT, WORK, stored

DEMO = Path(__file__).resolve().parent.parent.parent / "demo"


@pytest.fixture
def tie(knowledge, kit):
    return lambda store: Tying(store=store, knowledge=knowledge, kit=kit).run()


@pytest.fixture
def worked(store, tie):
    """A desk on a store that grew, in which people decided, undid and held back, and whose incidents have ids from earlier times."""
    desk = Desk(store, [stored("a", extra_field={"n": [1, 2.5]}), stored("b", OTHER, title="عنوان")])
    tie(store)
    first, second = desk.claims("a")[0], desk.claims("b")[0]
    number = desk.write(
        add_judgement, Judgement(one=first, other=second, verdict="same", by="ana"), text="one event"
    )
    tie(store)
    desk.write(undo_judgement, number, "ben")
    desk.write(hold_back, "claim", first, "ana", "names a witness")
    desk.decide("ana", first)
    desk.decide("ana", desk.claims("a")[1], "edit", edit={"modality": "possible"}, note="hedged")
    desk.undo("ana")
    desk.add("ben", NEW)
    tie(store)
    desk.put(stored("a", "عاجل. " + TEXT))
    demo = [WORK(raw).stored for raw in raw_articles(str(DEMO / "articles.jsonl"), Limits())]
    desk.put(*demo[1:])
    tie(store)
    desk.put(demo[0])
    desk.write(hold_back, "article", "b", "ana", "not yet")
    desk.write(release, "article", "b", "ben", "now")
    tie(store)
    assert list(faults(store.database)) == []
    return desk


def written(store, path=None, **how):
    with store.database.reading() as connection:
        data = b"".join(lossless_lines(connection, **how))
    if path:
        path.write_bytes(data)
    return data


def content(store):
    """Everything that must be equal, without numbers that a database gives and moments at which things were stored."""
    r, s = tables.reviews.c, tables.review_states.c
    a, c, i, p = tables.articles.c, tables.claims.c, tables.incidents.c, tables.spells.c
    with store.database.reading() as connection:

        def rows(*columns):
            return sorted((tuple(row) for row in connection.execute(select(*columns))), key=repr)

        return {
            "articles": rows(a.id, a.version, a.digest, a.title, a.outlet, a.reader, a.claims, a.family, a.copy_of),
            "versions": rows(tables.versions.c.article, tables.versions.c.number, tables.versions.c.text, tables.versions.c.extra),
            "claims": rows(c.id, c.article, c.number, c.version, c.data),
            "incidents": sorted(
                (json.dumps(incident_to_json(incident_of(data))) for data in connection.scalars(select(i.data))), key=repr
            ),
            "spells": rows(p.id, p.data),
            "reviews": rows(r.at, r.who, r.claim, r.article, r.version, r.decision, r.machine, r.edit, r.note, r.part, r.codebook, r.reader),
            "states": rows(s.claim, s.state, s.first_by, s.second_by, s.bucket, s.added),
            "judgements": rows(*(column for column in tables.judgements.c if column.name not in ("id", "undoes"))),
            "marks": sorted(marks(connection).items()),
            "follows": rows(tables.successions.c.id, tables.successions.c.claim),
        }  # fmt: skip


def taken(file, folder, tie=None, times=1):
    """A new store in a folder with what a file holds; what was refused."""
    made = open_store(f"sqlite:///{folder / 'copy.db'}", make=True)
    refused = []
    for _ in range(times):
        done = import_lines(made, str(file), None, lambda where, why: refused.append((where, why.reason)))
    if tie:
        tie(made)
    return made, done, refused


@pytest.fixture
def empty(request, tmp_path):
    """An empty store of the other kind than is common: of PostgreSQL where one can be started."""
    import postgresql

    url = postgresql.database(request.getfixturevalue("postgres"))
    made = open_store(url, make=True)
    yield made
    made.close()


def test_a_project_taken_back_in_is_the_same_and_written_out_again_has_the_same_bytes(worked, tie, tmp_path):
    file = tmp_path / "out.jsonl"
    first = written(worked.store, file)
    copy, done, refused = taken(file, tmp_path, tie)
    assert refused == []
    assert (done.articles, done.fates["new"]) == (len(content(worked.store)["articles"]),) * 2
    assert done.notes == {"judgement": 2, "review": 4, "sensitive": 3}
    before, after = content(worked.store), content(copy)
    for name in before:
        assert after[name] == before[name], name
        assert before[name], name
    assert written(copy) == first
    assert list(faults(copy.database)) == []
    with copy.database.reading() as connection:
        assert connection.execute(select(export_tables.former)).all() == []
    copy.close()


def test_a_file_goes_from_either_database_into_the_other(worked, empty, tie, tmp_path):
    file = tmp_path / "out.jsonl"
    first = written(worked.store, file)
    import_lines(empty, str(file), None, lambda where, why: pytest.fail(f"{where}: {why}"))
    tie(empty)
    assert written(empty) == first
    assert content(empty) == content(worked.store)
    assert list(faults(empty.database)) == []


def test_what_is_there_already_is_passed_over(worked, tie, tmp_path):
    file = tmp_path / "out.jsonl"
    first = written(worked.store, file)
    before = content(worked.store)
    done = import_lines(worked.store, str(file), None, lambda where, why: pytest.fail(f"{where}: {why}"))
    assert (done.fates, done.notes.total()) == ({"unchanged": done.articles}, 0)
    assert done.known.total() == 9
    tie(worked.store)
    assert content(worked.store) == before
    assert written(worked.store) == first


class Killed(Exception):
    """The process ends here."""


@pytest.mark.parametrize("commits", [1, 2, 4, 6, 8])
def test_an_import_that_was_killed_is_ended_by_the_next_one(worked, tie, tmp_path, monkeypatch, commits):
    file = tmp_path / "out.jsonl"
    whole = written(worked.store, file)
    monkeypatch.setattr("marsad.run.importing._AT_ONCE", 2)
    left = iter(range(commits - 1))

    def killed(done):
        if next(left, None) is None:
            raise Killed

    def refused(where, why):
        pytest.fail(f"{where}: {why}")

    copy = open_store(f"sqlite:///{tmp_path / 'copy.db'}", make=True)
    with pytest.raises(Killed):
        import_lines(copy, str(file), None, refused, killed)
    tie(copy)
    import_lines(copy, str(file), None, refused)
    tie(copy)
    assert written(copy) == whole
    assert list(faults(copy.database)) == []
    copy.close()


def test_a_project_that_goes_on_keeps_its_ids_in_the_copy_too(worked, tie, tmp_path):
    file = tmp_path / "out.jsonl"
    written(worked.store, file)
    copy, _, _ = taken(file, tmp_path, tie)
    for store in (worked.store, copy):
        with store.database.writing() as connection:
            put_articles(connection, [stored("z", "أعلن الجيش السوري مقتل ثلاثة مسلحين في حماة.")], None)
        tie(store)
    assert content(copy)["incidents"] == content(worked.store)["incidents"]
    copy.close()


def test_a_later_state_of_a_project_adds_to_an_earlier_one(worked, tie, tmp_path):
    early, late = tmp_path / "early.jsonl", tmp_path / "late.jsonl"
    written(worked.store, early)
    worked.put(stored("a", "عاجل جدا. " + TEXT), stored("new", OTHER, outlet="صحيفة الجسر"))
    worked.decide("ana", worked.claims("b")[0])
    tie(worked.store)
    whole = written(worked.store, late)
    copy, _, _ = taken(early, tmp_path, tie)
    done = import_lines(copy, str(late), None, lambda where, why: pytest.fail(f"{where}: {why}"))
    assert (done.fates["new"], done.fates["changed"], done.notes["review"]) == (1, 1, 1)
    tie(copy)
    assert content(copy)["claims"] == content(worked.store)["claims"]
    assert content(copy)["states"] == content(worked.store)["states"]
    assert len(written(copy).splitlines()) == len(whole.splitlines())
    copy.close()


def test_what_is_held_back_can_be_left_out(worked, tmp_path):
    [claim] = worked.read(held_back).claims
    worked.write(hold_back, "article", "b", "ana", "not yet")
    held = worked.read(held_back)
    data = written(worked.store, held=held)
    rows = [json.loads(line) for line in data.splitlines()]
    assert "b" not in {row.get("id") for row in rows}
    assert not {claim, *worked.claims("b")} & {one["id"] for row in rows for one in row.get("claims", ())}
    [[was]] = worked.rows("SELECT DISTINCT subject FROM sensitive WHERE subject_kind = 'claim'")
    assert was.encode() not in data
    assert claim.encode() not in data
    file = tmp_path / "out.jsonl"
    file.write_bytes(data)
    copy, _, refused = taken(file, tmp_path)
    assert refused == []
    copy.close()


def test_the_lines_of_articles_are_those_that_other_commands_read(worked, program, tmp_path):
    file = tmp_path / "out.jsonl"
    written(worked.store, file)
    done = program("reconcile", file, "--format", "jsonl")
    assert (done.code, len(done.rows) > 0) == (0, True)
    assert done.said == []
    assert len(list(raw_articles(str(file), Limits()))) == len(content(worked.store)["articles"])


def article_line(**changes):
    """The line of an article as `marsad read` writes it."""
    one = stored("x")
    row = {
        "id": "x", "schema": "marsad-claims/1", "reader": "other 1", "published": "2024-12-06", "outlet": "وكالة النهر", "title": "",
        "text": TEXT, "url": None, "claims": [json.loads(claim["data"]) for claim in one.claims],
    }  # fmt: skip
    return {**row, **changes}


def claims_with(**changes):
    [first, *others] = article_line()["claims"]
    return [{**first, **changes}, *others]


REVIEW = {
    "number": 1, "at": "2031-03-15", "who": "ana", "claim": "c", "article": "x", "version": 1, "decision": "accept", "machine": None,
    "edit": None, "note": "", "undoes": None, "part": "first", "reason": "", "codebook": "1", "reader": "",
}  # fmt: skip
JUDGEMENT = {"number": 1, "at": "t", "who": "ana", "one": "c", "other": "d", "verdict": "same", "note": "", "undoes": None}  # fmt: skip
MARK = {"number": 1, "at": "t", "who": "ana", "subject_kind": "article", "subject": "x", "held": True, "note": "why"}  # fmt: skip


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"id": "x", "text": TEXT}, "no_claims"),
        (article_line(schema="other/2"), "other_schema"),
        (article_line(id="y"), "other_id"),
        (article_line(claims=claims_with(id="0123456789abcdef")), "other_id"),
        (article_line(claims=claims_with(polarity="negated")), "other_id"),
        (article_line(claims=[*claims_with(), *claims_with()]), "duplicate_id"),
        (article_line(claims=claims_with(time={"text": "أمس", "start": 9000, "end": 9003})), "bad_span"),
        (article_line(claims=claims_with(evidence=[{"start": 0, "end": 9000}])), "bad_claim"),
        (article_line(id="x\x00"), "bad_article"),
        ({"review": {**REVIEW, "decision": "perhaps"}}, "bad_note"),
        ({"review": {**REVIEW, "article": "none"}}, "bad_note"),
        ({"review": {**REVIEW, "version": 7}}, "bad_note"),
        ({"review": {**REVIEW, "undoes": 9, "decision": "undo"}}, "bad_note"),
        ({"review": {**REVIEW, "decision": "edit", "edit": "[1]"}}, "bad_note"),
        ({"review": {**REVIEW, "decision": "add", "edit": '{"event": "no.event"}'}}, "bad_claim"),
        ({"review": {**REVIEW, "edit": "{}"}}, "bad_note"),
        ({"review": {**REVIEW, "note": "a\x00"}}, "bad_note"),
        ({"review": {**REVIEW, "who": 7}}, "bad_note"),
        ({"review": {**REVIEW, "number": None}}, "bad_note"),
        ({"judgement": {**JUDGEMENT, "verdict": "perhaps"}}, "bad_note"),
        ({"sensitive": {**MARK, "subject_kind": "outlet"}}, "bad_note"),
        ({"sensitive": {**MARK, "subject": "none"}}, "bad_note"),
        ({"sensitive": {**MARK, "note": " "}}, "bad_note"),
        ({"sensitive": {**MARK, "held": 1}}, "bad_note"),
        ({"history": {"article": "x", "versions": [{"text": 7}], "follows": {}}}, "bad_history"),
        ({"history": {"article": "x", "versions": [], "follows": {"a": 1}}}, "bad_history"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_set_aside_with_the_reason(row, reason, tmp_path):
    file = tmp_path / "in.jsonl"
    before = [] if "text" in row else [article_line()]
    file.write_text("".join(json.dumps(one) + "\n" for one in [*before, row, "no object"]), encoding="utf-8")
    copy, done, refused = taken(file, tmp_path)
    at = len(before) + 1
    assert sorted(refused) == [(f"{file}:{at}", reason), (f"{file}:{at + 1}", "bad_record")]
    assert done.dropped == {reason: 1, "bad_record": 1}
    with copy.database.reading() as connection:
        assert connection.scalar(text("SELECT count(*) FROM setaside")) == 2
    assert list(faults(copy.database)) == []
    copy.close()


def test_a_project_with_other_versions_of_an_article_keeps_them(store, tmp_path):
    desk = Desk(store, [stored("x", OTHER)])
    file = tmp_path / "in.jsonl"
    file.write_text(json.dumps(article_line()) + "\n", encoding="utf-8")
    refused = []
    import_lines(store, str(file), None, lambda where, why: refused.append(why.reason))
    assert refused == ["other_history"]
    assert desk.rows("SELECT count(*) FROM versions") == [(1,)]


def test_an_import_is_in_the_audit_log(worked, tmp_path):
    file = tmp_path / "out.jsonl"
    written(worked.store, file)
    copy, done, _ = taken(file, tmp_path)
    with copy.database.reading() as connection:
        [row] = connection.execute(text("SELECT subject, data FROM audit WHERE action = 'import'")).all()
    assert (row.subject, json.loads(row.data)) == ("jsonl", done.data())
    copy.close()
