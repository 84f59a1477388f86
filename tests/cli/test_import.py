"""``marsad import``: annotations of other tools as annotated articles, on the command line."""

import json

import pytest

TEXT = "قالت الوزارة إن الجيش انسحب من مورك أمس."
ANN = "T1\tterritory_withdrawal 22 27\tانسحب\nE1\tterritory_withdrawal:T1\n"


@pytest.fixture
def annotated(tmp_path):
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "a1.txt").write_text(TEXT, encoding="utf-8")
    (folder / "a1.ann").write_text(ANN, encoding="utf-8")
    return folder


def test_annotated_articles_go_to_standard_output(program, annotated):
    done = program("import", "brat", annotated)
    assert done.code == 0
    (row,) = done.rows
    assert (row["id"], row["text"]) == ("a1", TEXT)
    assert [claim["event"] for claim in row["claims"]] == ["territory.withdrawal"]
    assert done.said == ["marsad: 1 articles with 1 claims"]


def test_what_was_set_aside_is_said_and_the_exit_code_is_3(program, annotated, tmp_path):
    (annotated / "a1.ann").write_text(ANN + "T2\tweapon 0 4\tقالت\n", encoding="utf-8")
    done = program("import", "brat", annotated, "-o", tmp_path / "gold.jsonl")
    assert (done.code, done.out) == (3, [])
    assert done.said[0].startswith(
        f"marsad: set aside: {annotated / 'a1.ann'}: line 3: T2 weapon 0 4: 'weapon' is no code"
    )
    assert done.said[1:] == ["marsad: 1 articles with 1 claims", "marsad: 1 annotations or values set aside"]
    (line,) = (tmp_path / "gold.jsonl").read_text("utf-8").splitlines()
    assert len(json.loads(line)["claims"]) == 1
    assert not (tmp_path / "gold.jsonl.part").exists()


def test_where_nothing_can_be_read_the_exit_code_is_1(program, annotated):
    (annotated / "a1.txt").unlink()
    done = program("import", "brat", annotated)
    assert (done.code, done.out) == (1, [])
    assert "its text a1.txt is missing" in done.said[0]


def test_mapping_and_articles(program, annotated, tmp_path):
    (annotated / "a1.ann").write_text(ANN.replace("territory_withdrawal", "Pullout"), encoding="utf-8")
    (tmp_path / "m.toml").write_text('[labels]\nPullout = "territory.withdrawal"', encoding="utf-8")
    (tmp_path / "cards.jsonl").write_text(
        json.dumps({"id": "a1", "outlet": "وكالة", "text": TEXT, "title": "ع"}), encoding="utf-8"
    )
    done = program(
        "import", "brat", annotated, "--mapping", tmp_path / "m.toml", "--articles", tmp_path / "cards.jsonl"
    )
    assert (done.code, len(done.rows[0]["claims"])) == (0, 1)
    assert (done.rows[0]["outlet"], done.rows[0]["title"]) == ("وكالة", "ع")


def test_a_failed_import_leaves_no_file(program, annotated, tmp_path):
    other = annotated / "again"
    other.mkdir()
    (other / "a1.txt").write_text(TEXT, encoding="utf-8")
    (other / "a1.ann").write_text(ANN, encoding="utf-8")
    done = program("import", "brat", annotated, "-o", tmp_path / "gold.jsonl")
    assert done.code == 1
    assert "--annotator" in done.said[-1]
    assert list(tmp_path.glob("gold*")) == []


def test_a_file_that_cannot_be_written_is_an_error(program, annotated, tmp_path):
    done = program("import", "brat", annotated, "-o", tmp_path / "no" / "gold.jsonl")
    assert done.code == 1
    assert "cannot be written" in done.said[-1]


def test_inception_and_label_studio(program, tmp_path):
    value = {"start": 22, "end": 27, "text": "انسحب", "labels": ["territory.withdrawal"]}
    task = {
        "id": 1,
        "data": {"text": "🚀" + TEXT},
        "annotations": [
            {"result": [{"id": "x", "type": "labels", "value": value | {"start": 24, "end": 29}}]}
        ],
    }
    (tmp_path / "export.json").write_text(json.dumps([task]), encoding="utf-8")
    done = program("import", "label-studio", tmp_path / "export.json")
    assert (done.code, len(done.rows[0]["claims"])) == (0, 1)
    assert done.said[1] == "marsad: 1 of them counted in UTF-16 units"
    cas = {
        "%FEATURE_STRUCTURES": [
            {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaString": TEXT},
            {
                "%ID": 2,
                "%TYPE": "webanno.custom.Claim",
                "@sofa": 1,
                "begin": 22,
                "end": 27,
                "event": "territory.withdrawal",
            },
        ]
    }
    (tmp_path / "a1.json").write_text(json.dumps(cas), encoding="utf-8")
    done = program("import", "inception", tmp_path / "a1.json")
    assert (done.code, [claim["event"] for claim in done.rows[0]["claims"]]) == (0, ["territory.withdrawal"])


def test_a_format_that_there_is_not(program, tmp_path):
    assert program("import", "doccano", tmp_path).code == 2
