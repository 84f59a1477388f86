"""`marsad read` as a process: streams, formats, exit codes."""

import gzip
import json
import os
import resource
import signal
import subprocess
import sys

import pytest

MARSAD = [sys.executable, "-m", "marsad"]
TEXT = "أعلن الجيش الحكومي مقتل ثلاثة مسلحين في مدينة تدمر أمس الخميس."
ENGLISH = "The army said that it had withdrawn from the city after two days of fighting."


def run(*arguments, stdin=b"", **environment):
    env = {**os.environ, **environment}
    return subprocess.run(
        [*MARSAD, *map(str, arguments)], input=stdin, capture_output=True, env=env, check=False
    )


def rows(done):
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def line(id, text=TEXT, **more):
    return json.dumps({"id": id, "text": text, **more}, ensure_ascii=False).encode() + b"\n"


def test_text_from_standard_input_gives_one_line():
    done = run("read", "--published", "2024-12-06", "--outlet", "وكالة", stdin=TEXT.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    (row,) = rows(done)
    assert row["text"] == TEXT
    assert (row["published"], row["outlet"]) == ("2024-12-06", "وكالة")
    assert row["schema"].startswith("marsad-claims/")
    assert row["reader"].startswith("marsad ")
    killed = next(claim for claim in row["claims"] if claim["event"] == "harm.killed")
    assert killed["time"]["from"] == "2024-12-05"
    assert killed["attribution"][0]["text"] == "الجيش الحكومي"
    assert killed["id"]
    assert killed["origin"]


def test_article_without_claims_has_an_empty_list():
    (row,) = rows(run("read", "-", stdin="افتتح الوزير معرض الكتاب في العاصمة وتجول بين أجنحته.".encode()))
    assert row["claims"] == []


def test_lines_come_out_in_order_with_unknown_fields_and_without_old_claims():
    stdin = b"".join(line(f"a{n}", rubric=[n, None], claims=[{"event": "old"}]) for n in range(50))
    for jobs in (1, 2):
        found = rows(run("read", "--jobs", jobs, stdin=stdin))
        assert [row["id"] for row in found] == [f"a{n}" for n in range(50)]
        assert [row["rubric"] for row in found] == [[n, None] for n in range(50)]
        assert all(claim["event"] != "old" for row in found for claim in row["claims"])


def test_bad_line_is_set_aside_with_its_number_and_the_run_goes_on():
    stdin = line("a") + b'{"id": "b", "text"\n' + line("c", ENGLISH) + line("a") + line("d", 5) + line("e")
    for jobs in (1, 2):
        done = run("read", "--jobs", jobs, stdin=stdin)
        assert done.returncode == 3
        assert [row["id"] for row in rows(done)] == ["a", "e"]
        said = done.stderr.decode().splitlines()
        for number, reason in ((2, "bad_json"), (3, "not_arabic"), (4, "duplicate_id"), (5, "bad_record")):
            assert any(f"standard input:{number}: " in one and f"[{reason}]" in one for one in said)
        assert "2 articles read" in said[-1]
        assert "4 set aside" in said[-1]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "nothing in it"),
        (ENGLISH.encode(), "English"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x00\x01\x02", "NUL"),
        (b'{"id": "a"}\n', "'text'"),
        ((TEXT * 10).encode(), "limit is 400"),
    ],
)
def test_input_of_which_nothing_can_be_read_fails_with_one_line(tmp_path, data, words):
    path = tmp_path / "input.txt"
    path.write_bytes(data)
    done = run("read", "--max-chars", 400, path)
    assert (done.returncode, done.stdout) == (1, b"")
    (said,) = done.stderr.decode().splitlines()
    assert "input.txt" in said
    assert words in said


def test_good_and_bad_files_together_finish_with_three(tmp_path):
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "bad.txt").write_text(ENGLISH, encoding="utf-8")
    done = run("read", tmp_path / "bad.txt", tmp_path / "good.txt")
    assert done.returncode == 3
    assert len(rows(done)) == 1


