"""What is not the writer's prose: identifiers and quotations."""

import pytest
from hypothesis import given, strategies

from onevoice.matcher.exclusions import find_identifiers, find_quotations, has_edge_inside


def texts(text, ranges):
    return [text[start:end] for start, end in ranges]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See https://x.com/a,b?c=d#e.", ["https://x.com/a,b?c=d#e"]),
        ("www.x.com/lead and mailto:a@b.c", ["www.x.com/lead", "mailto:a@b.c"]),
        ("Mail sales@acme.com, or @acme.", ["sales@acme.com", "@acme"]),
        ("Post #winning (#1)", ["#winning", "#1"]),
        ("/docs, ./a, ../b, ~/c and docs/d.md", ["/docs", "./a", "../b", "~/c", "docs/d.md"]),
        ("C:\\lead and a\\b", ["C:\\lead", "a\\b"]),
        ("Node.js's, (asp.net), .net.", ["Node.js", "asp.net", ".net"]),
        ("x_y, _x, x_", ["x_y", "_x", "x_"]),
        ("a/b/c and a/", ["a/b/c", "a/"]),
        (
            "docs/guides/start, src/web/page, 2026/05/12, v2/leads/open",
            ["docs/guides/start", "src/web/page", "2026/05/12", "v2/leads/open"],
        ),
        ("add/edit/remove, Docs/Sheets/Slides, CE/SDR/Pre-sales, (bounce/open/reply)", []),
        ("customer/partner, 24/7, $500/mo, C++/C#, R&D, and/or", []),
        ("The end. Next… and...then, (really?) 1) x", []),
        ("看github.com的", ["github.com"]),
        ("[lead](https://x.com/lead) and [the lead](docs/lead.md)", ["https://x.com/lead", "docs/lead.md"]),
        (
            "[x.com](www.x.com) [lead](lead_1 'lead') [lead](lead), a_b",
            ["x.com", "www.x.com", "lead_1", "(lead", "a_b"],
        ),
    ],
)
def test_identifiers(text, expected):
    assert texts(text, find_identifiers(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "yes" and "no".', ['"yes"', '"no"']),
        ("“a ‘b’ c” ‘d’", ["“a ‘b’ c”", "‘d’"]),
        ("„a“ »b« «c» ‹d› 「e」 ”f”", ["„a“", "»b«", "«c»", "‹d›", "「e」", "”f”"]),
        ("‘it’s here’", ["‘it’s here’"]),
        ("“a", []),
        ("a” b", []),
        ('5" and 7" wide', []),
        ("'a' the reps’ 'b'", []),
        ('"a" b "c', ['"a"']),
        ("“a “b”", ["“b”"]),
    ],
)
def test_quotations(text, expected):
    assert texts(text, find_quotations(text)) == expected


BITS = [
    "client", "a", " ", " ", "\n", "/", ".", "_", "@", "#", "::", ":", "](", "[", "(", ")", "https://", "www.", "\\",
    "-", "--", "$", "{", "}", "%", "^", "*", "|", "&", ";", "<<", ">>", "##", "=", '"', "…", ",", "客", "é", "1",
    "innen",
]  # fmt: skip


@given(strategies.lists(strategies.sampled_from(BITS), min_size=1, max_size=25), strategies.data())
def test_the_identifiers_at_some_places_are_those_of_the_whole_text(bits, data):
    text = "".join(bits)
    number = strategies.integers(0, len(text) - 1)
    pairs = data.draw(strategies.lists(strategies.tuples(number, number), max_size=4))
    places = sorted((min(pair), max(pair) + 1) for pair in pairs)
    some, every = find_identifiers(text, places), find_identifiers(text)
    assert [has_edge_inside(*place, some) for place in places] == [has_edge_inside(*place, every) for place in places]
