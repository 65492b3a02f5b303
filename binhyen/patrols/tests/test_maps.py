# SPDX-License-Identifier: AGPL-3.0-or-later
"""The way walked as a drawing."""

import re

import pytest
from django.template.loader import render_to_string

from binhyen.patrols import maps
from binhyen.patrols.rules import BadTrack, encode_track

WALK = [(10.9287 + i * 0.0003, 108.2871 + i * 0.0002) for i in range(60)]
MUI_NE = "22918"


def drawn(points, code=MUI_NE):
    found = maps.draw_track(encode_track(points), commune_code=code)
    assert found is not None
    return found


def numbers(text):
    return [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", text)]


def test_a_track_lies_within_the_drawing():
    line = numbers(drawn(WALK).line)

    assert all(0 <= x <= maps.WIDTH for x in line[::2])
    assert all(0 <= y <= maps.HEIGHT for y in line[1::2])


def test_north_is_up_and_east_is_right():
    line = numbers(drawn(WALK).line)

    assert line[0] < line[-2]
    assert line[1] > line[-1]


def test_the_commune_of_the_patrol_is_the_backdrop():
    outline = maps.schematic().communes[MUI_NE]

    assert drawn(WALK).outline == outline
    assert drawn(WALK).inset.outline == outline


def test_a_commune_that_the_schematic_map_does_not_know_has_no_backdrop():
    unknown = drawn(WALK, "99999")

    assert (unknown.outline, unknown.inset) == ("", None)


def test_the_scale_bar_is_as_long_as_it_says():
    a_kilometre = [(10.9, 108.2), (10.9 + 1000 / maps.METRES_PER_DEGREE, 108.2)]
    found = drawn(a_kilometre)
    line = numbers(found.line)
    units_per_kilometre = line[1] - line[-1]

    said = {"200 m": 0.2, "500 m": 0.5}[found.bar_label]
    assert float(found.bar) == pytest.approx(units_per_kilometre * said, rel=0.01)


def test_start_and_end_at_one_place_share_a_label():
    loop = [*WALK, *reversed(WALK)]

    assert len(drawn(WALK).marks) == 2
    assert len(drawn(loop).marks) == 1


def test_one_point_and_standing_still_are_drawn():
    assert drawn([WALK[0]]).marks
    assert drawn([WALK[0]] * 100).line.count(",") <= 3


def test_no_track_is_no_drawing_and_a_bad_one_is_refused():
    assert maps.draw_track("", commune_code=MUI_NE) is None
    with pytest.raises(BadTrack):
        maps.draw_track("k", commune_code=MUI_NE)


def test_a_day_of_points_stays_a_small_drawing():
    day = [(10.9 + (i % 300) * 0.00001, 108.2 + i * 0.000005) for i in range(8640)]

    assert len(drawn(day).line) < 60_000


def test_the_text_says_what_the_picture_shows(english):
    assert "km long" in drawn(WALK).text


def test_the_svg_has_classes_and_no_inline_style():
    html = render_to_string("patrols/track.html", {"data": drawn(WALK)})

    assert "style=" not in html
    assert 'role="img"' in html
    assert 'aria-labelledby="track-text"' in html
    assert not re.search(r"\d,\d+ \d,\d+,", html)