def test_folder_stands_for_its_article_files(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(line("one") + line("two")))
    (tmp_path / "README.md").write_text(ENGLISH, encoding="utf-8")
    done = run("read", tmp_path)
    assert done.returncode == 0
    assert [row["id"].partition("-")[0] for row in rows(done)] == ["one", "two", "b"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["read", "no-such-file.txt"],
        ["read", "--published", "yesterday", "-"],
        ["read", "--published", "2024-02-30", "-"],
        ["read", "--format", "xml", "-"],
        ["read", "--jobs", "0", "-"],
        ["read", "--max-chars", "few", "-"],
        ["read", "--no-such-option"],
        ["no-such-command"],
    ],
)
def test_wrong_usage_is_two(arguments):
    done = run(*arguments, stdin=TEXT.encode())
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Error: " in done.stderr


def test_empty_folder_is_wrong_usage(tmp_path):
    assert run("read", tmp_path).returncode == 2


def test_odd_code_points_come_back_as_they_were():
    text = f"{TEXT}\x00\ud83d\U0001f680\u202e"
    data = json.dumps({"id": "a", "text": text}).encode()
    for form in ("jsonl", "table", "html"):
        done = run("read", "--format", form, stdin=data)
        assert (done.returncode, done.stderr) == (0, b"")
        done.stdout.decode("utf-8")
        if form == "jsonl":
            assert rows(done)[0]["text"] == text


def test_output_is_utf8_whatever_the_locale():
    done = run("read", stdin=TEXT.encode(), LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert rows(done)[0]["text"] == TEXT


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_closed_pipe_is_quiet(tmp_path, jobs):
    path = tmp_path / "many.jsonl"
    path.write_bytes(b"".join(line(f"b{n}", TEXT * 20) for n in range(300)))
    with subprocess.Popen(
        [*MARSAD, "read", "--jobs", jobs, path], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.readline()
        process.stdout.close()
        assert (process.stderr.read(), process.wait(timeout=30)) == (b"", 0)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")  # noqa: PTH110
def test_full_disk_is_said_in_one_line():
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run(
            [*MARSAD, "read"], input=TEXT.encode(), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        "marsad: the output cannot be written: No space left on device"
    ]


def test_named_pipe_is_read_like_a_file(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen([*MARSAD, "read", pipe], stdout=subprocess.PIPE) as process:
        pipe.write_bytes(gzip.compress(line("a") + line("b")))
        found = [json.loads(one)["id"] for one in process.stdout]
    assert (found, process.returncode) == (["a", "b"], 0)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interrupt_is_130(jobs):
    command = [*MARSAD, "read", "--jobs", jobs]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with process:
        process.stdin.write(b"".join(line(f"a{n}") for n in range(64)))
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 130
        assert process.stderr.read().strip() == b"marsad: interrupted"


def test_lines_are_read_and_written_one_by_one():
    with subprocess.Popen([*MARSAD, "read"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        for number in range(3):
            process.stdin.write(line(f"a{number}"))
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == f"a{number}"
        process.stdin.close()
        assert process.wait(timeout=20) == 0


def test_reading_does_not_depend_on_the_hash_seed():
    text = "قصف الطيران قطاع غزة، وقالت وزارة الصحة إن سبعة فلسطينيين قتلوا في القطاع، فيما اقتحمت قوات مدينة نابلس."
    text += "\nوقالت الشرطة إن ثلاثة أشخاص قتلوا في انفجار، بينما تنفي السعودية وفرنسا ذلك."
    outputs = {run("read", stdin=text.encode(), PYTHONHASHSEED=str(seed)).stdout for seed in range(4)}
    assert len(outputs) == 1


def test_missing_lexicon_is_said_in_one_line(tmp_path):
    code = (
        "import sys; from pathlib import Path; import marsad.arabic.lexicon as lexicon;"
        "lexicon.load_lexicon.__defaults__ = (Path('none'),);"
        "from marsad.cli.main import main; sys.exit(main(['read', '-']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=TEXT.encode(), capture_output=True, cwd=tmp_path, check=False
    )
    assert done.returncode == 1
    assert b"make setup" in done.stderr
    assert b"Traceback" not in done.stderr


def test_start_up_is_quick():
    fastest = 9.0
    for _ in range(3):  # in seconds of the processor: other tests run beside this one
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert run("read", stdin=TEXT.encode()).returncode == 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        fastest = min(fastest, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert fastest < 1.0  # 0.25 s on an idle machine; the measurements in bench/ are the real test


def test_marsad_alone_shows_its_help():
    done = run()
    assert done.returncode == 0
    assert b"read" in done.stdout
