"""Answers are kept as they came, survive a killed process, and are found again unchanged."""

import gzip
import hashlib
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from marsad.errors import SetAside, TryAgain
from marsad.feeds import Fetched, Keeper, Kept, read_kept, torn_bytes

RAW = gzip.compress("<p>انسحبت القوات من البلدة</p>\r\n\r\n".encode(), mtime=0)


def answer(raw=RAW, **named):
    fields = {
        "address": "http://feeds.example/a",
        "final_address": "http://feeds.example/b",
        "status": 200,
        "reason": "OK",
        "headers": (
            ("Content-Type", "text/html"),
            ("Content-Encoding", "gzip"),
            ("Transfer-Encoding", "chunked"),
        ),
        "body": b"",
        "at": "2024-12-06T09:00:00.000000Z",
        "ip": "192.0.2.7",
    }
    return Fetched(**{**fields, **named}, raw=raw, sha256=hashlib.sha256(raw).hexdigest())


class Clock:
    now = datetime(2024, 12, 6, 23, 0, tzinfo=UTC)

    def __call__(self):
        return self.now


@pytest.fixture
def keeper(tmp_path):
    return Keeper(tmp_path / "archive", Clock(), software="Marsad/0")


def files(tmp_path):
    return sorted((tmp_path / "archive").iterdir())


def records(file):
    with file.open("rb") as stream:
        iterator = ArchiveIterator(stream, check_digests="raise")
        for record in iterator:
            yield record, record.raw_stream.read()


def test_an_answer_is_kept_as_it_came(tmp_path, keeper):
    kept = [keeper.keep(answer(raw)) for raw in (RAW, b"", b"\r\n\r\n" * 3, bytes(range(256)) * 1000)]
    assert [read_kept(tmp_path / "archive", one) for one in kept] == [
        RAW,
        b"",
        b"\r\n\r\n" * 3,
        bytes(range(256)) * 1000,
    ]
    assert len({one.file for one in kept}) == 1
    assert kept[1].offset == kept[0].offset + kept[0].length


def test_other_programs_can_read_the_archive(tmp_path, keeper):
    kept = keeper.keep(answer())
    (file,) = files(tmp_path)
    (info, said), (response, payload) = records(file)
    assert info.rec_headers.get_header("WARC-Type") == "warcinfo"
    assert b"software: Marsad/0" in said
    assert payload == RAW
    expected = {
        "WARC-Type": "response",
        "WARC-Target-URI": "http://feeds.example/b",
        "Marsad-Asked-URI": "http://feeds.example/a",
        "WARC-Date": "2024-12-06T09:00:00.000000Z",
        "WARC-IP-Address": "192.0.2.7",
        "WARC-Payload-Digest": f"sha256:{kept.sha256}",
    }
    assert {name: response.rec_headers.get_header(name) for name in expected} == expected
    assert response.rec_headers.protocol == "WARC/1.1"
    assert response.http_headers.get_statuscode() == "200"
    assert response.http_headers.get_header("X-Archive-Orig-Transfer-Encoding") == "chunked"
    assert file.name.startswith(f"marsad-20241206-{os.getpid()}-")


def test_a_header_cannot_begin_another_one(tmp_path, keeper):
    odd = answer(
        headers=(("X", "a\r\nY: b\r\n\r\nbody"), ("Z", "ق")), reason="OK\r\n\r\n", address="http://a/\r\nB: c"
    )
    kept = keeper.keep(odd)
    assert read_kept(tmp_path / "archive", kept) == RAW
    *_, (response, payload) = records(files(tmp_path)[0])
    assert (payload, response.http_headers.get_header("Y"), response.rec_headers.get_header("B")) == (
        RAW,
        None,
        None,
    )


def test_a_new_day_and_a_full_file_begin_a_new_one(tmp_path):
    clock = Clock()
    keeper = Keeper(tmp_path / "archive", clock)
    first = keeper.keep(answer())
    clock.now += timedelta(hours=2)
    second = keeper.keep(answer())
    assert second.file.startswith("marsad-20241207-")
    small = Keeper(tmp_path / "archive", clock, largest=10)
    third, fourth = small.keep(answer()), small.keep(answer())
    assert len({one.file for one in (first, second, third, fourth)}) == 4
    assert all(read_kept(tmp_path / "archive", one) == RAW for one in (first, second, third, fourth))


def test_two_keepers_never_share_a_file(tmp_path, keeper):
    other = Keeper(tmp_path / "archive", Clock())
    assert keeper.keep(answer()).file != other.keep(answer()).file


