"""Hostile records: YAML that grows, lies about its type, leads in circles, or is not text at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from hostile.front import YAML, grow_aliases
from hostile.trial import Case

# The fault in the file next to the hostile one.
NEIGHBOR = "terminology/wrong.yaml:2:39 error"
TERM = (
    "terms:\n  - {{id: {id}, preferred: {preferred}, definition: {definition}, avoid: [{{term: {term}, why: w}}]}}\n"
).format
DEFAULTS = {"id": "bad", "preferred": "fine", "definition": "d", "term": "wrongly"}
# Values for a field, as YAML.
VALUES = {
    "nothing": "",
    "null": "~",
    "empty": "''",
    "a blank": "' '",
    "a list": "[a]",
    "a mapping": "{a: b}",
    "a number": "1",
    "a long number": "9" * 5000,
    "yes": "yes",
    "a date": "2024-02-30",
    "a tag": "!a b",
    "an alias": "*none",
    "a mark": '"\\uFEFF"',
    "a null byte": '"\\0"',
    "an escape": '"\\e[31m"',
    "a newline": '"a\\nb"',
    "a separator": '"\\u2028"',
    "a surrogate": '"\\uD800"',
    "zero width": '"\\u200B"',
    "combining": '"\\u0301"',
    "bidi": '"\\u202E"',
    "emoji": '"👩‍👧"',
    "punctuation": "'...'",
    "a dot": "'.'",
    "a hyphen": "'-'",
    "an apostrophe": '"\'"',
    "a backslash": "'\\'",
    "a regular expression": "'(a+)+$'",
    "brackets": "'[[[['",
    "300 bytes": "a" * 300,
    "100,000 bytes": "a" * 100_000,
    "20,000 words": "'" + "a b " * 10_000 + "'",
    "ideographs": "我" * 100,
    "markup": "'<img src=x onerror=alert(1)>'",
    "a template": "'{{ 1 }}'",
    "a path": "../../../../etc/passwd",
    "reserved": "con",
    "an index": "index",
    "a slash": "a/b",
    "capitals": "BAD",
    "infinity": ".inf",
    "binary": "!!binary '////'",
    "a merge": "{<<: {a: b}}",
    "itself": "&a [*a]",
    "commands": "'::error::a'",
    "percent": "'%s%n'",
    "turned": '"\\u0130i"',
    "sharp": '"ß"',
    "ligature": '"ﬁne"',
    "a noncharacter": '"\\uFFFF"',
    "quotes": "'''\"'''",
}
CONTENTS: dict[str, tuple[str, str]] = {
    "messages.yaml: a list of nothing": ("messages.yaml", "messages: [~, '', [], {}]"),
    "messages.yaml: a mapping": ("messages.yaml", "messages: {a: b}"),
    "brand.yaml: a list": ("brand.yaml", "brand: [a]"),
    "brand.yaml: many lines": ("brand.yaml", 'brand: {name: "a\\nb\\r\\nc", summary: s}'),
    "brand.yaml: an address": ("brand.yaml", "brand: {name: a, url: 'https://x/\"><script>alert(1)</script>'}"),
    "brand.yaml: no address": ("brand.yaml", "brand: {name: a, url: 'javascript:alert(1)'}"),
    "brand.yaml: an interval": ("brand.yaml", "brand: {name: a, review_every: 9999 years}"),
    "teams.yaml: a handle": ("teams.yaml", 'teams:\n  - {id: a, name: A, github: "@a/b\\n* @evil"}'),
    "meetings.yaml: minutes": ("meetings.yaml", "meetings:\n  - {id: a, name: A, minutes: 1000000000000000000}"),
    "meetings.yaml: a rule": ("meetings.yaml", "meetings:\n  - {id: a, name: A, rule: 'FREQ=DAILY;COUNT=99999999999'}"),
    "meetings.yaml: the last year": (
        "meetings.yaml",
        "meetings:\n  - {id: a, name: A, first: 9999-12-31, rule: 'FREQ=DAILY'}",
    ),
    "personas.yaml: itself": ("personas.yaml", "personas:\n  - {id: a, name: A, extends: a}"),
    "journey.yaml: a circle": ("journey.yaml", "stages:\n  - {id: a, next: b}\n  - {id: b, next: a}"),
    "proof.yaml: a number": ("proof.yaml", "proof:\n  - {id: p, title: t, number: " + "9" * 5000 + "}"),
    "forms.yaml: a field": ("forms.yaml", "forms:\n  - {id: f, fields: [[[[]]]]}"),
    "none.yaml: no kind": ("none.yaml", "none: []"),
    "leads.yaml: a question": ("leads.yaml", "leads:\n  - {id: l, name: L, question: q}"),
    "identity.yaml: a picture outside": ("identity.yaml", "identity: {logo: ../../../etc/passwd}"),
    "assets.yaml: a file outside": ("assets.yaml", "assets:\n  - {id: a, title: t, file: /etc/passwd}"),
    "voice.yaml: a regular expression": (
        "voice.yaml",
        "voice:\n  summary: s\n  traits:\n    - {id: t, we_are: a, we_are_not: b, why: c, "
        "vale: [{id: v, extends: existence, message: m, tokens: ['(a+)+$', '(', '(?<=a)', '']}]}",
    ),
    "voice.yaml: any rule": (
        "voice.yaml",
        "voice:\n  summary: s\n  traits:\n    - {id: t, we_are: a, we_are_not: b, why: c, "
        "vale: [{id: ../../x, extends: script, script: a.tengo, message: m}]}",
    ),
    "kpis.yaml: a formula": ("kpis.yaml", "kpis:\n  - {id: k, name: K, formula: '" + "(" * 5000 + "'}"),
    "strategy.yaml: 5,000 keys": (
        "strategy.yaml",
        "strategy: {" + ", ".join(f"k{number}: v" for number in range(5000)) + "}",
    ),
    "plays.yaml: steps": ("plays.yaml", "plays:\n  - {id: p, name: P, steps: [" + "a, " * 5000 + "]}"),
    "tools.yaml: a link": ("tools.yaml", "tools:\n  - {id: t, name: T, url: 'data:text/html,a'}"),
    "requests.yaml: a day": ("requests.yaml", "requests:\n  - {id: r, title: t, date: 0000-00-00}"),
}


def chain(count: int) -> str:
    """Terms that each point to the next, the last to the first."""
    return "terms:\n" + "".join(
        f"  - {{id: t{number}, preferred: word{number}, definition: d, related: [t{(number + 1) % count}]}}\n"
        for number in range(count)
    )


WHOLE: dict[str, Callable[[], str | bytes]] = {
    "aliases": lambda: "terms: &t\n" + grow_aliases(),
    "aliases as terms": lambda: grow_aliases("abcdef") + "terms: *f",
    "5,000 wrong records": lambda: "terms:\n" + "  - {id: A, colour: red}\n" * 5000,
    "5,000 unknown keys": lambda: "".join(f"k{number}: v\n" for number in range(5000)),
    "a circle": lambda: chain(50),
    "one id 2,000 times": lambda: "terms:\n" + "  - {id: a, preferred: a, definition: d}\n" * 2000,
    "3,000 terms": lambda: (
        "terms:\n"
        + "".join(f"  - {{id: t{number}, preferred: word{number}, definition: d}}\n" for number in range(3000))
    ),
    "100 phrases in each other": lambda: (
        "terms:\n  - {id: a, preferred: fine, definition: d, avoid: ["
        + ", ".join("{term: '" + "a " * number + "b', why: w}" for number in range(1, 100))
        + "]}\n"
    ),
    "2,000 forms": lambda: (
        "terms:\n  - {id: a, preferred: fine, definition: d, avoid: [{term: x, why: w, forms: ["
        + ", ".join(f"form{number}" for number in range(2000))
        + "]}]}\n"
    ),
    "words that avoid each other": lambda: (
        "terms:\n  - {id: a, preferred: b, definition: d, avoid: [{term: c, why: w, use: [b]}]}\n"
        "  - {id: c, preferred: c, definition: d, avoid: [{term: b, why: w, use: [c]}]}\n"
    ),
    "defaults of everything": lambda: "defaults: {id: a, preferred: b, definition: c}\nterms: [{}, {}, {}]",
    "defaults of themselves": lambda: "defaults: &d {definition: *d}\nterms: [{id: a, preferred: b}]",
    "an empty file": lambda: "",
    "blank lines": lambda: "\n" * 200_000,
    "a comment": lambda: "# a",
    "UTF-16": lambda: TERM(**DEFAULTS).encode("utf-16"),
    "UTF-32": lambda: TERM(**DEFAULTS).encode("utf-32"),
    "latin-1": lambda: TERM(**{**DEFAULTS, "preferred": "é"}).encode("latin-1"),
    "a mark": lambda: "\ufeff" + TERM(**DEFAULTS),
    "two marks": lambda: "\ufeff\ufeff" + TERM(**DEFAULTS),
    "null bytes": lambda: TERM(**DEFAULTS) + "\0" * 1000,
    "noise": lambda: bytes(range(256)) * 9,
    "windows lines": lambda: TERM(**DEFAULTS).replace("\n", "\r\n"),
    "old lines": lambda: TERM(**DEFAULTS).replace("\n", "\r"),
    "an archive": lambda: b"PK\x03\x04" + bytes(99),
    "HTML": lambda: "<html></html>",
    "JSON": lambda: '{"terms": [{"id": "a", "preferred": "b", "definition": "c"}]}',
    "one line of a megabyte": lambda: "terms: [" + "a, " * 300_000 + "]",
}


def build(folder: Path) -> Path:
    """A handbook with a fault that must be reported whatever stands next to it."""
    (folder / "terminology").mkdir(parents=True)
    (folder / "terminology" / "wrong.yaml").write_text(
        "terms:\n  - {id: use, preferred: use, definition: d, colour: red}\n"
    )
    (folder / "content").mkdir()
    (folder / "drafts").mkdir()
    return folder


def write_record(name: str, make: Callable[[], str | bytes], file: str = "", **more: object) -> Case:
    """A case of one file of records. file: its name below content; without one it holds terms."""

    def fill(folder: Path) -> None:
        data = make()
        book = folder.parents[1]
        place = book / "content" / file if file else book / "terminology" / f"{folder.name}.yaml"
        place.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))

    return Case(name, fill, ("check",), neighbor="wrong.yaml:2:", exits=(1, 2), **{"shared": not file, **more})


def iter_cases() -> Iterator[Case]:
    """All of this family."""
    for name, text in YAML.items():
        yield write_record(f"records: {name}", lambda text=text: f"{text}\n")
        if name in (
            "aliases",
            "braces",
            "tag",
            "alias of itself",
            "binary",
            "long number",
            "python",
            "merge of itself",
            "date",
            "infinity",
        ):
            yield write_record(
                f"in a record: {name}",
                lambda text=text: (
                    "terms:\n  - id: bad\n    preferred: fine\n"
                    + "".join(f"    {line}\n" for line in text.splitlines())
                ),
            )
    for field in DEFAULTS:
        for name, value in VALUES.items():
            yield write_record(f"{field}: {name}", lambda field=field, value=value: TERM(**{**DEFAULTS, field: value}))
    for name, make in WHOLE.items():
        yield write_record(f"terms: {name}", make)
    for name, (file, text) in CONTENTS.items():
        yield write_record(name, lambda text=text: f"{text}\n", file)
    for count in (20_000,):
        yield write_record(
            f"{count} wrong records", lambda count=count: "terms:\n" + "  - {id: A, colour: red}\n" * count, heavy=True
        )
        yield write_record(
            f"{count} unknown keys",
            lambda count=count: "".join(f"k{number}: v\n" for number in range(count)),
            heavy=True,
        )
        yield write_record(
            f"{count} terms",
            lambda count=count: (
                "terms:\n"
                + "".join(f"  - {{id: t{number}, preferred: word{number}, definition: d}}\n" for number in range(count))
            ),
            heavy=True,
        )
