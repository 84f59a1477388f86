"""``marsad export``: gold out of what people decided, and it can be read back."""

import json

import pytest

from marsad.run.project import load_project
from marsad.store.audit import broken
from reviewed import Desk


@pytest.fixture
def folder(program, tmp_path):
    program("init", tmp_path / "desk")
    return tmp_path / "desk"


@pytest.fixture
def desk(folder):
    store = load_project(folder).open()
    made = Desk(store)
    for claim, decision in zip(made.claims(), ("accept", "reject", "unsure"), strict=True):
        made.decide("ana", claim, decision, note="لأن")
    made.decide("ana", made.claims("b")[0])
    yield made
    store.close()


def test_gold_goes_to_standard_output_and_is_counted_and_noted(program, folder, desk):
    done = program("export", "gold", "--project", folder)
    assert (done.code, [(row["id"], len(row["claims"])) for row in done.rows]) == (0, [("a", 1)])
    assert done.said == [
        "marsad: 1 articles with 1 claims (accepted 1)",
        "marsad: 2 claims of these articles left out (rejected 1, unsure 1)",
        "marsad: 1 articles have claims that are not decided, and were passed over (--partial takes them in)",
    ]
    [(action, subject, data)] = desk.rows("SELECT action, subject, data FROM audit ORDER BY id DESC LIMIT 1")
    assert (action, subject) == ("export", "gold")
    assert (json.loads(data)["articles"], json.loads(data)["waiting"], json.loads(data)["partial"]) == (
        1,
        1,
        False,
    )
    assert desk.read(broken) == []


def test_gold_has_no_article_that_is_held_back_nor_one_with_such_a_claim(program, folder, desk):
    claims = {"a": desk.claims()[0], "b": desk.claims("b")[0]}
    held = "marsad: 1 articles are held back, or a claim of theirs is (--sensitive takes them in)"
    for subject, left in ((claims["a"], ["b"]), ("b", ["a"])):
        program("store", "hold", subject, "--because", "why", "--project", folder)
        done = program("export", "gold", "--project", folder, "--partial")
        assert ([row["id"] for row in done.rows], held in done.said) == (left, True)
        every = program("export", "gold", "--project", folder, "--partial", "--sensitive")
        assert [row["id"] for row in every.rows] == ["a", "b"]
        program("store", "release", subject, "--because", "over", "--project", folder)


def test_the_same_decisions_give_the_same_bytes(program, folder, desk, tmp_path):
    assert desk.claims()
    file = tmp_path / "gold.jsonl"
    for _ in range(2):
        done = program("export", "gold", "--project", folder, "-o", file, "--partial")
        assert (done.code, done.out) == (0, [])
        assert [json.loads(line)["id"] for line in file.read_text("utf-8").splitlines()] == ["a", "b"]
    digests = {
        json.loads(row[0])["sha256"] for row in desk.rows("SELECT data FROM audit WHERE action = 'export'")
    }
    assert len(digests) == 1
    assert list(tmp_path.glob("*.part")) == []


def test_what_was_decided_as_one_part_comes_alone(program, folder, desk):
    desk.twice()
    desk.decide("ben", desk.claims()[1], "accept", "second")
    done = program("export", "gold", "--project", folder, "--partial", "--part", "second")
    assert [(row["id"], len(row["claims"])) for row in done.rows] == [("a", 1)]


def test_gold_can_be_reconciled_like_what_is_read(program, folder, desk, tmp_path):
    assert desk.claims()
    file = tmp_path / "gold.jsonl"
    program("export", "gold", "--project", folder, "-o", file)
    done = program("reconcile", "--format", "jsonl", file)
    assert (done.code, [row["events"] for row in done.rows]) == (0, [["harm.killed"]])


def test_a_project_without_decisions_gives_nothing_and_says_so(program, folder):
    done = program("export", "gold", "--project", folder)
    assert (done.code, done.out, done.said) == (0, [], ["marsad: 0 articles with 0 claims"])


WRONG = [
    (("export", "silver"), 2, "'silver' is not one of"),
    (("export", "gold", "--part", "third"), 2, "'third' is not one of"),
    (
        ("export", "gold", "-o", "none/there/gold.jsonl"),
        1,
        "gold.jsonl cannot be written: there is no folder",
    ),
]


@pytest.mark.parametrize(("arguments", "code", "said"), WRONG)
def test_what_is_wrong_is_said(program, folder, arguments, code, said):
    done = program(*arguments, "--project", folder)
    assert done.code == code
    assert said in "\n".join(done.said)
    assert done.out == []