@pytest.mark.parametrize(
    "spoil",
    [
        lambda kept: replace(kept, file="../archive/" + kept.file),
        lambda kept: replace(kept, file="marsad.warc.gz"),
        lambda kept: replace(kept, file=kept.file.replace("marsad-2024", "marsad-2023")),
        lambda kept: replace(kept, file=kept.file + "\n"),
        lambda kept: replace(kept, offset=-1),
    ],
)
def test_what_is_not_in_the_archive_is_said(tmp_path, keeper, spoil):
    kept = keeper.keep(answer())
    with pytest.raises(SetAside) as refused:
        read_kept(tmp_path / "archive", spoil(kept))
    assert refused.value.reason == "not_kept"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda kept: replace(kept, offset=kept.offset + 1),
        lambda kept: replace(kept, offset=10**9),
        lambda kept: replace(kept, offset=0),
        lambda kept: replace(kept, length=kept.length - 1),
        lambda kept: replace(kept, sha256="0" * 64),
    ],
)
def test_what_is_not_as_it_was_kept_is_said(tmp_path, keeper, spoil):
    kept = keeper.keep(answer())
    with pytest.raises(SetAside) as refused:
        read_kept(tmp_path / "archive", spoil(kept))
    assert refused.value.reason == "damaged"


def test_a_changed_byte_is_found(tmp_path, keeper):
    kept = keeper.keep(answer(b"x" * 100))
    (file,) = files(tmp_path)
    data = bytearray(file.read_bytes())
    unpacked = bytearray(gzip.decompress(data[kept.offset :]))
    unpacked[-10] ^= 1
    forged = gzip.compress(bytes(unpacked))
    file.write_bytes(data[: kept.offset] + forged)
    with pytest.raises(SetAside, match="does not hold what was kept"):
        read_kept(tmp_path / "archive", replace(kept, length=len(forged)))


@pytest.mark.parametrize("cut", [1, 8, 9, 200])
def test_a_torn_record_is_measured_and_never_continued(tmp_path, keeper, cut):
    first, torn = keeper.keep(answer()), keeper.keep(answer(os.urandom(1_000)))
    (file,) = files(tmp_path)
    assert torn_bytes(file) == 0
    os.truncate(file, torn.offset + torn.length - cut)
    assert torn_bytes(file) == torn.length - cut
    later = Keeper(tmp_path / "archive", Clock()).keep(answer())
    assert later.file != first.file
    assert torn_bytes(file) == torn.length - cut
    assert read_kept(tmp_path / "archive", first) == RAW
    assert read_kept(tmp_path / "archive", later) == RAW


def test_torn_bytes_of_odd_files(tmp_path):
    file = tmp_path / "x"
    # Zeros pack so well that much more comes out than goes in at the very end.
    for data, torn in [
        (b"", 0),
        (b"scrap", 5),
        (gzip.compress(bytes(5 << 20)), 0),
        (gzip.compress(bytes(1 << 20)) * 2 + b"x", 1),
    ]:
        file.write_bytes(data)
        assert torn_bytes(file) == torn


def test_after_a_failed_write_a_new_file_is_begun(tmp_path, keeper, monkeypatch):
    first = keeper.keep(answer())

    def full(handle):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(TryAgain, match="No space left"):
            keeper.keep(answer())
    later = keeper.keep(answer())
    assert later.file != first.file
    assert read_kept(tmp_path / "archive", later) == RAW


def test_a_full_disk_gathers_no_files_without_answers(tmp_path, keeper, monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        for _ in range(3):
            with pytest.raises(TryAgain, match="No space left"):
                keeper.keep(answer())
    assert list((tmp_path / "archive").iterdir()) == []
    assert read_kept(tmp_path / "archive", keeper.keep(answer())) == RAW


def test_a_folder_that_cannot_be_made_may_be_there_later(tmp_path):
    (tmp_path / "archive").write_text("a file")
    with pytest.raises(TryAgain, match="cannot be kept"):
        Keeper(tmp_path / "archive").keep(answer())


KILLED = """
import hashlib, os, sys
from pathlib import Path
from marsad.feeds import Fetched, Keeper
keeper = Keeper(Path(sys.argv[1]))
while True:
    raw = os.urandom(20_000)
    kept = keeper.keep(Fetched(address="http://a.example/", final_address="http://a.example/", status=200, headers=(), raw=raw, body=b"",
                               at="2024-12-06T09:00:00Z", sha256=hashlib.sha256(raw).hexdigest()))
    print(kept.file, kept.offset, kept.length, kept.sha256, flush=True)
"""  # fmt: skip


def test_everything_that_was_said_to_be_kept_survives_a_kill(tmp_path):
    folder = tmp_path / "archive"
    running = subprocess.Popen([sys.executable, "-c", KILLED, str(folder)], stdout=subprocess.PIPE, text=True)
    lines = [running.stdout.readline() for _ in range(20)]
    running.send_signal(signal.SIGKILL)
    lines += running.stdout.readlines()
    running.wait()
    running.stdout.close()
    for line in lines:
        if not line.endswith("\n"):
            continue
        file, offset, length, sha256 = line.split()
        kept = Kept(file=file, offset=int(offset), length=int(length), sha256=sha256)
        assert len(read_kept(folder, kept)) == 20_000
    assert (
        Path(folder / kept.file).stat().st_size - torn_bytes(folder / kept.file) >= kept.offset + kept.length
    )
