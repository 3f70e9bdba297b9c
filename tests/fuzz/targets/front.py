"""Front matter (YAML, TOML, and JSON as YAML), and the YAML of records."""

from __future__ import annotations

import inspect
import textwrap
from unittest import mock

import ruamel.yaml

from fuzz.shape import TODAY, check_error, check_place
from onevoice import limits
from onevoice.errors import OnevoiceError
from onevoice.finding import Finding, Span
from onevoice.load import yaml
from onevoice.load.folder import load_files
from onevoice.load.yaml import parse_yaml
from onevoice.matcher.matcher import Context
from onevoice.prose import front
from onevoice.prose.read import read_prose
from onevoice.records import KINDS

SIGNS = [
    "title: ", "description: ", "audience: ", "channel: ", "tags: [", "]", "{", "}", "- ", ": ", " #", "# ", "? ",
    "| ", "|\n", ">\n", ">-\n", "&a ", "*a", "!", "!!str ", "!a [b]", "<<: *a", "---\n", "...\n", "+++\n",
    "%YAML 1.1\n", "null", "~", "true", "1e9", "0x10", "0o7", ".inf", "1_000", "2026-01-01", "12:30", "'", "''", '"',
    '\\"', "\\u00e9", "\t", "\r\n", "\r", "\x85", "\u2028", "\xa0", "\u3000", "\ufeff", "\0", "\x07", "\ud800", "é",
    "😀", "[[", "[{", ", ", "a.b.c = 1", " = ", "'''", '"""', "[table]\n", "[[table]]\n", "1979-05-27T07:32:00Z", "  ",
    "        ", "terms:\n", "defaults:\n", "  - id: ", "    preferred: ", "    definition: ", "    avoid: ",
    "    use: ", "    why: ", "    level: warning\n", "    status: retired\n", "    was: ", "    forms: {",
    "    case: exact\n", "proof:\n", "    expires: 2027-01-01\n",
]  # fmt: skip
_YAML = (
    "title: A lead\naudience: [customers, b]\ntags:\n- c\n-  'd'\nn: 5\ndraft: true\nempty:\n# comment\n",
    "title: The buyer's journey\ndescription: 'It''s a \"lead\"'\naudience: [customers, Partners]\ntags:\n- a\n- b\n",
    'title: "A \\u00e9 \\x41 lead"\na: &a [1, 2]\nb: *a\nc: {d: e, f: [g]}\n? h\n: |\n  text\n  more\n',
    "title: >-\n  folded\n  text\ndate: 2026-01-01\ndraft: true\nx: 1.5\ny: ~\n# a comment\n'z': \"q\"\n",
)
_JSON = '{"title": "The buyer\'s journey", "audience": ["a", "b"], "n": 1.5e3, "x": null, "y": {"z": true}}\n'
_TOML = 'title = "A lead"\ndescription = \'plain\'\naudience = ["a"]\n[x.y]\nz = 1979-05-27\n[[w]]\nv = 0x10\n'
# The kinds of records by their numbers, from 2 on.
_KINDS = tuple(sorted(KINDS))


def list_seeds() -> list[bytes]:
    """Front matter (the first byte is 0 for YAML and JSON, 1 for TOML) and files of records (2 and more)."""
    fronts = [b"\0" + text.encode() for text in (*_YAML, _JSON)] + [b"\1" + _TOML.encode()]
    return fronts + [bytes([2 + at]) + _make_file(kind).encode() for at, kind in enumerate(_KINDS)]


def _make_file(kind: str) -> str:
    return f"{kind}:\n{textwrap.indent(inspect.cleandoc(KINDS[kind].EXAMPLE), '  ')}\n"


def check(data: bytes) -> None:
    """Raises for a fault."""
    kind, text = (data[0] if data else 0) % (2 + len(_KINDS)), data[1:].decode("utf-8", "replace")
    if kind < 2:
        mark = "+++" if kind else "---"
        check_front(f"{mark}\n{text}\n{mark}\n# After\n\nThe words after.\n")
    else:
        check_records(_KINDS[kind - 2], data[1:])


def check_front(source: str) -> None:
    """Front matter is plain data, its titles are in it, and the short way of reading agrees with the long one."""
    meta, blocks, end = front.parse_front_matter(source)
    assert repr(front.parse_front_matter(source)) == repr((meta, blocks, end)), "read twice, it differs"
    assert 0 <= end <= len(source)
    assert count_values(meta) <= max(limits.MAX_FRONT_VALUES, len(source)), "more values than the limit"
    assert all(isinstance(key, str) for key in meta)
    for block in blocks:
        for piece in block.pieces:
            assert 0 <= piece.start <= piece.end <= end, "a title is not in the front matter"
    Context.from_meta(meta, TODAY)
    try:
        read_prose("a.md", source.encode("utf-8", "replace"))
    except OnevoiceError as error:
        check_error("a.md", error)
    if source.startswith("---\n") and end:
        check_short_way(source, meta)


def check_short_way(source: str, meta: dict[str, object]) -> None:
    """What is read without ruamel.yaml is what it reads."""
    closed = front._CLOSE.search(source, 4)
    assert closed is not None
    try:
        short, places = front._parse_simple(source, 4, closed.start())
    except front._ComplexYaml:
        return
    try:
        ruamel.yaml.YAML(typ="safe").compose(source[4 : closed.start()])
    except (ruamel.yaml.error.YAMLError, ValueError):
        return  # The short way forgives.
    long, long_places = front._parse_yaml(source[4 : closed.start()], 4)
    assert repr(short) == repr(long), f"{short!r} is {long!r} to ruamel.yaml"
    titles = [[front._build_title(source, *place) for place in found] for found in (places, long_places)]
    assert [one for one in titles[0] if one] == [one for one in titles[1] if one], "titles differ"


def count_values(data: object) -> int:
    """How many values there are."""
    if isinstance(data, dict):
        return 1 + sum(map(count_values, data.values()))
    return 1 + sum(map(count_values, data)) if isinstance(data, list) else 1


def check_records(kind: str, data: bytes) -> None:
    """Records are read or refused at a place of their file, twice the same."""
    name = f"content/{kind}.yaml"
    loaded = load_files([(kind, name, data)])
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    for finding in loaded.findings:
        assert finding.path == name
        check_place(text, finding)
    for record, place in loaded.records:
        check_place(text, Finding("x", "error", name, place.locate_field("id"), "", "m"))
        assert type(record).model_validate(record.model_dump(by_alias=True)) == record, "a record does not read itself"
    if text.isprintable() or "\ufffd" not in text:
        document = parse_yaml(name, text)
        assert parse_yaml(name, text) == document, "read twice, it differs"
        for line, column in (*document.values.values(), *document.keys.values()):
            check_place(text, Finding("x", "error", name, Span(line, column, line, column), "", "m"))
        if document.regular:
            with mock.patch.object(yaml, "read_regular", lambda source: None):
                general = parse_yaml(name, text)
            assert not general.findings, "what is read line by line has a mistake"
            assert repr(document.data) == repr(general.data), "read line by line, it differs"
            assert (document.values, document.keys) == (general.values, general.keys), "places differ"
