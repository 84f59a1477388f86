"""The page of an incident that is no more leads to where its claims are, also where nobody judged them on its page."""

from sqlalchemy import text as sql

from marsad.model.incident import Judgement
from marsad.store.people import add_judgement
from web.client import client, reconcile, workspace

__all__ = ["client", "workspace"]


def test_a_gone_incident_leads_to_the_one_that_its_claims_are_in(client, workspace):
    store = workspace.store
    query = "SELECT c.id, l.incident FROM claims c JOIN incident_claims l ON l.claim = c.id WHERE c.article = '{}' ORDER BY c.number"
    with store.database.writing() as connection:
        one, first = connection.execute(sql(query.format("a1"))).first()
        other, second = connection.execute(sql(query.format("a2"))).first()
        add_judgement(connection, Judgement(one=one, other=other, verdict="same", by="ana"))
    reconcile(store)
    with store.database.reading() as connection:
        _, now = connection.execute(sql(query.format("a1"))).first()
    [gone] = {first, second} - {now}
    page = client.seen(f"/incidents/{gone}", 410)
    assert f"/incidents/{now}" in page
