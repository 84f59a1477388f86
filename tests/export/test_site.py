"""The static site as files: every link leads somewhere, nothing of others is markup, the same store gives the same bytes."""

import html
import json
import re
from dataclasses import replace

import pytest

from export import records
from marsad.export.site import Site
from marsad.export.site_pages import POLICY, name_of, page_of, sentence

LINK = re.compile(r'(?:href|src)="([^"]*)"')


def site(folder, some=None, **changes):
    """A site of the odd records; the texts of its files by path."""
    folder.mkdir()
    some = [*records.odd_spells(), *records.odd_incidents()] if some is None else some
    made = Site(folder, records.making(**changes))
    for record in some:
        made.feed(record)
    made.finish()
    return {
        str(file.relative_to(folder)): file.read_text("utf-8") for file in folder.rglob("*") if file.is_file()
    }


def rows_of(files):
    """The rows of the scripts that the list loads."""
    chunks = [text for name, text in sorted(files.items()) if name.startswith("data/")]
    return [
        row for text in chunks for row in json.loads(text.removeprefix("marsad.take(").removesuffix(");\n"))
    ]


def test_two_sites_of_one_store_are_equal(tmp_path):
    assert site(tmp_path / "a") == site(tmp_path / "b")


def test_there_is_a_page_for_each_incident_and_every_link_leads_somewhere(tmp_path):
    files = site(tmp_path / "a")
    assert {page_of(one.id) for one in records.odd_incidents()} <= files.keys()
    dead = []
    for name, text in files.items():
        for link in LINK.findall(text) if name.endswith(".html") else ():
            target, _, anchor = html.unescape(link).partition("#")
            if target.startswith("https://"):
                continue
            path = tmp_path / "a" / name if not target else (tmp_path / "a" / name).parent / target
            if not path.is_file() or (anchor.startswith("c") and f'id="{anchor}"' not in path.read_text("utf-8")):  # fmt: skip
                dead.append((name, link))
    assert dead == []
    assert not [name for name in files if name.endswith(".html") and "<script>" in files[name]]


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_texts_of_others_are_never_markup_and_never_unfit(tmp_path, lang):
    files = site(tmp_path / "a", lang=lang)
    page = files[page_of("i1")]
    assert "&lt;/script&gt;" in page
    assert "<b onload" not in page
    assert f'content="{POLICY}"' in html.unescape(page)
    assert [name for name, text in files.items() if re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", text)] == []  # fmt: skip
    assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}">' in page


def test_addresses_that_are_none_of_the_web_are_no_links(tmp_path):
    (one,) = (records.claim(head=records.head(url="javascript:alert(1)")),)
    files = site(tmp_path / "a", [records.incident("i1", [one])])
    assert not [name for name, text in files.items() if "javascript:" in text]
    assert "no address known" in files[page_of("i1")]


def test_private_persons_are_named_nowhere(tmp_path):
    assert not [name for name, text in site(tmp_path / "a").items() if "سالم" in text]
    assert [name for name, text in site(tmp_path / "b", private=True).items() if "سالم" in text]


def test_the_list_has_every_incident_the_latest_first_and_says_who_made_it(tmp_path):
    rows = rows_of(site(tmp_path / "a"))
    assert [(row[0], row[2], row[8]) for row in rows] == [
        ("i6", "2026-03-01", "machine"),
        ("i5", "2026-03-01", "machine"),
        ("i4", "2026-03-01", "partly"),
        ("i1", "2026-03-01", "machine"),
        ("i3", "2026-02-20", "reviewed"),
        ("i2", "", "machine"),
    ]


def test_the_overview_counts_and_says_what_it_is_of(tmp_path):
    index = site(tmp_path / "a", title="Desk <1>", license="CC-BY-4.0", creators=("A & B",), filters=(("country", "SY"),))["index.html"]  # fmt: skip
    for said in ("Desk &lt;1&gt;", "CC-BY-4.0. Quotations", "A &amp; B", "country: SY", "4 March 2026, 05:06 UTC", "Reported, not established"):  # fmt: skip
        assert said in index
    assert re.findall(r'<td class="number">(\d+)</td>', index) == ["1", "1", "1", "1", "1", "1", "6"]


