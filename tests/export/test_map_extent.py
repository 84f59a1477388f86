"""What a map shows."""

import pytest

from marsad.export.map_extent import nearly_all


@pytest.mark.parametrize(
    ("weighted", "tail", "rim", "ends"),
    [
        ([(35.0, 7)], 0.05, 0.16, (34.4, 35.6)),
        ([(35.0, 7), (35.2, 1)], 0.0, 0.5, (34.5, 35.7)),
        ([(40.0, 50), (30.0, 50)], 0.0, 0.2, (29.0, 41.0)),
        ([(40.0, 50), (30.0, 50), (-70.0, 1), (150.0, 1)], 0.02, 0.2, (29.0, 41.0)),
        ([(40.0, 50), (30.0, 50), (-70.0, 9)], 0.02, 0.0, (-70.0, 40.0)),
    ],
)
def test_the_outermost_share_is_left_out_and_a_rim_added(weighted, tail, rim, ends):
    assert nearly_all(weighted, tail, rim) == pytest.approx(ends)
