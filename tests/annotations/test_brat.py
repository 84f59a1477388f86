"""brat's files as people leave them: what can be used is read, the rest is told with its line."""

import pytest

from marsad.annotations import Annotated, Refused, Wanted, read_brat, read_cards, read_terms
from marsad.errors import InputError
from marsad.model.jsonl import claim_from_json

TEXT = "قالت الوزارة إن الجيش انسحب من مورك أمس، وقُتل ثلاثة مدنيين."


def at(words):
    """Offsets and words of a T line."""
    start = TEXT.index(words)
    return f"{start} {start + len(words)}\t{words}"


GOOD = [
    f"T1\tterritory_withdrawal {at('انسحب من مورك')}",
    f"T2\tsource {at('الوزارة')}",
    f"T3\tactor {at('الجيش')}",
    f"T4\tplace {at('مورك')}",
    f"T5\ttime {at('أمس')}",
    f"T6\tcue {at('قالت')}",
    "E1\tterritory_withdrawal:T1 Source:T2 Agent:T3 Place:T4 Time:T5",
    "R1\tCue Arg1:T2 Arg2:T6",
    "A1\tSourceKind T2 organisation",
    "A2\tStance T2 deny",
    "A3\tPolarity E1 negated",
    "#1\tAnnotatorNotes T5\tfrom=2031-03-17; to=2031-03-17; precision=day",
    "N1\tReference T4 GeoNames:170017\tMūrak",
    "N2\tReference T3 marsad:sy-army\tSyrian Army",
]


def folder(path, lines, text=TEXT, name="a1"):
    path.mkdir(parents=True, exist_ok=True)
    (path / f"{name}.txt").write_bytes(text.encode())
    (path / f"{name}.ann").write_bytes("".join(f"{line}\n" for line in lines).encode())
    return path


def read(path, lines, text=TEXT, **wanted):
    (found,) = read_brat(folder(path, lines, text), Wanted(**wanted))
    return found


def test_a_claim_with_all_its_parts(tmp_path):
    found = read(tmp_path, GOOD)
    assert found.refused == []
    (row,) = found.article["claims"]
    claim = claim_from_json(row, "a1")
    assert (claim.event, claim.polarity, claim.modality) == ("territory.withdrawal", "negated", "actual")
    (source,) = claim.attribution
    assert (source.text, source.kind, source.stance, source.quote) == (
        "الوزارة",
        "organisation",
        "deny",
        "indirect",
    )
    assert TEXT[source.cue.start : source.cue.end] == "قالت"
    assert [(actor.role, actor.text, actor.id) for actor in claim.actors] == [("agent", "الجيش", "sy-army")]
    assert (claim.place.text, claim.place.id, claim.place.precision) == ("مورك", "geonames:170017", None)
    assert (str(claim.time.start), claim.time.precision) == ("2031-03-17", "day")
    assert (found.article["id"], found.article["text"], found.article["title"]) == ("a1", TEXT, "")


FAULTS = [
    ("territory_lost", f"T9\tterritory_lost {at('انسحب')}", "T9 territory_lost 22 27", "no code"),
    ("offsets outside", "T9\tactor 10 999\tx", "T9 actor 10 999", "no stretch of the text"),
    ("no offsets", "T9\tactor here\tx", "T9 actor here", "no pairs of numbers"),
    ("other words", "T9\tactor 0 4\tكتبت", "T9 actor 0 4", "there stands 'قالت'"),
    ("in no claim", f"T9\tactor {at('ثلاثة')}", "T9 actor", "it stands in no claim"),
    ("id twice", "T4\tactor 0 4\tقالت", "T4", "there is an T4 already, in line 4"),
    (
        "unknown value",
        "A9\tModality E1 maybe",
        "E1 territory.withdrawal, modality",
        "none of actual, planned",
    ),
    ("value of another kind", "A9\tStance T4 deny", "T4 place, stance", "no such value"),
    ("value of nothing", "A9\tModality E7 planned", "A9 Modality E7 planned", "not there"),
    ("part of nothing", "R9\tCue Arg1:T2 Arg2:T77", "cue", "T77 is not there"),
    ("unknown role", "R9\tBecause Arg1:E1 Arg2:T3", "R9 Because", "no such role"),
    ("wrong ends", "R9\tCue Arg1:T4 Arg2:T6", "cue", "leads from source to cue, not from place to cue"),
    ("no line of brat", "Q1 what is this", "Q1 what is this", "no line of annotation"),
    ("an event without words", "E9\tterritory_control:T99", "E9 territory_control:T99", "its words T99"),
    ("a note that is no day", "#9\tAnnotatorNotes T5\tfrom=yesterday", "T5 time, from", "no day"),
    (
        "a place off the globe",
        '#9\tAnnotatorNotes T4\t{"lat": 99, "lon": 36}',
        "T4 place, lat and lon",
        "no place",
    ),
    ("a reference to nothing", "N9\tReference T77 a:b\tx", "N9 Reference T77 a:b", "no reference"),
]


@pytest.mark.parametrize(
    ("line", "what", "reason"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS]
)
def test_a_fault_is_told_with_its_line_and_the_rest_is_read(tmp_path, line, what, reason):
    lines = [*(one for one in GOOD if not (line.startswith("#9") and one.startswith("#1"))), line]
    found = read(tmp_path, lines)
    (refused,) = found.refused
    assert refused.file.endswith("a1.ann")
    assert refused.what == what
    assert reason in refused.reason
    assert len(found.article["claims"]) == 1
    (claim,) = found.article["claims"]
    assert (claim["attribution"][0]["text"], claim["place"]["text"]) == ("الوزارة", "مورك")


