"""Drawings that people send: what may be published and painted, and what color they mostly have."""

import pytest

from onevoice.handbook import drawing

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"'
BILLION = "".join(f'<g id="a{n}">{f"<use href=%s#a{n - 1}%s/>" % (chr(34), chr(34)) * 10}</g>' for n in range(1, 12))


def svg(inside, more=""):
    return f"{HEAD}{more}>{inside}</svg>".encode()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (svg("<script>alert(1)</script>"), "an element `script`"),
        (svg("<SCRIPT/>"), "an element `script`"),
        (svg("", ' onload="alert(1)"'), "`onload`"),
        (svg('<a href="javascript:alert(1)"><path d="M0 0"/></a>'), "outside of itself"),
        (svg('<image href="https://example.com/x.png"/>'), "`https://example.com/x.png`"),
        (svg('<image xlink:href="/etc/passwd"/>'), "`/etc/passwd`"),
        (svg('<image href=" data:image/svg+xml;base64,AAAA"/>'), "outside of itself"),
        (svg('<path style="fill:url(https://example.com/a)"/>'), "outside of itself"),
        (svg("<style>@import 'x.css';</style>"), "loads a style sheet"),
        (svg("<style>.a{fill:url( 'http://e.example/' )}</style>"), "outside of itself"),
        (svg('<set attributeName="xlink:href" to="javascript:alert(1)"/>'), "where a link leads"),
        (svg("<foreignObject><p/></foreignObject>"), "`foreignobject`"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg(""), "defines entities"),
        (b'<?xml-stylesheet href="x.css"?>' + svg(""), "loads a style sheet"),
        (svg(f'<g id="a0"><path d="M0 0"/></g>{BILLION}<use href="#a11"/>'), "without end"),
        (b"\x89PNG", "isn't an SVG"),
        (b"<html/>", "isn't an SVG"),
        (svg("<!--" + "x" * 2**20 + "-->"), "more than 1 MB"),
    ],
)
def test_what_is_not_safe_is_named(data, says):
    assert says in drawing.find_danger(data)


@pytest.mark.parametrize(
    "data",
    [
        svg('<defs><linearGradient id="g"><stop/></linearGradient></defs><path fill="url(#g)" d="M0 0h9"/>'),
        svg('<symbol id="s"><path d="M0 0"/></symbol><use xlink:href="#s"/>'),
        svg('<image href="data:image/png;base64,AAAA"/>'),
        svg("<style>.a{fill:#fff}</style>"),
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">' + svg(""),
        # It goes in a circle, which every program notices.
        svg('<g id="a"><use href="#a"/></g>'),
    ],
)
def test_what_design_programs_write_is_fine(data):
    assert drawing.find_danger(data) == ""


def test_a_deep_drawing_is_read():
    assert drawing.find_danger(svg("<g>" * 5000 + "</g>" * 5000)) == ""


@pytest.mark.parametrize(
    ("inside", "color"),
    [
        ('<path d="M0 0h9v9h-9z"/>', "#000000"),
        ('<g fill="#FFF"><path d="M0 0h9v9h-9z"/></g><path d="M0" fill="red"/>', "#ffffff"),
        ('<path fill="none" stroke="rgb(1, 2, 3)" d="M0 0h9"/>', "#010203"),
        ('<style>.a, .b{fill:#abcdef}</style><path class="b" fill="red" d="M0 0h9"/>', "#abcdef"),
        ('<path style="fill: #123456; stroke: none" d="M0 0h9"/>', "#123456"),
        ('<defs><path fill="red" d="M0 0h9v9h9v9h9"/></defs><rect fill="white"/>', "#ffffff"),
        ('<linearGradient id="g"><stop stop-color="#0f0"/></linearGradient><rect fill="url(#g)"/>', "#00ff00"),
        ("", ""),
    ],
)
def test_the_color_of_most_of_it(inside, color):
    assert drawing.find_main_color(svg(inside)) == color


def test_text_is_told_from_drawn_letters():
    assert drawing.has_text(svg("<g><text>Acme</text></g>"))
    assert not drawing.has_text(svg('<path d="M0 0"/>'))
