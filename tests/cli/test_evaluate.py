"""``marsad evaluate``: the table, JSON, differences, what is said of articles in one file only, and exit codes."""

import json

import pytest

TEXT = "قصف جيش الوادي قرية السنديان أمس. وقال مرصد النهر إن ثلاثة مدنيين قتلوا في القصف."
FIGURES = [
    "claim", "family", "usable", "source", "named", "place", "time", "coordinates", "stance", "negation", "modality", "actors", "counts",
]  # fmt: skip


def claim(event, words, **more):
    start = TEXT.index(words)
    return {"event": event, "evidence": [{"start": start, "end": start + len(words)}], **more}


SHELLED = claim("strike.shelling", "قصف جيش الوادي", place={"text": "قرية السنديان"})
KILLED = claim(
    "harm.killed", "ثلاثة مدنيين قتلوا", attribution=[{"text": "مرصد النهر", "stance": "state", "for": "المنظمة"}],
    counts=[{"kind": "killed", "min": 3, "max": None}],
)  # fmt: skip


def article(identity, *claims, **more):
    return {
        "id": identity,
        "outlet": "بريد العاصي",
        "published": "2031-05-08",
        "text": TEXT,
        "claims": list(claims),
        **more,
    }


GOLD = [article("a", SHELLED, KILLED), article("b", KILLED, outlet=None), article("c", SHELLED)]
PREDICTED = [
    article("a", {**SHELLED, "place": None}, {**KILLED, "attribution": [], "counts": []}),
    article("b", claim("harm.wounded", "مدنيين قتلوا")),
    article("d", SHELLED),
]


@pytest.fixture
def files(tmp_path):
    for name, rows in (("gold", GOLD), ("predicted", PREDICTED)):
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return tmp_path / "gold.jsonl", tmp_path / "predicted.jsonl"


@pytest.fixture
def evaluate(program, files):
    return lambda *options: program("evaluate", *options, *files)


def test_json_has_the_figures_at_its_top_then_intervals_and_groups(evaluate):
    done = evaluate("--format", "json")
    [row] = done.rows
    assert (done.code, list(row)) == (
        0, ["articles", *FIGURES, "intervals", "by", "bootstrap", "only_gold", "only_predicted"],
    )  # fmt: skip
    assert row["claim"] == {"p": 0.6667, "r": 0.5, "f1": 0.5714, "n": 4}
    assert row["source"] == {"acc": 0.5, "n": 2}
    low, high = row["intervals"]["claim"]["f1"]
    assert low < row["claim"]["f1"] <= high
    assert row["intervals"]["source"] == {"acc": None}
    assert row["bootstrap"] == {"unit": "article", "level": 0.95, "rounds": 1000, "seed": 0}
    groups = {by: [one["group"] for one in rows] for by, rows in row["by"].items()}
    assert groups == {
        "family": ["harm", "strike"],
        "outlet": ["بريد العاصي", "(unknown)"],
        "side": ["(unknown)"],
    }


def test_articles_in_one_file_only_are_named(evaluate):
    done = evaluate("--no-errors")
    assert done.said == [
        "marsad: 1 annotated articles without prediction count as predicted to hold nothing: c",
        "marsad: 1 predicted articles are not annotated, and count nowhere: d",
    ]


def test_many_articles_are_counted_and_the_first_named(program, tmp_path, files):
    empty = tmp_path / "empty.jsonl"
    empty.write_text("", encoding="utf-8")
    rows = "".join(json.dumps(article(f"n{number:02}", SHELLED)) + "\n" for number in range(14))
    files[0].write_text(rows, encoding="utf-8")
    [said] = program("evaluate", files[0], empty).said
    assert said.startswith("marsad: 14 annotated articles without prediction")
    assert said.endswith("n08, n09 and 4 more")