def test_no_point_is_more_precise_than_known(tmp_path):
    files = site(tmp_path / "a")
    for exact in ("35.4432", "36.6512", "35.44", "36.65"):
        assert exact not in files["map.html"] + files[page_of("i1")]
    assert 'class="rough" data-place="Syria"' in files["map.html"]


def test_control_leads_to_the_incidents_that_the_site_has_and_names_only_the_register(tmp_path):
    spells = [
        records.spell("s1", incidents=["i1", "gone"], roots=["observer", "سالم"]),
        records.spell("s2", incidents=["gone"], roots=["سالم"]),
    ]
    page = site(tmp_path / "a", [*spells, records.incident("i1")])["control.html"]
    assert page.count('href="incidents/') == 1
    assert "and 1 more" in page
    assert "1, not in this site" in page
    assert "roots that the register does not know: 1" in page
    assert "سالم" not in page


def test_long_lists_are_cut_into_pages(tmp_path):
    some = [records.incident(f"i{number:03}") for number in range(401)]
    files = site(tmp_path / "a", some)
    assert files["months/2026-03.html"].count('<td class="day">') == 400
    assert files["months/2026-03-2.html"].count('<td class="day">') == 1
    assert "Part 2 of 2" in files["months/2026-03.html"]


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_an_empty_project_makes_a_site_too(tmp_path, lang):
    files = site(tmp_path / "a", [], lang=lang)
    assert {"index.html", "incidents.html", "map.html", "timeline.html", "control.html"} <= files.keys()
    assert rows_of(files) == []


def test_ids_that_are_no_file_names_get_one():
    assert page_of(name_of("i39d5c3fbb619b6f")) == "incidents/39/i39d5c3fbb619b6f.html"
    odd = [name_of(one) for one in ("../../etc", "a/b", "ب", "", "\ud800")]
    assert len({*odd}) == len(odd)
    assert all(re.fullmatch("x[0-9a-f]{15}", one) for one in odd)


@pytest.mark.parametrize(
    ("lang", "text", "shown"),
    [
        ("en", "2 (by سالم حسن) & 3", '2 (by <bdi lang="ar" dir="rtl">سالم حسن</bdi>) &amp; 3'),
        ("ar", "بحسب Agency One، 3", 'بحسب <bdi lang="en" dir="ltr">Agency One</bdi>، 3'),
        ("ar", "<b> نص", "&lt;<bdi lang=\"en\" dir=\"ltr\">b</bdi>&gt; نص"),
    ],
)  # fmt: skip
def test_the_other_script_in_a_sentence_keeps_to_itself(lang, text, shown):
    assert sentence(text, lang) == shown


def test_a_page_says_why_who_and_how_many(tmp_path):
    claims = [records.claim("c1"), records.claim("c2", root="x", review="accepted", head=records.head("a2"))]
    rows = [
        records.told(claims[0], counts=[{"kind": "killed", "min": 9, "max": 9}]),
        records.told(claims[1], root="x", root_text="المشفى", root_label=None, counts=[{"kind": "killed", "min": 20, "max": None}]),
    ]  # fmt: skip
    told = [replace(claim, told=row) for claim, row in zip(claims, rows, strict=True)]
    count = {"kind": "killed", "min": 9, "max": None, "min_by": "Observer", "max_by": "المشفى"}
    record = replace(records.incident("i1", told, rows, counts=[count], counts_differ=True, roots=2, independent=2), review="partly", reviewed=1)  # fmt: skip
    page = site(tmp_path / "a", [record])[page_of("i1")]
    main = re.sub(r"\s+", " ", html.unescape(re.sub("<[^>]*>", " ", page[page.index("<main") :])))
    for said in (
        "Advance into a place, Khan Shaykhun, 1 March 2026: by Syrian army",
        "Roots: 2 (2 independent)",
        "Review: partly checked by people. People decided about 1 of its claims and refused 0.",
        "one root affirms it",
        "lowest: 9 (according to Observer); highest: no upper bound told (according to المشفى )",
        "Observer 9 المشفى 20 or more",
        "قال الجيش إنه دخل خان شيخون أمس",
        "Agency , 2026-03-02 : دخول إلى البلدة accepted by people",
    ):
        assert said in main
    # After an Arabic name the parts of a day would change places.
    assert '<bdi dir="ltr">2026-03-02</bdi>' in page
