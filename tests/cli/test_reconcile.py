"""``marsad reconcile``: formats, exit codes, what is set aside, the story of one incident."""

import gc
import gzip
import io
import json
import random
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from marsad.cli.main import main

sys.path.insert(0, str(Path(__file__).parent.parent / "incidents"))
from claim_lines import ALEPPO, ARMY, BAD, MEDIC, MONITOR, a_claim, a_row, killed, written

LOSS = a_claim("territory.control", attribution=[{**ARMY, "stance": "concede"}], actors=[{"role": "loser", "text": "الجيش السوري", "start": 0, "end": 12, "id": "sy-army"}])  # fmt: skip
DENIAL = a_claim(polarity="negated", attribution=[{**ARMY, "stance": "deny"}])
ROWS = [
    a_row("a"),
    a_row("b", [a_claim(attribution=[MONITOR]), killed(4, attribution=[MONITOR])], "صحيفة الجبل"),
    a_row("c", [killed(7, attribution=[MEDIC])], "بريد العاصي"),
    a_row("d", [LOSS], "رويترز"),
    a_row("e", [a_claim(place=ALEPPO)]),
    a_row("f", [{**DENIAL, "place": ALEPPO}], "صحيفة الجبل"),
]


@pytest.fixture
def reconcile(tmp_path, monkeypatch, capfd):
    """The command on a file of these rows, in this process; the user has no data of his own."""
    monkeypatch.setenv("MARSAD_DATA", str(Path(__file__).parent / "no-such-folder"))

    def run(rows, *options, raw=None, stdin=None):
        file = tmp_path / "claims.jsonl"
        file.write_bytes(written(rows) if raw is None else raw)
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(stdin), isatty=lambda: False))
        try:
            code = main(["reconcile", str(file) if stdin is None else "-", *map(str, options)])
        finally:
            gc.enable()
        out, said = capfd.readouterr()
        return SimpleNamespace(code=code, out=out, said=said.splitlines(), file=file)

    return run


def plain(text):
    """Its words without line breaks and without the marks that keep directions apart."""
    return " ".join(re.sub("[\u2066-\u2069]", "", text).split())


def rows_of(done):
    return [json.loads(line) for line in done.out.splitlines()]


def one_at(done, name):
    (row,) = [row for row in rows_of(done) if any(claim["article"] == name for claim in row["claims"])]
    return row


def test_lines_come_out_where_nobody_looks(reconcile):
    done = reconcile(ROWS)
    assert (done.code, done.said) == (0, [])
    rows = rows_of(done)
    assert sorted(claim["article"] for row in rows for claim in row["claims"]) == [
        "a",
        "b",
        "b",
        "c",
        "d",
        "e",
        "f",
    ]
    struck = one_at(done, "a")
    assert (struck["status"], struck["roots"], struck["independent"]) == ("corroborated", 3, 3)
    assert struck["counts"] == [{"kind": "killed", "min": 4, "max": 7, "min_by": struck["counts"][0]["min_by"], "max_by": f"{MEDIC['text']} (بريد العاصي)"}]  # fmt: skip
    assert struck["counts_differ"]
    assert one_at(done, "d")["status"] == "conceded"
    assert one_at(done, "e")["status"] == "disputed"
    assert (struck["place"]["name"], struck["time"]["from"]) == ("Hama", "2024-12-05")


def test_the_lines_have_the_fields_of_the_codebook(reconcile):
    wanted = (
        "id events status roots independent counts_differ time place actors counts claims reasons".split()
    )
    of_claims = (
        "article claim id event root root_text root_kind side outlet published says stance actors".split()
    )
    for row in rows_of(reconcile(ROWS)):
        assert set(wanted) <= row.keys()
        assert row["reasons"]
        assert len(row["reasons"]) == len(row["reasons_ar"])
        for claim in row["claims"]:
            assert set(of_claims) <= claim.keys()
            assert claim["says"] in ("affirms", "denies", "expects", "demands")


def test_a_table_shows_statuses_names_and_a_last_line_of_numbers(reconcile):
    done = reconcile(ROWS, "--format", "table")
    assert done.code == 0
    for word in (
        "CORROBORATED",
        "CONCEDED",
        "DISPUTED",
        "Hama",
        "2024-12-05",
        "killed 4",
        "Syrian Observatory",
    ):
        assert word in done.out, word
    assert "6 articles, 7 claims, 3 incidents; 0 lines set aside" in done.said[-1]
    assert done.out.index("CORROBORATED") < done.out.index("CONCEDED"), "what most voices tell comes first"
    for row in rows_of(reconcile(ROWS)):
        assert row["id"] in done.out


