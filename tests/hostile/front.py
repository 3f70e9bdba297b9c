"""Hostile front matter: YAML, TOML and JSON in front of a document."""

from __future__ import annotations

from collections.abc import Iterator

from hostile.markdown import TAIL, write_text
from hostile.trial import Case


def grow_aliases(letters: str = "abcdefghij", width: int = 10) -> str:
    """YAML whose aliases stand for very many values."""
    lines, before = [], "x"
    for letter in letters:
        lines.append(f"{letter}: &{letter} [{', '.join([before] * width)}]\n")
        before = f"*{letter}"
    return "".join(lines)


YAML = {
    "brackets": "x: " + "[" * 30_000,
    "closed brackets": "x: " + "[" * 5000 + "]" * 5000,
    "braces": "x: " + "{a: " * 10_000,
    "hyphens": "- " * 30_000 + "x",
    "question marks": "? " * 30_000 + "x",
    "quoted brackets": "x: '" + "[" * 5000 + "'",
    "indentation": "".join(" " * level + "a:\n" for level in range(1500)),
    "aliases": grow_aliases() + "audience: *j",
    "aliases in the title": grow_aliases() + "title: *j",
    "aliases of mappings": grow_aliases().replace("[x,", "[{a: b},") + "tags: *j",
    "merged aliases": "a: &a {x: y}\n" + "".join(f"b{n}: {{<<: *a, c{n}: *a}}\n" for n in range(2000)),
    "merge of text": "x: {<<: y}",
    "merge of itself": "x: &x {<<: *x}",
    "alias of itself": "x: &x [*x]",
    "alias of itself as key": "x: &x {*x : y}",
    "no such alias": "x: *y",
    "5,000 anchors": "".join(f"a{n}: &a{n} b\n" for n in range(5000)),
    "tag": "x: !a [b]",
    "python": "x: !!python/object/apply:os.system [echo]",
    "python name": "title: !!python/name:os.system ''",
    "binary": "x: !!binary '////'",
    "bad binary": "x: !!binary '*'",
    "set": "x: !!set {a, b}",
    "ordered": "x: !!omap [a: b]",
    "bad ordered": "x: !!omap [a]",
    "pairs": "x: !!pairs [a: b, a: c]",
    "time": "x: !!timestamp 2024-13-45",
    "integer of text": "x: !!int abc",
    "float of text": "x: !!float abc",
    "bool of text": "x: !!bool abc",
    "null of text": "x: !!null abc",
    "long number": "x: " + "9" * 4301,
    "long title": "title: " + "9" * 4301,
    "hexadecimal": "x: 0x" + "f" * 5000,
    "base 60": "x: " + "59:" * 2000 + "59",
    "infinity": "x: [.inf, -.inf, .nan]",
    "exponent": "x: 1e999999999",
    "date": "date: 2024-02-30",
    "day 0": "date: 0000-00-00",
    "leap second": "date: 9999-12-31T23:59:60Z",
    "zone": "date: 2024-01-01T00:00:00+99:99",
    "year": "date: 99999-01-01",
    "title list": "title: [a, b]",
    "title mapping": "title: {a: b}",
    "title null": "title: ~",
    "title bool": "title: yes",
    "description number": "description: 1.5",
    "audience mapping": "audience: {a: b}",
    "audience list": "audience: [[a], {b: c}]",
    "audience number": "audience: 1",
    "audience null": "audience:",
    "list": "- a\n- b",
    "scalar": "a",
    "null": "~",
    "empty": "",
    "key list": "? [a, b]\n: c",
    "key mapping": "{a: b}: c",
    "key null": "~: a\n: b",
    "key bool": "yes: a",
    "key number": "1: a\n1.0: b",
    "two keys": "a: b\na: c",
    "two titles": "title: a\ntitle: b",
    "tabs": "a:\n\tb: c",
    "version": "%YAML 9.9\n--- \na: b",
    "tag directive": "%TAG ! tag:a,2000:\n--- \nx: !b c",
    "documents": "a: b\n... \n--- \nc: d",
    "comment": "# " + "a" * 50_000,
    "10,000 keys": "".join(f"k{n}: v\n" for n in range(10_000)),
    "10,000 items": "x:\n" + "- a\n" * 10_000,
    "long key": "k" * 60_000 + ": v",
    "long value": "title: " + "v" * 60_000,
    "open quote": 'title: "a',
    "open single quote": "title: 'a",
    "open bracket": "title: [a",
    "escape": r'title: "\xZZ"',
    "surrogate": r'title: "\ud800"',
    "big escape": r'title: "\UFFFFFFFF"',
    "null byte": "title: a\x00b",
    "control": "title: a\x1b[31m",
    "next line": "title: a\u0085b",
    "separator": "title: a\u2028b",
    "mark": "\ufefftitle: a",
    "block": "title: |\n" + "  a\n" * 5000,
    "folded": "title: >-9\n  a",
    "block without text": "title: |",
    "anchor in title": "title: &a b\ndescription: *a",
    "colons": "a:" * 20_000,
    "spaces": "title:" + " " * 50_000 + "a",
    "hashes": "title: a" + " #" * 20_000,
    "flow": "x: [" + "a, " * 20_000 + "]",
    "nested flow": "x: " + "[[a]," * 5000,
    "quotes": "title: " + "''" * 20_000,
    "double quotes": 'title: "' + '\\"' * 20_000 + '"',
    "backslashes": 'title: "' + "\\\\" * 20_000 + '"',
    "stars": "title: " + "*" * 5000,
}
TOML = {
    "long number": "x = " + "9" * 4301,
    "brackets": "x = " + "[" * 10_000,
    "closed brackets": "x = " + "[" * 900 + "]" * 900,
    "dots": "a" + ".a" * 32_000 + " = 1",
    "tables in tables": "x = " + "{a = " * 5000,
    "dotted tables": "".join(f"[{'a.' * n}a]\n" for n in range(1, 300)),
    "array tables": "[[a]]\n" * 10_000,
    "two keys": "a = 1\na = 2",
    "table twice": "[a]\n[a]\n",
    "date": "date = 2024-02-30",
    "day": "date = 0000-00-00",
    "time": "t = 24:60:60",
    "zone": "d = 2024-01-01T00:00:00+99:99",
    "infinity": "x = [inf, -inf, nan]",
    "escape": 'title = "\\U00110000"',
    "surrogate": 'title = "\\ud800"',
    "open": 'title = "a',
    "open block": 'title = """a',
    "key": "= 1",
    "long key": "k" * 60_000 + " = 1",
    "float": "x = 1e999999999",
    "underscores": "x = 1" + "_1" * 3000,
    "hexadecimal": "x = 0x" + "f" * 5000,
    "binary": "x = 0b" + "1" * 20_000,
    "title number": "title = 1",
    "title list": "title = ['a']",
    "null byte": "title = 'a\x00'",
    "quotes": "title = " + "''" * 20_000,
    "nothing": "",
    "comment": "# " + "a" * 50_000,
    "audience table": "[audience]\na = 1",
    "escapes": 'title = "' + "\\n" * 20_000 + '"',
    "10,000 keys": "".join(f"k{n} = {n}\n" for n in range(10_000)),
}
JSON = {
    "brackets": "[" * 30_000,
    "objects": '{"a":' * 20_000,
    "closed": "[" * 5000 + "]" * 5000,
    "long number": '{"x": ' + "9" * 4301 + "}",
    "exponent": '{"x": 1e999999}',
    "nan": '{"title": NaN}',
    "surrogate": '{"title": "\\ud800"}',
    "two keys": '{"a": 1, "a": 2}',
    "open": '{"title": "a',
    "list": '["a"]',
    "title list": '{"title": ["a"]}',
    "null byte": '{"title": "\\u0000"}',
    "trailing": '{"title": "a"} b',
    "long": '{"title": "' + "a" * 60_000 + '"}',
}


