"""Answers that are kept: the cache and the record, whole, shared, damaged and broken off."""

import json
import os
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from llm.asked import endpoint, question
from marsad.errors import InputError, MarsadError
from marsad.llm import Answer
from marsad.llm.answers import Cache, Record, key_of, recorded

ANSWER = Answer(text='{"claims": []} قصف', tokens_in=10, tokens_out=5, seconds=2.0, attempts=3)
HERE = endpoint("http://127.0.0.1:1")


def no_telling(words):
    raise AssertionError(words)


def test_a_key_goes_by_all_that_decides_an_answer_and_not_by_the_address():
    key = key_of(HERE, question())
    assert key == key_of(replace(HERE, address="http://127.0.0.1:2", seconds=1, attempts=9), question())
    others = {
        key_of(replace(HERE, model="other"), question()),
        key_of(replace(HERE, form="text"), question()),
        key_of(replace(HERE, tokens=10), question()),
        key_of(HERE, question(2)),
        key_of(HERE, question(prompt="2-abc")),
        key_of(HERE, question(), again=1),
    }
    assert len(others | {key}) == 7


def test_an_answer_comes_back_from_the_cache_of_another_process(tmp_path):
    file = tmp_path / "new" / "answers.sqlite"
    first, second = Cache(file, no_telling), Cache(file, no_telling)
    assert first.get("a") is None
    first.put("a", ANSWER)
    assert second.get("a") == replace(ANSWER, seconds=0.0, attempts=0, origin="cache")
    first.close()
    second.close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_many_threads_use_one_cache(tmp_path):
    caches = [Cache(tmp_path / "c", no_telling) for _ in range(2)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: caches[n % 2].put(f"{n}", ANSWER), range(100)))
    assert all(caches[0].get(f"{n}") for n in range(100))
    for cache in caches:
        cache.close()


@pytest.mark.parametrize(
    "content", [b"no database at all, but long enough to look at" * 20, b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_damaged_cache_is_put_aside_and_begun_anew(tmp_path, content):
    file, told = tmp_path / "c", []
    file.write_bytes(content)
    cache = Cache(file, told.append)
    cache.put("a", ANSWER)
    assert cache.get("a").text == ANSWER.text
    cache.close()
    assert (tmp_path / "c.damaged").read_bytes() == content
    assert len(told) == 1
    assert "damaged" in told[0]


def test_a_cache_that_is_damaged_while_it_is_used_is_begun_anew(tmp_path):
    file, told = tmp_path / "c", []
    cache = Cache(file, told.append)
    for number in range(200):
        cache.put(f"{number}", ANSWER)
    cache.close()
    size = file.stat().st_size
    with file.open("r+b") as out:
        out.seek(4096)
        out.write(os.urandom(size - 4096))
    cache = Cache(file, told.append)
    found = [cache.get(f"{number}") for number in range(200)]
    cache.put("new", ANSWER)
    assert None in found
    assert cache.get("new").text == ANSWER.text
    cache.close()
    assert len(told) == 1


def test_without_a_cache_the_run_goes_on(tmp_path):
    (tmp_path / "file").write_text("")
    told = []
    cache = Cache(tmp_path / "file" / "c", told.append)  # a folder that is a file
    cache.put("a", ANSWER)
    assert cache.get("a") is None
    cache.close()
    assert len(told) == 1
    assert "goes on without it" in told[0]


def test_rows_of_another_hand_are_as_good_as_not_there(tmp_path):
    cache = Cache(tmp_path / "c", no_telling)
    cache.put("a", ANSWER)
    with sqlite3.connect(tmp_path / "c") as other:
        other.execute("UPDATE answers SET answer = '{\"evil\": 1}'")
    other.close()
    assert cache.get("a") is None
    cache.close()


def test_a_record_is_replayed_and_the_last_of_several_counts(tmp_path):
    file = tmp_path / "answers.jsonl"
    record = Record(file)
    record.add(question(1), "tiny", ANSWER)
    record.add(question(2), "tiny", replace(ANSWER, text="old"))
    record.close()
    record = Record(file)
    record.add(question(2), "tiny", replace(ANSWER, text="new", finish="length"))
    record.close()
    found = recorded(file)
    assert found[question(1).content].answer == replace(ANSWER, seconds=0.0, attempts=0, origin="replay")
    assert found[question(1).content].prompt == "1-abc"
    assert (found[question(2).content].answer.text, found[question(2).content].answer.finish) == (
        "new",
        "length",
    )
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(json.loads(file.read_text("utf-8").splitlines()[0])) == [
        "content", "prompt", "model", "answer", "finish", "tokens_in", "tokens_out",
    ]  # fmt: skip


@pytest.mark.parametrize("end", [b'{"content": "b", "ans', b"{", b'{"content": "b", "answer": "\xd9'])
def test_what_a_killed_run_broke_off_is_left_out_and_goes_when_it_is_continued(tmp_path, end):
    file = tmp_path / "r"
    file.write_bytes(b'{"content": "a", "answer": "1"}\n' + end)
    assert set(recorded(file)) == {"a"}
    record = Record(file)
    record.add(question(), "tiny", ANSWER)
    record.close()
    assert set(recorded(file)) == {"a", question().content}


def test_a_last_line_that_only_lacks_its_end_stays(tmp_path):
    file = tmp_path / "r"
    file.write_text('{"content": "a", "answer": "1"}\n{"content": "b", "answer": "2"}')
    record = Record(file)
    record.add(question(), "tiny", ANSWER)
    record.close()
    assert set(recorded(file)) == {"a", "b", question().content}


@pytest.mark.parametrize(
    "bad",
    [
        "[]",
        "{}",
        "words",
        '{"content": 7, "answer": "1"}',
        '{"content": "a"}',
        '{"content": "a", "answer": {}}',
        "[" * 99_999,
    ],
)
def test_a_bad_line_is_named_and_a_file_that_is_no_record_stays_as_it_is(tmp_path, bad):
    file = tmp_path / "r.jsonl"
    text = '{"content": "a", "answer": "1"}\n' + bad + "\n"
    file.write_text(text)
    with pytest.raises(InputError, match=r"r\.jsonl, line 2"):
        recorded(file)
    with pytest.raises(InputError, match="line 2"):
        Record(file)
    assert file.read_text() == text


def test_files_that_cannot_be_used_are_named(tmp_path):
    with pytest.raises(InputError, match="nowhere"):
        recorded(tmp_path / "nowhere")
    with pytest.raises(InputError, match="cannot be"):
        Record(tmp_path)
    if Path("/dev/full").exists():
        record = Record(tmp_path / "r")
        full = os.open("/dev/full", os.O_WRONLY)
        os.dup2(full, record._handle)
        os.close(full)
        with pytest.raises(MarsadError, match="cannot be written"):
            record.add(question(), "tiny", ANSWER)
        record.close()


@pytest.mark.parametrize(
    "row", ["5", "[]", '{"text": 5}', '{"text": null, "finish": "stop"}', "{", "[" * 100_000]
)
def test_what_another_hand_wrote_into_the_cache_is_no_answer(tmp_path, row):
    cache = Cache(tmp_path / "answers.sqlite", no_telling)
    cache._write("a", row)
    assert cache.get("a") is None
    cache.close()
