"""A workspace in which it is told who holds places, by outlets with names that try to be more than names."""

import pytest

from stored import OTHER, TEXT, stored
from web.client import Browser, opened

HOSTILE = '<script>alert("x")</script>\u202e=cmd|x'
ARTICLES = [
    stored("a1", "سيطرت فصائل المعارضة السورية على مدينة حماة يوم الخميس، وانسحب الجيش السوري منها.", published="2024-12-06"),
    stored("a2", "أعلن الجيش السوري يوم الخميس أن قواته انسحبت من مدينة حماة.", published="2024-12-06", outlet="وكالة الجبل"),
    stored("a3", "دخلت قوات سوريا الديمقراطية إلى مدينة دير الزور أمس الجمعة.", published="2024-12-07", outlet=HOSTILE),
    stored("a4", "سيطرت حركة الزعتر على قرية كفر الزعتر المجهولة أمس الأحد.", published="2024-12-09", outlet="سانا"),
    stored("a5", TEXT, published="2024-12-06"),
    stored("a6", OTHER, published="2024-12-07", outlet="وكالة الجبل"),
]  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A workspace that is only looked at."""
    with opened(tmp_path_factory.mktemp("known") / "desk", ARTICLES) as made:
        yield made


@pytest.fixture
def looking(desk):
    """A browser on this machine."""
    with Browser(desk) as made:
        yield made
