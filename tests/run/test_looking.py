"""A store as a whole, and the archive beside it."""

import json

import pytest
from sqlalchemy import text

from marsad.feeds import FeedState
from marsad.run.desk import watch_feed
from marsad.run.looking import archive_faults, overview
from marsad.store import put_articles
from outlet import ok, page, rig, rss, server
from stored import OTHER, TEXT, stored

__all__ = ["rig", "server"]


@pytest.fixture
def kept(rig, server):
    """A store with a page, and the file of the archive that has its raw answer."""
    server.answers |= {"/feed": ok(rss(server.at("/1"))), "/1": ok(page())}
    watch_feed(rig.store, FeedState(address=server.at("/feed")))
    rig.cycle()
    [file] = rig.archive.iterdir()
    return file


def test_an_archive_that_is_as_it_was_written_has_no_fault(rig, kept):
    assert list(archive_faults(rig.store, rig.archive)) == []


def test_any_byte_of_a_page_that_was_changed_is_found(rig, kept):
    where = json.loads(rig.rows("versions")[0].kept)
    whole = kept.read_bytes()
    for at in range(where["offset"] + 12, where["offset"] + where["length"], 40):
        damaged = bytearray(whole)
        damaged[at] ^= 0x10
        kept.write_bytes(damaged)
        [fault] = archive_faults(rig.store, rig.archive)
        assert fault.startswith("archive: the response of web-")


@pytest.mark.parametrize(
    "damage", [lambda file: file.unlink(), lambda file: file.write_bytes(file.read_bytes()[:-20])]
)
def test_an_answer_that_is_gone_or_cut_off_is_found(rig, kept, damage):
    damage(kept)
    assert len(list(archive_faults(rig.store, rig.archive))) == 1


def test_what_the_store_says_of_the_archive_may_be_nonsense(rig, kept):
    with rig.store.database.writing() as connection:
        connection.execute(text("DROP TRIGGER IF EXISTS versions_update"))
        names = (
            connection.execute(
                text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'versions'")
            )
            .scalars()
            .all()
        )
        for name in names:
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text("UPDATE versions SET kept = '[1]'"))
    assert len(list(archive_faults(rig.store, rig.archive))) == 1


def test_an_overview_counts_what_there_is(store):
    with store.database.writing() as connection:
        put_articles(connection, [stored("a"), stored("b"), stored("c", OTHER), stored("d", f"{TEXT} نهاية.", reader="another")], None)  # fmt: skip
    found = overview(store)
    assert (found.sizes["articles"], found.exact, found.waiting) == (4, 2, 4)
    assert sorted(found.readers.values()) == [1, 3]
    assert found.data()["rows"]["versions"] == 4
    assert found.audit[0] == found.sizes["audit"]
    assert json.loads(json.dumps(found.data())) == found.data()
