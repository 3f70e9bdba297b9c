"""What people read of subtitles on the screen."""

import pytest

from onevoice.prose import subtitles
from onevoice.prose.read import read_prose
from prose.shown import shown

SUBRIP = """\
1
00:00:01,000 --> 00:00:02,500 X1:40 X2:600
<i>Please sign</i>
up <font color="#fff">here</font>.

2
00:00:03,000 --> 00:00:04,000
{\\an8}- 3 < 4?
- No & yes.

3
00:00:05,000 --> 00:00:06,000

4
00:00:07,000 --> 00:00:08,000
1984
"""
WEB = """\
WEBVTT - Our film
Kind: captions

STYLE
::cue { color: lime }

REGION
id:fred

NOTE We utilize it here.

NOTE
vale off

intro
00:01.000 --> 00:02.000 align:start
<v Roger Bingham>R&amp;D <c.loud>sign</c>
<00:00:01.500>up

00:03.000 --> 00:04.000
Two
00:04.000 --> 00:05.000
Three
"""


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        (SUBRIP, ["paragraph: Please sign¶up here.", "paragraph: 3 < 4?", "paragraph: No & yes.", "paragraph: 1984"]),
        (SUBRIP.replace("\n", "\r\n"), ["paragraph: Please sign¶up here.", "paragraph: 3 < 4?",
                                        "paragraph: No & yes.", "paragraph: 1984"]),
        (WEB, ["paragraph: R&D sign¶up", "paragraph: Two", "paragraph: Three"]),
        ("\ufeff1\n00:00:01,000 --> 00:00:02,000\na", ["paragraph: a"]),
        ("1\n00:00:01,000 --> 00:00:02,000\na\n2\n00:00:03,000 --> 00:00:04,000\nb", ["paragraph: a", "paragraph: b"]),
        ("No cue at all.", ["paragraph: No cue at all."]),
        ("WEBVTT\n\nNo cue at all.", []),
        ("", []),
    ],
)  # fmt: skip
def test_shows(source, blocks):
    assert shown(subtitles.read("a.srt", source)) == blocks


def test_a_phrase_over_two_lines_of_a_cue_is_where_it_is_in_the_file():
    prose = read_prose("film.srt", SUBRIP.encode())
    block = prose.blocks[0]
    start = block.text.index("sign")
    first, last = block.map_to_source(start, start + len("sign\nup"))
    assert prose.source[first:last] == "sign</i>\nup"
    assert prose.locate_span(first, last)[:2] == (3, 11)


def test_notes_are_comments():
    prose = read_prose("film.vtt", WEB.encode())
    assert [comment.text for comment in prose.comments] == ["We utilize it here.", "vale off"]
    assert [prose.source[one.start : one.end].split()[0] for one in prose.comments] == ["NOTE", "NOTE"]