@pytest.mark.parametrize("number", range(len(BAD)))
def test_a_bad_line_is_set_aside_with_file_line_and_reason_and_the_rest_goes_on(reconcile, number):
    line, code, word = BAD[number]
    done = reconcile([ROWS[0], line, ROWS[3]])
    assert done.code == 3
    (said,) = [one for one in done.said if "set aside: " in one]
    assert said.startswith(f"marsad: {done.file}:2: set aside: ")
    assert said.endswith(f"[{code}]")
    assert word in said
    assert len(rows_of(done)) == 2
    assert "2 articles, 2 claims, 2 incidents; 1 lines set aside" in done.said[-1]


def test_an_article_that_came_before_is_set_aside(reconcile):
    done = reconcile([ROWS[0], a_row("a", [killed(99)]), ROWS[3]])
    assert done.code == 3
    assert any(":2: " in said and "[duplicate_id]" in said and "'a'" in said for said in done.said)
    assert "99" not in done.out


def test_a_file_cut_off_in_the_middle_gives_what_it_holds(reconcile):
    chance = random.Random(1)
    packed = gzip.compress(written(a_row(f"a{n}", text=chance.randbytes(500).hex()) for n in range(100)))
    done = reconcile([], raw=packed[: len(packed) * 2 // 3])
    assert done.code == 3
    assert any(said.endswith("[damaged]") for said in done.said)
    assert 1 < sum(len(row["claims"]) for row in rows_of(done)) < 100


def test_a_packed_file_gives_what_the_plain_one_gives(reconcile):
    assert reconcile([], raw=gzip.compress(written(ROWS))).out == reconcile(ROWS).out


def test_standard_input_gives_what_the_file_gives(reconcile):
    plain = reconcile(ROWS)
    assert reconcile(ROWS, stdin=written(ROWS)).out == plain.out != ""


@pytest.mark.parametrize("raw", [b"", b"\n\n"])
def test_nothing_in_nothing_out(reconcile, raw):
    for form in ("jsonl", "table"):
        done = reconcile([], "--format", form, raw=raw)
        assert (done.code, done.out) == (0, "")
        assert "there is no article in it" in done.said[0]


def test_articles_without_claims_have_no_incidents(reconcile):
    done = reconcile([a_row("a", []), a_row("b", [])])
    assert (done.code, done.out) == (0, "")


def test_all_bad_is_a_failure(reconcile):
    done = reconcile([line for line, *_ in BAD[:5]])
    assert (done.code, done.out) == (1, "")
    assert len([said for said in done.said if "set aside" in said]) >= 5


def test_a_file_that_is_no_text_is_a_failure(reconcile):
    done = reconcile([], raw=b"\x00\xff\xfe%PDF\n")
    assert (done.code, done.out) == (1, "")
    assert any(":1: " in said for said in done.said)


def ids(done):
    return {claim["article"]: claim["id"] for row in rows_of(done) for claim in row["claims"]}


def test_judgements_win(reconcile, tmp_path):
    found = ids(reconcile(ROWS))
    file = tmp_path / "mine.jsonl"
    lines = [{"claims": [found["a"], found["e"]], "verdict": "same"}, {"claims": [found["d"], found["a"]], "verdict": "unsure"}]  # fmt: skip
    file.write_bytes(written(lines))
    done = reconcile(ROWS, "--judgements", file)
    assert done.code == 0
    assert {"a", "e"} <= {claim["article"] for claim in one_at(done, "a")["claims"]}


def test_a_bad_judgement_ends_the_run_with_its_file_and_line(reconcile, tmp_path):
    file = tmp_path / "mine.jsonl"
    file.write_text('{"claims": ["a", "b"], "verdict": "same"}\n{"claims": ["a"]}\n')
    done = reconcile(ROWS, "--judgements", file)
    assert (done.code, done.out) == (1, "")
    (said,) = done.said
    assert said.startswith(f"marsad: {file}:2: ")


def test_ids_of_an_earlier_run_are_kept(reconcile, tmp_path):
    earlier = reconcile(ROWS[1:])
    file = tmp_path / "before.jsonl"
    file.write_text(earlier.out)
    first = a_row("0", [a_claim()], "نشرة أخرى", published="2024-12-05")
    again = reconcile([first, *ROWS], "--previous", file)
    assert one_at(again, "b")["id"] == one_at(earlier, "b")["id"]
    assert one_at(reconcile([first, *ROWS]), "b")["id"] != one_at(earlier, "b")["id"]


@pytest.mark.parametrize(
    ("modality", "says"), [("planned", "expects"), ("possible", "expects"), ("demanded", "demands")]
)
def test_what_is_only_expected_is_shown_without_a_status(reconcile, modality, says):
    rows = [a_row("p", [a_claim("territory.withdrawal", modality=modality)])]
    (row,) = rows_of(reconcile(rows))
    assert (row["status"], row["independent"], row["claims"][0]["says"]) == (None, 0, says)
    for options in (["--format", "table"], ["--why", row["id"]]):
        done = reconcile(rows, *options)
        assert done.code == 0
        assert row["id"] in done.out


def test_only_incidents_of_a_status_are_shown(reconcile):
    def shown(*wanted):
        return {row["status"] for row in rows_of(reconcile(ROWS, *(f"--status={one}" for one in wanted)))}

    assert shown("conceded") == {"conceded"}
    assert shown("conceded", "disputed") == {"conceded", "disputed"}
    assert shown("denied") == set()
    assert reconcile(ROWS, "--status", "true").code == 2


def test_the_story_of_one_incident(reconcile):
    row = one_at(reconcile(ROWS), "d")
    for name in (row["id"], row["id"][:9]):
        done = reconcile(ROWS, "--why", name)
        assert done.code == 0
        for word in (row["id"], "conceded", "Syrian Arab Army", "article d", "رويترز"):
            assert word in done.out, word
        assert "the same place" not in done.out, "it has one claim, compared with nothing"
    words = plain(done.out)
    for sentence in (*row["reasons"], *row["reasons_ar"]):
        assert plain(sentence) in words


def test_the_story_says_why_each_claim_belongs_there(reconcile):
    row = one_at(reconcile(ROWS), "a")
    done = reconcile(ROWS, "--why", row["id"])
    words = plain(done.out)
    assert "the same place (Hama)" in words
    assert "the claim that the others were compared with" in words
    for number in range(1, len(row["claims"]) + 1):
        assert f"{number}. " in words
    assert "غارة استهدفت" in done.out


@pytest.mark.parametrize(
    ("wanted", "says"), [("i0nothing", "i0nothing"), ("i", "3 incidents"), ("", "no incident")]
)
def test_an_id_that_is_unknown_or_begins_several_is_an_error(reconcile, wanted, says):
    done = reconcile(ROWS, "--why", wanted)
    assert (done.code, done.out) == (1, "")
    assert says in done.said[-1]


def test_the_story_of_an_input_with_bad_lines_still_says_so(reconcile):
    row = one_at(reconcile(ROWS), "d")
    assert reconcile([*ROWS, "{\n"], "--why", row["id"]).code == 3


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["no-such-file.jsonl"],
        ["-", "--format", "html"],
        ["-", "--why"],
        ["-", "--judgements", "no-such-file.jsonl"],
        ["-", "--previous", "no-such-file.jsonl"],
        ["-", "--colour"],
        ["-", "-"],
    ],
)
def test_wrong_usage(arguments, capfd):
    assert main(["reconcile", *arguments]) == 2
    out, said = capfd.readouterr()
    assert out == ""
    assert "Usage: marsad reconcile" in said or "Error: " in said


@pytest.mark.parametrize("form", ["table", "jsonl"])
def test_no_letter_of_an_article_commands_the_terminal(reconcile, form):
    row = a_row(
        "x\x1b[31m",
        [a_claim(attribution=[{**MEDIC, "text": "مصدر\x1b]0;\x07طبي"}])],
        "\u202eنشرة\x9b",
        text="\x1b[2J" + "ن" * 60,
    )
    done = reconcile([row], "--format", form)
    assert done.code == 0
    if (
        form == "jsonl"
    ):  # data is kept letter for letter, as JSON writes it: what commands a terminal is escaped
        assert len(done.out.splitlines()) == 1
        assert not set(done.out) & set("\x1b\x07")
        assert rows_of(done)[0]["claims"][0]["article"] == "x\x1b[31m"
        return
    story = reconcile([row], "--why", rows_of(reconcile([row]))[0]["id"])
    for shown in (done, story):
        assert not set(shown.out) & set("\x1b\x07\x9b\u202e")
