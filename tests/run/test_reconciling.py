"""From lines of `marsad read` to incidents: the same bytes whatever the order, nothing lost, bad lines refused one by one."""

import gzip
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.errors import InputError, SetAside
from marsad.model.incident_json import incident_to_json
from marsad.run.claim_rows import article_with_claims
from marsad.run.json_rows import json_rows
from marsad.run.reconciling import Corpus, earlier_ids, read_judgements

sys.path.insert(0, str(Path(__file__).parent.parent / "incidents"))
from build import judged, sets
from claim_lines import ALEPPO, ARMY, BAD, HAMA, MEDIC, MONITOR, STRANGE, a_claim, a_row, killed, written


def corpus_of(rows, knowledge):
    corpus = Corpus(knowledge)
    for row in rows:
        corpus.add(*article_with_claims(row))
    return corpus


def found_in(rows, knowledge, judgements=(), before=None):
    return list(corpus_of(rows, knowledge).incidents(judgements, before))


def as_bytes(found):
    return "\n".join(json.dumps(incident_to_json(one), ensure_ascii=False) for one in found).encode()


OUTLETS = ["نشرة الساحل", "رويترز", "سانا", "صحيفة الجبل", None]
SOURCES = [[], [ARMY], [MONITOR], [MEDIC], [MEDIC, {**MONITOR, "kind": "outlet"}]]
SOME_CLAIMS = st.builds(
    lambda claim, source, place, start, polarity: {
        **claim, "attribution": source, "place": place, "polarity": polarity,
        "evidence": [{"start": start, "end": start + 30, "trigger": {"start": start, "end": start + 3}}],
    },
    st.sampled_from([a_claim(), killed(3), killed(12), a_claim("territory.control"), a_claim("strike.shelling"), a_claim("say.threat")]),
    st.sampled_from(SOURCES),
    st.sampled_from([HAMA, HAMA, ALEPPO, None]),
    st.integers(0, 40),
    st.sampled_from(["affirmed", "affirmed", "affirmed", "negated"]),
)  # fmt: skip
ROWS = st.lists(
    st.tuples(st.lists(SOME_CLAIMS, max_size=4), st.sampled_from(OUTLETS), st.sampled_from(["2024-12-05", "2024-12-06", "2024-12-20", None]), st.booleans()),
    min_size=1,
    max_size=7,
).map(
    lambda rows: [
        a_row(f"a{n}", claims, outlet, published=day, **({"text": "نص واحد طويل بما يكفي ليكون نسخة عن غيره من النصوص المنشورة اليوم في مواقع كثيرة نقلت عن الوكالة ما كتبته صباحا"} if copied else {}))
        for n, (claims, outlet, day, copied) in enumerate(rows)
    ]
)  # fmt: skip


