"""The generated page of the tables of an archive: every column with its type and meaning."""

from marsad.archive.query import TYPES
from marsad.archive.schema import COLUMNS, PUBLIC

_START = """# Tables of an archive: one row for each article, claim, copy, incident, spell

`marsad archive run` writes these tables as Parquet files (compressed with zstd); `marsad archive sql` asks them. They say what is reported and by whom, not what happened.

<!-- Made by `make docs`; change the program, not this page. -->

A table is made of the files that `archive.json` names under `tables`, in that order, and of no others: each with `path`, `rows`, `bytes` and `sha256`. Days are ISO text (`2031-03-17`), so they sort and
compare as they stand; `date` makes a date of one. Where a column stays empty, the value is not known. `data` holds the whole object as JSON: `data->>'$.time.precision'` asks in it.
"""

_TABLES = {
    "articles": "Articles that were read, with what each is a copy of.",
    "claims": "Claims, in the order of their articles.",
    "copies": "Articles that are near copies, with their families.",
    "incidents": "Incidents, as `marsad reconcile` prints them.",
    "incident_claims": "Which claims are in which incident, and what each says there.",
    "spells": "Who is said to hold each place from when to when, as `marsad control` prints it.",
    "set_aside": "Articles that were refused, with the reason; articles in other languages and off topic are counted and not listed.",
}

_MEANS = {
    "articles": {
        "id": "the article's id, as `marsad read` gives it",
        "outlet": "who published it",
        "published": "day or ISO time of publication",
        "title": "its headline",
        "url": "its address",
        "place": "where it was read: file, and line, offset or record in it",
        "shard": "the share of the input that it was read with",
        "piece": "its number in the shard, from 0",
        "characters": "code points of the text",
        "digest": "SHA-256 of what was read of it (title, text, day, outlet, address), by which it is known again",
        "claims": "how many claims it has",
        "family": "the first article of its family of near copies; empty where it has no copy",
        "copy_of": "the article that it is a copy of",
        "copy_known": "whether it is sure which article it is a copy of; else one of the family, the likeliest",
        "extra": "further fields of its record, as a JSON object",
        "text": "its text, where the archive was made with `--text`",
    },
    "claims": {
        "id": "the claim's id",
        "article": "the id of its article",
        "number": "its number in the article, from 0",
        "event": "the event type (codebook)",
        "polarity": "affirmed or negated",
        "modality": "actual, planned, demanded ... (codebook)",
        "source": "words of the nearest source; empty where the outlet speaks for itself",
        "source_kind": "what kind of source that is",
        "source_id": "the source in the register of actors",
        "stance": "what the source does to the claim: state, assert, concede, deny, allege, predict",
        "place_id": "the place in the gazetteer",
        "place": "its name; as written where it is not on the map",
        "country": "ISO 3166 code of its country",
        "lat": "degrees north (WGS 84)",
        "lon": "degrees east",
        "precision": "how near the position gets: exact, town, district, governorate, country",
        "first_day": "the first day that may be meant",
        "last_day": "the last",
        "data": "the claim as JSON, as `marsad read` prints it",
    },
    "copies": {
        "article": "the article",
        "family": "the first article of its family",
        "copy_of": "the article that it is a copy of; empty for the first",
        "known": "whether it is sure which article it is a copy of",
    },
    "incidents": {
        "id": "the incident's id",
        "block": "the group of events and the country that it was tied in",
        "status": "single, corroborated, conceded, disputed or denied; empty where it is only expected",
        "events": "the event types of its claims",
        "roots": "how many roots tell it",
        "independent": "how many of them are independent",
        "counts_differ": "whether roots tell different counts",
        "first_day": "its first day",
        "last_day": "its last day",
        "day_precision": "how near the day is known",
        "place_id": "the place in the gazetteer",
        "place": "its name",
        "country": "ISO 3166 code of its country",
        "lat": "degrees north (WGS 84)",
        "lon": "degrees east",
        "precision": "how near the position gets",
        "claims": "how many claims are in it",
        "killed_min": "the lowest number of people told to have been killed",
        "killed_max": "the highest",
        "wounded_min": "the lowest number of people told to have been wounded",
        "wounded_max": "the highest",
        "retells": "the incident of the day that this one tells in later words",
        "data": "the incident as JSON, with its claims and reasons",
    },
    "incident_claims": {
        "incident": "the incident",
        "claim": "the claim",
        "article": "its article",
        "number": "its number in the article",
        "event": "its event type",
        "says": "what it says of the incident: affirms, denies, expects, demands",
        "stance": "what its source does to it",
        "root": "the key of its root, by which roots are counted",
        "root_text": "the root's words",
        "root_kind": "what kind of source the root is",
        "side": "the root's side on that day",
        "outlet": "who published it",
        "published": "when",
    },
    "spells": {
        "id": "the spell's id",
        "place_key": "what the place is known by: its id, else its name and country",
        "place_id": "the place in the gazetteer",
        "place": "its name",
        "country": "ISO 3166 code of its country",
        "lat": "degrees north (WGS 84)",
        "lon": "degrees east",
        "state": "held, contested or unknown",
        "holder_id": "the holder in the register; in a contested spell the last known",
        "holder": "the holder's name",
        "claimant_id": "who else is said to have taken or entered a contested place, in the register",
        "claimant": "that one's name",
        "first_day": "the day that it begins",
        "end_day": "the day that it ends, which is not part of it; empty where none is told",
        "incidents": "how many incidents it rests on",
        "roots": "how many roots tell them",
        "data": "the spell as JSON, with its reasons",
    },
    "set_aside": {
        "place": "where it was read: file, and line, offset or record in it",
        "reason": "a short code: empty, bad_json, too_long, crashed, too_slow, out_of_memory, duplicate_id ...",
        "message": "the same in a sentence, with the value",
        "shard": "the share of the input that it was read with",
        "piece": "its number in the shard, from 0",
    },
}  # fmt: skip


def archive_page() -> str:
    """The page in Markdown.

    Raises:
        KeyError: a column has no meaning here.
    """
    lines = [_START]
    for table in PUBLIC:
        pairs = [column.split(":") for column in COLUMNS[table].split()]
        lines += [
            f"## `{table}`",
            "",
            _TABLES[table],
            "",
            "| column | type | meaning |",
            "| --- | --- | --- |",
        ]
        lines += [f"| `{name}` | {TYPES[kind]} | {_MEANS[table][name]} |" for name, kind in pairs]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"
