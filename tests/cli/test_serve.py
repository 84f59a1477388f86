"""`marsad serve`: which address it takes, whom it lets in, and how it ends."""

import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

SAYS = re.compile(r"the workspace is at (http://\S+)")


@pytest.fixture
def desk(program, tmp_path):
    """An empty project."""
    program("init", tmp_path / "desk")
    return tmp_path / "desk"


class Running:
    """The program serving, in a process of its own."""

    def __init__(self, desk, *options):
        command = [sys.executable, "-m", "marsad", "serve", "--project", str(desk), *options]
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.said, self.address = [], ""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        until = time.monotonic() + 60
        while not self.address and self.process.poll() is None and time.monotonic() < until:
            time.sleep(0.02)

    def _read(self):
        for line in self.process.stderr:
            self.said.append(line.rstrip())
            if found := SAYS.search(line):
                self.address = found[1]

    def end(self, number=signal.SIGTERM):
        """Tell it to stop; its exit code."""
        self.process.send_signal(number)
        code = self.process.wait(timeout=30)
        self._reader.join(timeout=10)
        self.process.stdout.close()
        self.process.stderr.close()
        return code


@pytest.fixture
def running():
    """Starts the program; whatever is still going on at the end is ended."""
    made = []

    def start(desk, *options):
        made.append(Running(desk, *options))
        return made[-1]

    yield start
    for one in made:
        if one.process.poll() is None:
            one.end(signal.SIGKILL)


def asked(address, **headers):
    """The status and text that an address answers."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(urllib.request.Request(address, headers=headers), timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_takes_a_free_port_answers_and_ends_when_told(desk, running, number):
    server = running(desk, "--port", "0")
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", server.address), server.said
    assert asked(server.address + "health.json")[0] == 200
    assert asked(server.address + "health.json", Host="evil.example")[0] == 403
    assert server.end(number) == 0, server.said
    assert not [line for line in server.said if "Traceback" in line]
    with pytest.raises(urllib.error.URLError):
        asked(server.address)


def test_what_runs_in_the_background_ends_with_it(desk, running):
    server = running(desk, "--port", "0")
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor()
    )
    with opener.open(server.address + "me", timeout=30) as answer:
        token = re.search(r'name="token" value="(\w+)"', answer.read().decode())[1]
    with socket.socket() as silent:  # takes the call and never answers, so that the chore goes on
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        form = urllib.parse.urlencode({"token": token, "address": address}).encode()
        with opener.open(server.address + "import/address", form, timeout=30) as answer:
            assert answer.status == 200
        started = children(server.process.pid)
        assert started
        server.end()
    assert not [one for one in started if is_going_on(one)]


def children(number):
    """The processes that a process started, once there are any."""
    until = time.monotonic() + 30
    while not (found := _children(number)) and time.monotonic() < until:
        time.sleep(0.05)
    return found


def _children(number):
    said = Path(f"/proc/{number}/task").glob("*/children")
    return [int(one) for file in said for one in file.read_text().split()]


def is_going_on(number):
    """Whether there is a process of this number that has not ended."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_port_that_is_taken_is_told_in_one_sentence(program, desk):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = program("serve", "--project", desk, "--port", port)
    assert done.code != 0
    [line] = [line for line in done.said if "cannot be bound" in line]
    assert f"127.0.0.1:{port}" in line
    assert "--port 0" in line
    assert not any("Traceback" in line for line in done.said)


def test_where_others_reach_it_a_token_is_printed_and_needed(desk, running):
    server = running(desk, "--host", "0.0.0.0", "--port", "0")
    token = next(
        found[1] for line in server.said if (found := re.search(r"the token of this run is (\S+)", line))
    )
    assert any("without --certificate" in line for line in server.said)
    status, page = asked(server.address + "health")
    assert (status, 'name="given"' in page) == (200, True), "strangers are led to the door"
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor()
    )
    with opener.open(f"{server.address}login?token={token}&to=/health.json", timeout=30) as answer:
        assert b'"status"' in answer.read()
    assert asked(server.address + "login?token=wrong")[0] == 401
    server.end()


WRONG = {
    "no project": (["--project", "."], "marsad init"),
    "an address that is not of this machine": (
        ["--host", "203.0.113.7", "--port", "0"],
        "--host names an address of this machine",
    ),
    "no address": (["--host", "", "--port", "0"], "--host is empty"),
    "no certificate": (
        ["--certificate", __file__, "--port", "0"],
        "is no PEM file of a certificate and its key",
    ),
}


@pytest.mark.parametrize(("options", "said"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_served_is_told(program, desk, tmp_path, monkeypatch, options, said):
    monkeypatch.chdir(tmp_path)
    options = options if "--project" in options else ["--project", desk, *options]
    done = program("serve", *options)
    assert done.code != 0
    [line] = [line for line in done.said if line.startswith("marsad: ")]
    assert said in line, "one sentence, and no token of a run that never was"


def test_a_store_that_is_no_store_is_told(program, desk):
    (desk / "marsad.db").write_bytes(b"no store" * 100)
    done = program("serve", "--project", desk, "--port", "0")
    assert (done.code, [line for line in done.said if "is damaged" in line]) == (5, done.said)
    (desk / "marsad.db").unlink()
    done = program("serve", "--project", desk, "--port", "0")
    assert (done.code, [line for line in done.said if "there is no store" in line]) == (1, done.said)
