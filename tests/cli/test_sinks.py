"""Where lines go: a file is there when it is whole, and what stood in its place stays until then."""

import pytest

from marsad.cli.sinks import sink_of
from marsad.errors import InputError


def test_a_file_is_there_once_it_is_whole(tmp_path):
    path = tmp_path / "lines.jsonl"
    path.write_text("before", encoding="utf-8")
    with sink_of(path) as sink:
        sink.write("سطر \ud800\n", "jsonl")
        assert path.read_text(encoding="utf-8") == "before"
        sink.put(b"line\n")
    assert path.read_bytes() == "سطر ?\nline\n".encode()
    assert list(tmp_path.iterdir()) == [path]


def test_where_something_fails_what_stood_there_stays(tmp_path):
    path = tmp_path / "lines.jsonl"
    path.write_text("before", encoding="utf-8")
    with pytest.raises(InputError, match="two articles"), sink_of(path) as sink:
        sink.put(b"line\n")
        raise InputError("two articles have one id")
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["missing/lines.jsonl", ""])
def test_a_place_that_takes_no_file_is_named(tmp_path, name):
    with pytest.raises(InputError, match="cannot be written"), sink_of(tmp_path / name) as sink:
        sink.put(b"line\n")


def test_without_a_file_lines_go_to_standard_output(capfd):
    with sink_of(None) as sink:
        sink.write("سطر\n", "jsonl")
    assert capfd.readouterr().out == "سطر\n"
