"""A project on a PostgreSQL server goes out as the same project does from its file: the same bytes in every format."""

import pytest

import postgresql
from marsad import open_store
from marsad.run.exporting import Scope, every_format, export_all, making_of
from marsad.run.names import Names
from marsad.run.project import load_project
from marsad.store.sensitive import hold_back
from marsad.store.tables import schema
from reviewed import Desk
from web.desks import SAMPLES, make_desk


def copied(store, url):
    """The same rows in an empty database, but for the audit log, which is each store's own."""
    made = open_store(url, make=True)
    with store.database.reading() as here, made.database.writing() as there:
        for table in schema.sorted_tables:
            if table.name == "audit":
                continue
            rows = [dict(row) for row in here.execute(table.select()).mappings()]
            if there.execute(table.select().limit(1)).first() is not None:  # what every new store has
                there.execute(table.delete())
            if rows:
                there.execute(table.insert(), rows)
    made.close()
    return open_store(url)


@pytest.fixture(scope="module")
def stores(tmp_path_factory, postgres):
    store = load_project(make_desk(tmp_path_factory.mktemp("desk") / "desk", *SAMPLES)).open()
    desk = Desk(store)
    articles = [row[0] for row in desk.rows("SELECT DISTINCT article FROM claims ORDER BY article")]
    for number, article in enumerate(articles[:9]):
        desk.decide("ana", desk.claims(article)[0], ("accept", "reject", "unsure")[number % 3], note="لأن")
    desk.write(hold_back, "article", articles[-1], "ana", "names of those who are sought")
    desk.write(hold_back, "claim", desk.claims(articles[-2])[0], "ana", "not yet")
    other = copied(store, postgresql.database(postgres))
    yield store, other
    other.close()
    store.close()


@pytest.mark.parametrize("scope", [Scope(), Scope(sensitive=True, since="2024-01-01")], ids=["all", "since"])
def test_every_format_is_the_same_from_both(stores, tmp_path, scope):
    names, found = Names(), []
    for number, store in enumerate(stores):
        folder = tmp_path / str(number)
        folder.mkdir()
        making = making_of(store, scope, names=names, private=scope.sensitive)
        done = export_all(store, every_format(folder), scope, making, jobs=1 + number)
        found.append({one.path.name: (one.digest, one.taken, one.left_out) for one in done})
    names.close()
    assert len(found[0]) > 25
    assert [name for name in found[0] if found[0][name] != found[1][name]] == []