def iter_cases() -> Iterator[Case]:
    """All of this family."""
    for name, text in YAML.items():
        yield write_text(f"yaml: {name}", ".md", lambda text=text: f"---\n{text}\n---\n{TAIL}")
    for name, text in TOML.items():
        yield write_text(f"toml: {name}", ".md", lambda text=text: f"+++\n{text}\n+++\n{TAIL}")
    for name, text in JSON.items():
        yield write_text(f"json: {name}", ".md", lambda text=text: f"{text}\n{TAIL}")
        yield write_text(f"json with marks: {name}", ".md", lambda text=text: f";;;\n{text}\n;;;\n{TAIL}")
    for name in ("aliases", "brackets", "tag", "long number", "null byte", "two keys"):
        yield write_text(f"yaml of mdx: {name}", ".mdx", lambda text=YAML[name]: f"---\n{text}\n---\n{TAIL}")
        yield write_text(
            f"yaml of windows: {name}", ".md", lambda text=YAML[name]: f"---\n{text}\n---\n{TAIL}".replace("\n", "\r\n")
        )
        yield write_text(f"yaml without an end: {name}", ".md", lambda text=YAML[name]: f"---\n{text}\n{TAIL}")
    yield write_text("yaml: a mark before", ".md", lambda: f"\ufeff---\ntitle: a\n---\n{TAIL}")
    yield write_text("yaml: 20,000 beginnings", ".md", lambda: "---\n" * 20_000 + TAIL)
    yield write_text("toml: 20,000 beginnings", ".md", lambda: "+++\n" * 20_000 + TAIL)
    yield write_text("toml: without an end", ".md", lambda: "+++\n" + "a = 1\n" * 10_000 + TAIL)
