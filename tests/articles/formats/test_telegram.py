"""Exports of Telegram Desktop become articles, message by message."""

import json
import sys
from pathlib import Path

import pytest

from marsad.articles import Limits, article_of, pieces

sys.path.insert(0, str(Path(__file__).parent))
from made_files import TEXT, cut, reasons, shape


def message(number, text=TEXT, **more):
    return {
        "id": number, "type": "message", "date": "2024-12-06T09:00:00", "date_unixtime": "1733468400",
        "from": "قناة الأخبار", "from_id": "channel777", "text": text, "text_entities": [], **more,
    }  # fmt: skip


def chat(messages, number=777, name="قناة الأخبار"):
    return {"name": name, "type": "public_channel", "id": number, "messages": messages}


def export(value, **form):
    return json.dumps(value, ensure_ascii=False, **form)


def test_message_is_an_article_of_its_channel(tmp_path):
    raws = cut(tmp_path / "result.json", export(chat([message(1)]), indent=1))
    article = article_of(raws[0])
    assert (article.id, article.text) == ("telegram-777-1", TEXT)
    assert (article.published, article.outlet) == ("2024-12-06T07:00:00+00:00", "قناة الأخبار")
    assert article.extra == {}
    assert raws[0].where.endswith("result.json!messages/1")


@pytest.mark.parametrize(
    ("made", "field", "expected"),
    [
        (message(1, ["قال ", {"type": "bold", "text": "الجيش"}, {"type": "x"}, 7, " إن المدينة"]), "text", "قال الجيش إن المدينة"),
        (message(1, date_unixtime=1733468400), "published", "2024-12-06T07:00:00+00:00"),
        ({"id": 1, "type": "message", "date": "2024-12-06T09:00:00", "text": TEXT}, "published", "2024-12-06T09:00:00"),
        ({"id": 1, "type": "message", "text": TEXT}, "published", None),
        (message(1, edited="2024-12-07T09:00:00"), "extra", {"edited": "2024-12-07T09:00:00"}),
        (message(1, edited_unixtime="1733468460"), "extra", {"edited": "2024-12-06T07:01:00+00:00"}),
        (message(1, forwarded_from="أخرى", reply_to_message_id=5), "extra", {"forwarded_from": "أخرى", "reply_to_message_id": 5}),
        (message(1, forwarded_from=None), "extra", {}),
        ({**message(1), "from": "سعاد"}, "extra", {"sender": "سعاد"}),
    ],
)  # fmt: skip
def test_fields_of_a_message(tmp_path, made, field, expected):
    (raw,) = cut(tmp_path / "result.json", export(chat([made])))
    assert getattr(article_of(raw), field) == expected


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (message(1, type="service"), None),
        (message(1, ""), None),
        (message(1, [{"type": "plain", "text": " "}]), None),
        (message(1, None), None),
        (message("x"), "bad_record"),
        (message(True), "bad_record"),
        (message(1, date_unixtime="soon"), "bad_date"),
        (message(1, date_unixtime="9" * 30), "bad_date"),
        (message(1, date_unixtime={}), "bad_date"),
        ("words", "bad_record"),
        ([[message(1)]], "bad_record"),
    ],
)
def test_odd_message_costs_no_other(tmp_path, made, reason):
    raws = cut(tmp_path / "result.json", export(chat([message(7), made, message(8)])))
    assert [kind for kind, _ in shape(raws)] == ["record", *([reason] if reason else []), "record"]


def test_all_chats_of_an_account_are_read_under_their_own_names(tmp_path):
    account = {
        "about": "كل شيء",
        "personal_information": {"user_id": 1, "name": "صاحب الحساب"},
        "chats": {"about": "الكل", "list": [chat([message(1)], 5, "أولى"), chat([message(1)], 6, "ثانية")]},
        "left_chats": {"about": "السابقة", "list": [chat([message(1)], 7, None)]},
    }
    raws = cut(tmp_path / "result.json", export(account))
    found = [article_of(raw) for raw in raws]
    assert [(article.id, article.outlet) for article in found] == [
        ("telegram-5-1", "أولى"), ("telegram-6-1", "ثانية"), ("telegram-7-1", None)
    ]  # fmt: skip
    assert raws[1].member == "chats/6/messages/1"


def test_chats_that_come_late_in_an_export_are_found(tmp_path):
    contacts = [{"name": f"أحد {number}"} for number in range(5000)]
    account = {
        "about": "x",
        "personal_information": {},
        "contacts": {"list": contacts},
        "chats": {"list": [chat([message(1)])]},
    }
    assert shape(cut(tmp_path / "result.json", export(account))) == [("record", "chats/777/messages/1")]


@pytest.mark.parametrize(
    "value",
    [
        {"id": "a", "text": TEXT, "messages": [1, 2]},
        {"id": "a", "messages": [message(1)], "text": TEXT},
        {"id": "a", "text": TEXT, "chats": {"list": []}},
        {"id": "a", "text": TEXT, "note": {"messages": []}},
    ],
)
@pytest.mark.parametrize("indent", [None, 1])
def test_article_with_such_a_field_stays_an_article(tmp_path, value, indent):
    (raw,) = cut(tmp_path / "a.json", export(value, indent=indent))
    assert article_of(raw).id == "a"


def test_export_that_breaks_off_keeps_what_came_before(tmp_path):
    whole = export(chat([message(number) for number in range(50)]))
    raws = cut(tmp_path / "result.json", whole[: len(whole) // 2])
    assert 10 < len(raws) < 40
    assert reasons(raws) == ["truncated"]


@pytest.mark.parametrize(
    ("middle", "reason"),
    [('{"id": 3, te', "bad_json"), ("[" * 5000, "bad_json"), ('"' + "x" * 3_000_000, "too_long")],
)
def test_export_that_is_damaged_says_so(tmp_path, middle, reason):
    start = export(chat([message(1)])).removesuffix("]}")
    raws = cut(tmp_path / "result.json", f"{start}, {middle}}}, nonsense", bytes=1_000_000)
    assert [kind for kind, _ in shape(raws)] == ["record", reason]


def test_messages_are_read_as_they_are_asked_for(tmp_path):
    path = tmp_path / "result.json"
    path.write_text(export(chat([message(number) for number in range(20_000)])), encoding="utf-8")
    read = pieces(str(path), Limits())
    assert [next(read).member for _ in range(2)] == ["messages/0", "messages/1"]
    read.close()