def test_the_line_of_a_fault_is_that_of_the_file(tmp_path):
    (refused,) = read(tmp_path, [*GOOD, "T9\tactor 10 999\tx"]).refused
    assert refused.where == f"line {len(GOOD) + 1}"


def test_without_the_kind_of_its_source_there_is_no_claim(tmp_path):
    found = read(tmp_path, [line for line in GOOD if not line.startswith("A1\t")])
    assert found.article["claims"] == []
    assert [str(one.reason) for one in found.refused] == [
        "no claim is made of it: the kind of its source T2 is not said"
    ]


def test_pieces_with_words_between_are_evidence_each_and_over_a_line_end_one(tmp_path):
    text = "سقطت مدينة\r\nمورك، وهي بلدة، بيد الفصائل"
    gap = text.index("بيد")
    lines = [
        f"T1\tterritory_control 0 10;12 16;{gap} {gap + 3}\tسقطت مدينة مورك بيد",
        "E1\tterritory_control:T1",
    ]
    (claim,) = read(tmp_path, lines, text).article["claims"]
    assert claim["evidence"] == [{"start": 0, "end": 16}, {"start": gap, "end": gap + 3}]


def test_text_marks_without_events_and_equivalence_make_claims(tmp_path):
    lines = [f"T1\tharm_killed {at('قُتل ثلاثة')}", f"T2\tharm.killed {at('وقُتل')}", "*\tEquiv T1 T2"]
    found = read(tmp_path, lines)
    assert found.refused == []
    assert [len(claim["evidence"]) for claim in found.article["claims"]] == [2]


def test_offsets_in_utf_16_and_over_folded_line_ends_are_found_by_the_words(tmp_path):
    text = "🚀 قصف\r\nعلى مورك 🚀 أمس"
    lines = ["T1\tstrike_shelling 3 6\tقصف", "T2\tplace 11 15\tمورك", "E1\tstrike_shelling:T1 Place:T2"]
    found = read(tmp_path, lines, text)
    assert found.counting == "UTF-16 units with CRLF as one"
    (claim,) = found.article["claims"]
    assert claim["place"]["start"] == text.index("مورك")


def test_words_of_notes_are_kept(tmp_path):
    found = read(tmp_path, [*GOOD, "#9\tAnnotatorNotes T4\tأهي البلدة أم الناحية؟"])
    assert found.article["notes"] == [{"on": "T4", "text": "أهي البلدة أم الناحية؟"}]


def test_labels_of_others_are_mapped(tmp_path):
    mapping = tmp_path / "labels.toml"
    mapping.write_text(
        '[labels]\nPullout = "territory.withdrawal"\nMinistry = "source kind=organisation"\nWho = "actor"\nWeapon = "ignore"\n'
        '[roles]\nSaidBy = "source"\nMover = "agent"\n[values]\nTruth = "polarity"\n"Truth=no" = "polarity=negated"\n',
        encoding="utf-8",
    )
    lines = [
        f"T1\tPullout {at('انسحب')}",
        f"T2\tMinistry {at('الوزارة')}",
        f"T3\tWho {at('الجيش')}",
        f"T4\tWeapon {at('مورك')}",
        "E1\tPullout:T1 SaidBy:T2 Mover:T3",
        "A1\tTruth E1 no",
    ]
    found = read(tmp_path / "in", lines, terms=read_terms(mapping))
    assert found.refused == []
    (claim,) = found.article["claims"]
    assert (claim["event"], claim["polarity"]) == ("territory.withdrawal", "negated")
    assert claim["attribution"][0]["kind"] == "organisation"
    assert claim["actors"][0]["role"] == "agent"


def test_cards_give_what_the_project_has_lost(tmp_path):
    cards = tmp_path / "cards.jsonl"
    cards.write_text(
        '{"id": "a1", "outlet": "وكالة", "published": "2031-03-18", "title": "عنوان"}\n', encoding="utf-8"
    )
    article = read(tmp_path / "in", GOOD, cards=read_cards(cards)).article
    assert (article["outlet"], article["published"], article["title"], article["text"]) == (
        "وكالة",
        "2031-03-18",
        "عنوان",
        TEXT,
    )


def test_a_document_without_its_text_or_its_annotations_is_told(tmp_path):
    folder(tmp_path, GOOD)
    (tmp_path / "b.ann").write_text("", encoding="utf-8")
    (tmp_path / "c.txt").write_text("نص", encoding="utf-8")
    found = list(read_brat(tmp_path, Wanted()))
    assert [type(one) for one in found] == [Annotated, Refused, Refused]
    assert "b.txt is missing" in str(found[1])
    assert "nobody has annotated it" in str(found[2])


def test_two_annotators_are_kept_apart(tmp_path):
    folder(tmp_path / "reem", GOOD)
    folder(tmp_path / "adam", [])
    with pytest.raises(InputError, match=r"a1 lies in .*adam and in .*reem.*--annotator"):
        list(read_brat(tmp_path, Wanted()))
    (found,) = read_brat(tmp_path, Wanted(annotator="reem"))
    assert len(found.article["claims"]) == 1


def test_a_folder_without_annotations_is_an_error(tmp_path):
    with pytest.raises(InputError, match="holds no \\.ann files"):
        list(read_brat(tmp_path, Wanted()))


def test_bytes_that_are_no_utf_8_are_told(tmp_path):
    folder(tmp_path, GOOD)
    (tmp_path / "a1.txt").write_bytes("نص".encode("cp1256"))
    (found,) = read_brat(tmp_path, Wanted())
    assert "not UTF-8" in found.reason
