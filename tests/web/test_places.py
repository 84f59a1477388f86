"""Places as pages: the list, one place, and names in doubt."""

import csv
import io
import json

from web.known import desk, looking

__all__ = ["desk", "looking"]
HAMA = "geonames:170017"


def rows_of(looking, query=""):
    return json.loads(looking.seen(f"/places.json?{query}"))["places"]


def test_the_list(looking):
    rows = rows_of(looking)
    page = looking.seen("/places?lang=en")
    assert [row["claims"] for row in rows] == sorted((row["claims"] for row in rows), reverse=True)
    for row in rows:
        assert f'href="/places/{row["id"]}"' in page
    hama = next(row for row in rows if row["id"] == HAMA)
    assert (hama["name_ar"], hama["kind"], hama["country"]) == ("حماة", "city", "SY")
    assert hama["claims"] and hama["incidents"]
    assert page.count("<h1") == 1


def test_what_is_asked_for(looking):
    assert {row["id"] for row in rows_of(looking, "q=حماه")} >= {HAMA}
    assert {row["id"] for row in rows_of(looking, f"q={HAMA}")} == {HAMA}
    assert rows_of(looking, "country=YE") == []
    assert all(row["precision"] == "country" for row in rows_of(looking, "precision=country"))
    names = [row["name"] for row in rows_of(looking, "sort=name")]
    assert len(names) == len(rows_of(looking))
    assert "sort=size is none of" in looking.seen("/places?sort=size", 400)
    assert "No place fits" in looking.seen("/places?q=zzzz&lang=en")


def test_a_place(looking):
    page = looking.seen(f"/places/{HAMA}?lang=en")
    assert "<h1" in page and "حماة" in page and "Syria" in page
    assert 'class="lane"' in page, "its row of control"
    assert f'href="/incidents?place={HAMA.replace(":", "%3A")}' in page
    assert "وكالة الجبل" in page
    arabic = looking.seen(f"/places/{HAMA}?lang=ar")
    assert "مدينة" in arabic
    found = json.loads(looking.seen(f"/places/{HAMA}.json"))
    assert (found["in"], found["kind"], found["control"]) == (
        ["SY-HM", "SY"],
        "city",
        f"/control.jsonl?place={HAMA}",
    )
    assert {one["outlet"] for one in found["outlets"]} >= {"وكالة الجبل"}
    assert "Nothing is reported of it" in looking.seen("/places/YE-HU?lang=en")
    assert "there is no place geonames:0" in looking.seen("/places/geonames:0", 404)


def test_names_in_doubt(looking):
    page = looking.seen("/places?work=ambiguous&lang=en")
    assert "كفر الزعتر" in page
    assert "marsad gazetteer add" in page
    assert 'href="/articles/a4#claim-' in page
    rows = json.loads(looking.seen("/places.json?work=ambiguous&why=all"))["ambiguous"]
    named = next(row for row in rows if "كفر الزعتر" in row["text"])
    assert (named["why"], named["article"], named["claims"]) == ("unknown", "a4", 1)
    assert json.loads(looking.seen("/places.json?work=ambiguous&q=zzz"))["ambiguous"] == []
    assert "why=odd is none of all" in looking.seen("/places?work=ambiguous&why=odd", 400)
    for why in ("narrow", "unresolved", "around", "all"):
        looking.seen(f"/places?work=ambiguous&why={why}")


def test_tables_hold_no_formula(looking):
    for query in ("", "?work=ambiguous&why=all"):
        text = looking.seen(f"/places.csv{query}")
        assert text.startswith("\ufeff")
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert cells and not any(cell.startswith(("=", "+", "@")) for cell in cells)
