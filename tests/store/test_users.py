"""People with roles: tokens are shown once, rows change only to end somebody."""

import hashlib

import pytest
from sqlalchemy import text

from marsad.errors import InputError, MarsadError
from marsad.store.users import ROLES, add_user, end_user, may, user_of, users


@pytest.fixture
def people(store):
    def work(function, *arguments):
        with store.database.writing() as connection:
            return function(connection, *arguments)

    return work


def test_a_token_is_that_of_its_person_and_only_its_digest_is_kept(store, people):
    tokens = {name: people(add_user, name, role) for name, role in (("ana", "coder"), ("بن", "viewer"))}
    assert len(set(tokens.values())) == 2
    assert min(map(len, tokens.values())) >= 40
    for name, token in tokens.items():
        assert people(user_of, token).name == name
    with store.database.reading() as connection:
        kept = connection.execute(text("SELECT digest FROM users")).scalars().all()
        noted = connection.execute(
            text("SELECT subject, data FROM audit WHERE action = 'user added' ORDER BY id")
        ).all()
    assert set(kept) == {hashlib.sha256(token.encode()).hexdigest() for token in tokens.values()}
    assert [tuple(row) for row in noted] == [("ana", '{"role": "coder"}'), ("بن", '{"role": "viewer"}')]


@pytest.mark.parametrize("token", ["", "nobody's", "\ud800", "x" * 100_000])
def test_any_other_token_is_nobody_s(people, token):
    people(add_user, "ana", "coder")
    assert people(user_of, token) is None


def test_who_was_ended_is_nobody_and_can_be_added_again_with_another_role(people):
    old = people(add_user, "ana", "coder")
    people(end_user, "ana")
    assert people(user_of, old) is None
    new = people(add_user, "ana", "adjudicator")
    assert people(user_of, new).role == "adjudicator"
    assert people(user_of, old) is None
    assert sorted((one.role, one.ended is None) for one in people(users)) == [
        ("adjudicator", True),
        ("coder", False),
    ]


WRONG = [
    (("", "coder"), "a name has 1 to 60"),
    (("a" * 61, "coder"), "a name has 1 to 60"),
    ((" ana", "coder"), "no blanks around it"),
    (("a\nb", "coder"), "printable"),
    (("a\u202eb", "coder"), "printable"),
    (("ben", "boss"), "a role is one of viewer, coder, adjudicator, admin, not 'boss'"),
    (("ana", "admin"), "there is a user 'ana' already"),
]


@pytest.mark.parametrize(("given", "said"), WRONG, ids=[case[1] for case in WRONG])
def test_what_is_no_user_is_refused(people, given, said):
    people(add_user, "ana", "coder")
    with pytest.raises(InputError, match=said):
        people(add_user, *given)


def test_nobody_is_ended_twice(people):
    people(add_user, "ana", "coder")
    people(end_user, "ana")
    for name in ("ana", "ben"):
        with pytest.raises(InputError, match=f"there is no user '{name}'"):
            people(end_user, name)


DEEDS = [
    "UPDATE users SET role = 'admin'",
    "UPDATE users SET id = 'eve'",
    "UPDATE users SET digest = 'x', ended = 'now'",
    "UPDATE users SET ended = NULL WHERE ended IS NOT NULL",
    "DELETE FROM users",
]


@pytest.mark.parametrize("deed", DEEDS)
def test_the_database_itself_refuses_any_other_change(store, people, deed):
    for name in ("ana", "ben"):
        people(add_user, name, "coder")
    people(end_user, "ben")
    with pytest.raises(MarsadError, match=r"never (changed|removed)"):
        people(lambda connection: connection.execute(text(deed)))
    assert [(one.name, one.role, one.ended is None) for one in people(users)] == [
        ("ana", "coder", True),
        ("ben", "coder", False),
    ]


def test_a_role_may_what_the_roles_before_it_may():
    for place, role in enumerate(ROLES):
        assert [may(role, needed) for needed in ROLES] == [number <= place for number in range(len(ROLES))]
    assert not may("boss", "viewer")
