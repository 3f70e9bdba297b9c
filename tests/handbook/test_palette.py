"""The colors of the handbook's own pages: what a company gives, and what is made from it."""

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from onevoice.handbook.color import MIN_CONTRAST, compute_contrast, find_readable_color, mix_colors
from onevoice.handbook.palette import build_schemes, list_roles
from onevoice.records.identity import ColorRole, Identity

HEX = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
LOGO = {"name": "Logo", "file": "identity/logo.svg", "alt": "a", "use": "u"}
# What is read, and on what.
READ = {
    ("text", "quiet", "link", "good", "soon"): ("page", "surface"),
    ("bad",): ("page", "surface", "bad-tint"),
    ("on-header",): ("header",),
    ("on-accent",): ("accent",),
}


def make_identity(roles):
    colors = [{"name": role, "hex": color, "use": "u", "role": role} for role, color in roles.items()]
    return Identity(logos=[LOGO], colors=colors)


@given(st.dictionaries(st.sampled_from(get_args(ColorRole)), HEX, min_size=1))
def test_every_text_can_be_read_whatever_the_brand(roles):
    for scheme in build_schemes(make_identity(roles)):
        for texts, grounds in READ.items():
            # Between two grays nothing can be read on both.
            can_be = any(
                min(compute_contrast(ink, scheme[one]) for one in grounds) >= MIN_CONTRAST
                for ink in ("#000000", "#ffffff")
            )
            for text in texts if can_be else ():
                assert min(compute_contrast(scheme[text], scheme[one]) for one in grounds) >= MIN_CONTRAST, text


@given(HEX, HEX)
def test_a_color_that_can_be_read_stays_as_it_is(color, ground):
    found = find_readable_color(color, [ground])
    assert compute_contrast(found, ground) >= MIN_CONTRAST
    assert compute_contrast(color, ground) < MIN_CONTRAST or found == color


def test_one_color_changes_every_part_that_is_made_from_it():
    light, dark = build_schemes(make_identity({"header": "#5a1a6b"}))
    other, _ = build_schemes(make_identity({"header": "#0b3d2e"}))
    assert light["header"] == "#5a1a6b"
    assert {name for name in light if light[name] != other[name]} >= {"header", "text", "quiet", "line", "surface"}
    assert dark["page"] == mix_colors("#5a1a6b", "#000000", 0.55) or dark["page"] < "#333333"


def test_a_handbook_without_an_identity_has_colors():
    assert list_roles(None)["header"] == list_roles(None)["text"]
    light, dark = build_schemes(None)
    assert light.keys() == dark.keys() and light["page"] == "#ffffff"
