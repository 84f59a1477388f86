"""``marsad users``: who may come in."""

import pytest

from marsad.run.project import load_project
from marsad.store.users import user_of


@pytest.fixture
def desk(program, tmp_path):
    program("init", tmp_path / "desk")

    def users(*arguments):
        return program("users", arguments[0], "--project", tmp_path / "desk", *arguments[1:])

    users.folder = tmp_path / "desk"
    return users


def whose(desk, token):
    store = load_project(desk.folder).open()
    try:
        with store.database.reading() as connection:
            return user_of(connection, token)
    finally:
        store.close()


def test_a_token_is_printed_once_and_lets_its_person_in(desk):
    done = desk("add", "ana", "--role", "coder")
    [token] = done.out
    assert (done.code, done.said) == (
        0,
        ["marsad: ana may come in as coder with this token, which is not shown again"],
    )
    assert (whose(desk, token).name, whose(desk, token).role) == ("ana", "coder")
    assert token not in "".join([*desk("list").out, *desk("list", "--format", "jsonl").out])
    assert desk("end", "ana").said == ["marsad: ana is let in no more"]
    assert whose(desk, token) is None


def test_everybody_is_listed_also_who_was_ended(desk):
    assert desk("list").said == [
        "marsad: nobody was added yet; `marsad users add NAME --role ROLE` adds somebody"
    ]
    for name, role in (("ben", "viewer"), ("أمل", "admin")):
        desk("add", name, "--role", role)
    desk("end", "ben")
    rows = desk("list", "--format", "jsonl").rows
    assert [(row["name"], row["role"], row["ended"] is None) for row in rows] == [
        ("ben", "viewer", False),
        ("أمل", "admin", True),
    ]
    table = desk("list").out
    assert [line.split()[:2] for line in table] == [["ben", "viewer"], ["أمل", "admin"]]
    assert "ended 20" in table[0]


WRONG = [
    (("add", "ana", "--role", "boss"), 2, "'boss' is not one of"),
    (("add", "ana"), 2, "Missing option '--role'"),
    (("add", "", "--role", "coder"), 1, "marsad: a name has 1 to 60 printable characters"),
    (("end", "eve"), 1, "marsad: there is no user 'eve'; `marsad users list` shows who is there"),
]


@pytest.mark.parametrize(("arguments", "code", "said"), WRONG)
def test_what_is_wrong_is_said(desk, arguments, code, said):
    done = desk(*arguments)
    assert done.code == code
    assert said in "\n".join(done.said)
