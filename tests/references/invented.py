"""Rows in the columns of ACLED and UCDP GED: places that exist, events and ids that never were."""

import csv
import io

ACLED = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,"
    "civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
).split(",")
OLD_ACLED = ["data_id", "iso3", "event_id_no_cnty", *(one for one in ACLED if one not in ("disorder_type", "civilian_targeting", "tags"))]  # fmt: skip
UCDP = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,"
    "side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,"
    "where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,date_prec,date_start,date_end,"
    "deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob"
).split(",")
_ACLED_ROW = {
    "event_id_cnty": "INV1", "event_date": "14 March 2031", "year": "2031", "time_precision": "1", "event_type": "Battles", "sub_event_type": "Armed clash",
    "actor1": "Military Forces of Syria (2024-)", "actor2": "Invented Front", "inter1": "State forces", "interaction": "12", "country": "Syria",
    "admin1": "Hama", "location": "Murak", "latitude": "35.3762", "longitude": "36.6897", "geo_precision": "1", "source": "Invented Post; Invented Wire",
    "notes": 'A line, with "quotes"\nand a second line; invented.', "fatalities": "47",
}  # fmt: skip
_UCDP_ROW = {
    "id": "900001", "relid": "INV-2031-1-1", "type_of_violence": "1", "side_a": "Government of Syria", "side_b": "Invented Front", "where_prec": "2",
    "where_coordinates": "Murak town", "adm_1": "Hama governorate", "latitude": "35.3762", "longitude": "36.6897", "country": "Syria", "date_prec": "1",
    "date_start": "2031-03-14 00:00:00.000", "date_end": "2031-03-14 00:00:00.000", "best": "47", "low": "40", "high": "60", "source_original": "a medic",
    "source_office": "Invented Wire;Invented Post", "source_headline": "invented",
}  # fmt: skip


def acled(**values):
    """An ACLED row; values of other columns than the usual ones by name."""
    return {**_ACLED_ROW, **values}


def ucdp(**values):
    """A UCDP row likewise."""
    return {**_UCDP_ROW, **values}


def as_csv(rows, columns, delimiter=",", ends="\r\n"):
    """Rows as the text of a file."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, delimiter=delimiter, lineterminator=ends, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def acled_file(path, *rows, **how):
    """A file in today's ACLED columns."""
    path.write_text(as_csv(rows, ACLED, **how), encoding="utf-8")
    return path


def ucdp_file(path, *rows, **how):
    """A file in UCDP GED's 49 columns."""
    path.write_text(as_csv(rows, UCDP, **how), encoding="utf-8")
    return path
