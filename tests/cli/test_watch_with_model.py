"""`marsad watch --reader model`: what the model failed on is asked for again later, and a model that is gone does not end the desk."""

import sqlite3

import pytest

from llm.model_server import ModelServer
from outlet import desk, ok, page, rows_of, rss, server

__all__ = ["desk", "server"]


@pytest.fixture
def watch(program, desk):
    return lambda model, *more: program(
        "watch", "--project", desk, "--once", "--reader", "model", "--model-address", model.address,
        "--model", "tiny", *more,
    )  # fmt: skip


def due_now(desk):
    with sqlite3.connect(desk / "marsad.db") as connection:
        connection.execute("UPDATE wanted SET due = '2000-01-01T00:00:00+00:00'")
    connection.close()


def test_a_page_that_the_model_failed_on_is_read_later(watch, desk, server):
    server.answers |= {"/a": ok(rss(server.at("/1"))), "/1": ok(page())}
    with ModelServer(always="not_json") as model:
        assert watch(model).code == 3
        assert rows_of(desk, "SELECT reason FROM setaside") == [("model_failed",)]
        assert rows_of(desk, "SELECT attempts FROM wanted") == [(1,)]
        watch(model)  # it is not due, and no attempt is counted
        assert rows_of(desk, "SELECT attempts FROM wanted") == [(1,)]
    due_now(desk)
    with ModelServer() as model:
        assert watch(model).code == 0
        assert len(model.asked) == 1
    assert rows_of(desk, "SELECT attempts FROM wanted") == []
    [(reader,)] = rows_of(desk, "SELECT reader FROM articles")
    assert " + model tiny, prompt " in reader


def test_a_model_that_refuses_the_key_leaves_pages_wanted(watch, desk, server):
    server.answers |= {"/a": ok(rss(server.at("/1"))), "/1": ok(page())}
    with ModelServer(always="no_key") as model:
        done = watch(model)
    assert done.code == 1
    assert rows_of(desk, "SELECT count(*) FROM wanted") == [(1,)]
    assert rows_of(desk, "SELECT count(*) FROM setaside") == [(0,)]
