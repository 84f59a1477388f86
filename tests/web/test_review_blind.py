"""Second coding: who codes a claim again learns nothing of what was decided first, whatever that was."""

import pytest

from marsad.store.reviewing import Decision, decide, standing
from stored import OTHER, stored
from web.client import client, opened, workspace
from web.review_forms import TOKEN, as_somebody, claims_of, current, edit_fields, sent, share, stored_reviews

__all__ = ["client", "workspace"]


def seen_by_second_coder(workspace, address):
    with as_somebody(workspace, "Sami") as browser:
        return TOKEN.sub("", browser.get(address).text)


DECIDED = {
    "accept": {"decision": "accept"},
    "edit": {"decision": "edit", "edit": {"polarity": "negated", "place": None}},
    "reject": {"decision": "reject", "reason": "duplicate", "note": "سر"},
    "unsure": {"decision": "unsure"},
}


@pytest.mark.parametrize("blind", ["coder", "machine"])
@pytest.mark.parametrize("part", ["first", "second"])
def test_a_second_coder_sees_the_same_whatever_was_decided_first(tmp_path, part, blind):
    pages = set()
    for name, fields in DECIDED.items():
        with opened(tmp_path / name, [stored("a1"), stored("a2", OTHER)]) as made:
            share(made, second_share=100, blind=blind)
            claim = claims_of(made)[0]
            with made.store.database.writing() as connection:
                revision = standing(connection, claim).revision
                decide(connection, Decision(who="رنا", claim=claim, revision=revision, **fields))
            page = seen_by_second_coder(made, f"/review?part={part}&claim={claim}")
            pages.add(page.replace(f">{name}<", "><"))
    assert len(pages) == 1
    assert "سر" not in page
    assert ("No machine" in page) is False


def test_a_second_coder_decides_in_the_second_part_only(workspace):
    share(workspace, second_share=100)
    claim = claims_of(workspace)[0]
    with as_somebody(workspace, "رنا") as one:
        sent(one, one.seen(f"/review?claim={claim}"), decision="accept")
        assert "Nothing waits to be coded a second time" in one.seen("/review?part=second")
    with as_somebody(workspace, "Sami") as other:
        page = other.seen("/review?part=second")
        assert current(page)[0] == claim
        assert other.get("/review?part=second&review=accepted").status_code == 400
        assert sent(other, page, "/review/decide?part=second", decision="unsure").status_code == 303
    assert [row[:4] for row in stored_reviews(workspace)] == [
        (claim, "accept", "رنا", "first"),
        (claim, "unsure", "Sami", "second"),
    ]


def test_who_codes_blind_to_the_machine_fills_in_an_empty_form(workspace):
    share(workspace, second_share=100, blind="machine")
    claim = claims_of(workspace)[0]
    with as_somebody(workspace, "رنا") as one:
        sent(one, one.seen(f"/review?claim={claim}"), decision="accept")
    with as_somebody(workspace, "Sami") as other:
        page = other.seen(f"/review?part=second&claim={claim}&edit=1")
        fields = edit_fields(page)
        assert fields["event"] == ""
        assert 'data-key="KeyA"' not in other.seen(f"/review?part=second&claim={claim}")
        stored_so = other.post(
            "/review/decide?part=second", data={**fields, "event": "harm.killed", "token": other.form_token()}
        )
        assert stored_so.status_code == 303, stored_so.text
    with workspace.store.database.reading() as connection:
        edit = standing(connection, claim, "second").edit
    assert edit["attribution"] == []
    assert edit["place"] is None