@given(ROWS, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_any_order_of_articles_gives_the_same_bytes(knowledge, rows, chance):
    first = as_bytes(found_in(rows, knowledge))
    assert as_bytes(found_in(chance.sample(rows, len(rows)), knowledge)) == first


@given(ROWS)
@settings(max_examples=40, deadline=None)
def test_every_claim_that_comes_in_is_in_exactly_one_incident(knowledge, rows):
    corpus = corpus_of(rows, knowledge)
    came = sorted((row["id"], n) for row in rows for n in range(len(row["claims"])))
    assert (corpus.articles, corpus.claims) == (len(rows), len(came))
    found = list(corpus.incidents())
    assert sorted((t.testimony.article, t.testimony.number) for one in found for t in one.told) == came


def test_the_same_bytes_in_two_processes_whatever_the_seed_of_hashes_and_the_order(tmp_path):
    chance = random.Random(3)
    rows = [
        a_row(f"a{n}", [{**claim, "attribution": chance.choice(SOURCES), "place": chance.choice([HAMA, ALEPPO, None])} for claim in (a_claim(), killed(n % 4 + 1))], chance.choice(OUTLETS))
        for n in range(40)
    ]  # fmt: skip
    seen = set()
    for seed in ("1", "2"):
        file = tmp_path / f"{seed}.jsonl"
        file.write_bytes(written(rows))
        chance.shuffle(rows)
        command = [sys.executable, "-m", "marsad", "reconcile", str(file), "--format", "jsonl"]
        env = {**os.environ, "PYTHONHASHSEED": seed, "MARSAD_DATA": str(tmp_path / "data")}
        done = subprocess.run(command, capture_output=True, env=env, check=True)
        seen.add(done.stdout)
    assert len(seen) == 1
    assert len(seen.pop().splitlines()) > 2


def test_near_copies_are_found_among_the_articles_and_are_one_root(knowledge):
    text = "شنت طائرات حربية غارات على أطراف مدينة حماة يوم الخميس وأصابت منزلا ومدرسة ومستودعا قديما للحبوب قرب النهر ولم ترد حصيلة بعد"
    copies = [a_row(f"c{n}", outlet=outlet, text=text) for n, outlet in enumerate(OUTLETS[:4])]
    for row, hour in zip(copies, (9, 7, 11, 10), strict=True):
        row["published"] = f"2024-12-05T{hour:02}:00:00Z"
    (one,) = found_in(copies, knowledge)
    repeats = {told.testimony.article: told.testimony.copy_of for told in one.told}
    assert repeats == {"c0": "c1", "c1": "", "c2": "c1", "c3": "c1"}, "the agency came first"
    assert (one.independent, len({told.testimony.family for told in one.told})) == (1, 1)
    (one,) = found_in([a_row(f"c{n}", outlet=outlet) for n, outlet in enumerate(OUTLETS[:2])], knowledge)
    assert {told.testimony.family for told in one.told} == {""}


def test_articles_without_claims_are_counted_and_have_no_incident(knowledge):
    corpus = corpus_of([a_row("a", []), a_row("b")], knowledge)
    assert (corpus.articles, corpus.claims) == (2, 1)
    assert len(list(corpus.incidents())) == 1
    assert list(corpus_of([], knowledge).incidents()) == []


def test_an_article_that_came_before_is_refused_and_the_first_stays(knowledge):
    corpus = corpus_of([a_row("a")], knowledge)
    with pytest.raises(SetAside) as refused:
        corpus.add(*article_with_claims(a_row("a", [killed(9)])))
    assert refused.value.reason == "duplicate_id"
    assert "'a'" in refused.value.message
    (one,) = corpus.incidents()
    assert one.events == ("strike.air",)


@pytest.mark.parametrize(("line", "code", "word"), BAD)
def test_bad_lines_are_refused_with_their_reason(tmp_path, line, code, word):
    file = tmp_path / "in.jsonl"
    file.write_bytes(written([line]))
    ((number, row),) = json_rows(str(file))
    assert number == 1
    with pytest.raises(SetAside) as refused:
        if isinstance(row, SetAside):
            raise row
        article_with_claims(row)
    assert refused.value.reason == code
    assert word in refused.value.message


@pytest.mark.parametrize("number", range(len(STRANGE)))
def test_odd_values_are_used_or_refused_but_never_end_the_run(knowledge, number):
    corpus = corpus_of([a_row("good")], knowledge)
    try:
        corpus.add(*article_with_claims(STRANGE[number]))
        came = len(STRANGE[number]["claims"])
    except SetAside as refused:
        came = 0
        assert refused.message
    found = list(corpus.incidents())
    assert sum(len(one.told) for one in found) == 1 + came
    assert as_bytes(found).isascii() is False


def test_lines_are_read_gzipped_or_not_with_blank_ones_between(tmp_path):
    rows = [a_row("a"), "\n", "   \n", a_row("b")]
    plain, packed = tmp_path / "p.jsonl", tmp_path / "p.jsonl.gz"
    plain.write_bytes(written(rows))
    packed.write_bytes(gzip.compress(written(rows)))
    seen = [[(n, row["id"]) for n, row in json_rows(str(file))] for file in (plain, packed)]
    assert seen == [[(1, "a"), (4, "b")]] * 2


def test_a_file_that_ends_in_the_middle_gives_what_it_has_and_then_says_so(tmp_path):
    packed = gzip.compress(
        written(a_row(f"a{n}", text=random.Random(n).randbytes(600).hex()) for n in range(200))
    )
    file = tmp_path / "cut.gz"
    file.write_bytes(packed[: len(packed) // 2])
    *whole, (number, last) = json_rows(str(file))
    assert [row["id"] for _, row in whole] == [f"a{n}" for n in range(len(whole))]
    assert 0 < len(whole) < 200
    assert (number, last.reason) == (len(whole) + 1, "damaged")


def test_judgements_are_read_with_who_and_when(tmp_path):
    file = tmp_path / "j.jsonl"
    file.write_text(
        '{"claims": ["a", "b"], "verdict": "same", "by": "ليلى", "at": "2024-12-07"}\n\n{"claims": ["c", "b"], "verdict": "unsure"}\n'
    )
    one, other = read_judgements(str(file))
    assert (one.one, one.other, one.verdict, one.by, one.at) == ("a", "b", "same", "ليلى", "2024-12-07")
    assert (other.verdict, other.by, other.at) == ("unsure", None, None)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("{", "JSON"),
        ("5", "int"),
        ('{"claims": ["a"], "verdict": "same"}', "two claim ids"),
        ('{"claims": ["a", 5], "verdict": "same"}', "two claim ids"),
        ('{"claims": ["a", ""], "verdict": "same"}', "two claim ids"),
        ('{"claims": "ab", "verdict": "same"}', "two claim ids"),
        ('{"claims": ["a", "a"], "verdict": "same"}', "itself"),
        ('{"claims": ["a", "b"], "verdict": "equal"}', "equal"),
        ('{"claims": ["a", "b"]}', "verdict"),
        ('{"claims": ["a", "b"], "verdict": ["same"]}', "verdict"),
        ('{"claims": ["a", "b"], "verdict": "same", "at": 5}', "at"),
    ],
)
def test_a_bad_judgement_ends_the_run_with_its_line(tmp_path, line, word):
    file = tmp_path / "j.jsonl"
    file.write_text('{"claims": ["a", "b"], "verdict": "same", "at": "2024-12-07"}\n' + line + "\n")
    with pytest.raises(InputError) as error:
        read_judgements(str(file))
    assert f"{file}:2: " in str(error.value)
    assert word in str(error.value)


def test_judgements_and_earlier_ids_reach_the_incidents(knowledge):
    rows = [a_row("a"), a_row("b", [a_claim(place=ALEPPO)]), a_row("c", [killed(4)])]
    found = found_in(rows, knowledge)
    ids = {told.testimony.article: told.testimony.id for one in found for told in one.told}
    assert len(found) == 2
    same, different = judged(ids["a"], ids["b"]), judged(ids["a"], ids["c"], "different")
    assert sets(found_in(rows, knowledge, [same, different])) == {
        frozenset({ids["a"], ids["b"]}),
        frozenset({ids["c"]}),
    }
    before = dict.fromkeys((ids["a"], ids["c"]), "i-of-before")
    names = {one.id for one in found_in(rows, knowledge, (), before)}
    assert "i-of-before" in names
    assert len(names) == 2


def test_ids_of_an_earlier_run_are_read_from_its_lines(tmp_path, knowledge):
    found = found_in([a_row("a"), a_row("b", [a_claim(place=ALEPPO)])], knowledge)
    file = tmp_path / "before.jsonl"
    file.write_bytes(as_bytes(found))
    assert earlier_ids(str(file)) == {told.testimony.id: one.id for one in found for told in one.told}


@pytest.mark.parametrize("line", ["{", '{"id": "x"}', '{"id": "x", "claims": 5}', '{"claims": []}', '{"id": "x", "claims": [{}]}', '{"id": "x", "claims": [5]}', '{"id": 5, "claims": []}', '{"id": "x", "text": "y", "claims": [{"id": "c", "event": "strike.air"}]}'])  # fmt: skip
def test_what_is_no_earlier_run_is_refused_with_its_line(tmp_path, line):
    file = tmp_path / "before.jsonl"
    file.write_text(line + "\n")
    with pytest.raises(InputError, match=r"before\.jsonl:1: "):
        earlier_ids(str(file))