def test_the_table_shows_figures_groups_and_differences(evaluate):
    lines = evaluate("--by", "family").out
    text = "\n".join(lines)
    assert lines[0] == "3 articles, 4 annotated and 3 predicted claims"
    assert [line.split()[0] for line in lines[3:11]] == [name for name in FIGURES if name not in FIGURES[3:8]]
    assert "0.667 [" in next(line for line in lines if line.startswith("claim"))
    assert next(line for line in lines if line.startswith("time")).split() == ["time", "unknown", "0"]
    assert next(line for line in lines if line.startswith("stance")).split() == [
        *["stance", *["unknown"] * 3],
        "0",
    ]
    assert "by family" in text
    assert "by outlet" not in text
    assert "missed: 2" in text
    assert "    predicted in these words: harm.wounded" in lines
    assert "spurious: 1" in text
    assert "    gold \u2068مرصد النهر\u2069 (\u2068المنظمة\u2069); predicted none" in lines
    assert "    gold killed 3 ?; predicted none" in lines
    assert "    \u2068ثلاثة مدنيين قتلوا\u2069" in lines
    assert lines[-1].startswith("In brackets: 95 % intervals from 1,000 resamples of the articles (seed 0)")


def test_less_is_shown_where_less_is_asked_for(evaluate):
    assert "missed: 2, the first 1" in evaluate("--errors", "1").out
    plain = evaluate("--no-errors", "--rounds", "0").out
    assert not any("missed" in line or "[" in line for line in plain)
    assert plain[-1] == "No intervals were asked for."


def test_differences_are_lines_of_json_in_a_file_or_alone(evaluate, tmp_path):
    done = evaluate("--differences", tmp_path / "out.jsonl", "--format", "json")
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(done.rows) == 1
    assert done.said[-1] == "marsad: 6 differences"
    assert evaluate("--differences", "-").rows == rows
    assert [(one["kind"], one["attribute"], one["article"]) for one in rows] == [
        ("differs", "place", "a"), ("differs", "counts", "a"), ("differs", "source", "a"), ("missed", None, "b"), ("spurious", None, "b"),
        ("missed", None, "c"),
    ]  # fmt: skip
    assert all(TEXT[one["start"] : one["end"]] == one["text"] for one in rows)
    assert rows[2] | {"start": 0, "end": 0} == {
        "kind": "differs", "article": "a", "outlet": "بريد العاصي", "event": "harm.killed", "attribute": "source",
        "gold": "مرصد النهر (المنظمة)", "predicted": None, "in": "text", "start": 0, "end": 0, "text": "ثلاثة مدنيين قتلوا",
        "gold_claim": 1, "predicted_claim": 1, "claim": None,
    }  # fmt: skip


def test_a_file_of_differences_that_cannot_be_written_is_said(evaluate, tmp_path):
    done = evaluate("--differences", tmp_path / "none" / "out.jsonl")
    folder = tmp_path / "none"
    assert (done.code, done.said[-1]) == (
        1,
        f"marsad: {folder / 'out.jsonl'} cannot be written: there is no folder {folder}",
    )


def test_the_same_files_give_the_same_bytes(evaluate):
    assert evaluate("--format", "json").out == evaluate("--format", "json").out
    assert evaluate().out == evaluate().out


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("{", "predicted.jsonl:1: not JSON"),
        ("{}", "predicted.jsonl:1: field 'id' must be a string, not None"),
        (
            json.dumps(article("a", text="غيره")),
            "predicted.jsonl:1: the text of article 'a' is not that of gold",
        ),
    ],
)
def test_a_line_that_cannot_be_used_stops_everything(evaluate, files, bad, said):
    files[1].write_text(bad + "\n", encoding="utf-8")
    done = evaluate()
    assert (done.code, done.out, said in done.said[0]) == (1, [], True)


def test_only_one_file_can_be_standard_input(program):
    assert program("evaluate", "-", "-").code == 2


def test_names_from_files_do_nothing_to_the_terminal(program, tmp_path):
    path = tmp_path / "hostile.jsonl"
    path.write_text(
        json.dumps(article("a\x1b[31m", SHELLED, outlet="\x1b]0;x\u202e")) + "\n", encoding="utf-8"
    )
    (tmp_path / "empty.jsonl").write_text("", encoding="utf-8")
    done = program("evaluate", path, tmp_path / "empty.jsonl")
    assert done.code == 0
    assert not any(sign in line for line in [*done.out, *done.said] for sign in ("\x1b", "\u202e"))
