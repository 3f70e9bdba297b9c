"""Odd records: each kind's example with values that its types allow, or nearly, drawn by reflection over the models."""

import datetime
import inspect
import json
import re
import types
from typing import Annotated, Literal, Union, get_args, get_origin

from hypothesis import strategies as st

from onevoice.handbook import checks
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import load_files
from onevoice.load.yaml import parse_yaml
from onevoice.records import KINDS
from onevoice.records.envelope import Part, Ref, ValueFormat
from onevoice.records.source import HandbookSource

EXAMPLES = {kind: parse_yaml(kind, inspect.cleandoc(model.EXAMPLE)).data for kind, model in KINDS.items()}
OWN_IDS = tuple(item["id"] for data in EXAMPLES.values() if isinstance(data, list) for item in data)
STAGES = [stage["id"] for stage in EXAMPLES["journey"]["stages"]]

WORDS = (
    "word",
    "two words",
    "C++",
    "24/7",
    "a.k.a.",
    "!",
    "—",
    "…",
    "&",
    "#",
    "+",
    "'",
    "\u201c",
    "中文",
    "日本語の言葉",
    "שלום",
    "\u202eabc",
    "\ufeff",
    "\u200b",
    "\u0301",
    "\u0301\u0301",
    "e\u0301",
    "\u212c",
    "ﬁ",
    "İ",
    "ß",
    "ẞ",
    "ŉ",
    "🙂",
    "👩‍🚀",
    "\U000e0041",
    "x" * 300,
    "中" * 86,
    "word " * 80,
    "NUL",
    "con",
    "CON",
    "a.",
    ".a",
    "..",
    "../x",
    "a/b",
    "C:\\x",
    "\\",
    "`",
    "``",
    "|",
    "{",
    "}}",
    "{{ x }}",
    "{% x %}",
    "<",
    "<script>alert(1)</script>",
    "</script>",
    "<!--",
    "-->",
    "]]>",
    "[x](y)",
    "![x](y)",
    "[",
    "]",
    "$a$",
    "%s",
    "%",
    '"',
    "'''",
    "a\nb",
    "a\n\nb",
    "\na",
    "a\u2028b",
    "a\u2029b",
    "a\x85b",
    "a\rb",
    "a\x0bb",
    "a\x00b",
    "a\x02b\x03",
    "\x1b[31m",
    "\ud800",
    "\ufffe",
    "\ufdd0",
    "\U0001ffff",
    " ",
    "\t",
    "",
    "-",
    "- a",
    "---",
    "...",
    "# a",
    "1. a",
    "> a",
    "!!! note",
    "=== x",
    "::error::x",
    "~",
    "null",
    "yes",
    "no",
    "1",
    "-1",
    "1e9",
    "0x10",
    "2026-01-01",
    "*a",
    "&a",
    "!a",
    "@a",
    "%a",
    "a: b",
    "a #b",
    "\u3164",
    "a\u00a0b",
    "index",
    "README",
    "{channel}",
    "{title}",
    "a;b,c",
    "BEGIN:VCALENDAR",
    "=SUM(A1)",
    "wzxhzdk:0",
)
DAYS = (
    "0001-01-01",
    "1583-01-01",
    "1969-12-31",
    "1970-01-01",
    "2000-02-29",
    "2023-02-29",
    "2026-11-21",
    "2038-01-19",
    "9999-12-31",
)
NUMBERS = (0, 1, -1, 2, 7, 60, 1440, 10**6, 10**6 + 1, 2**31, 2**63, 10**18, 10**30, -(10**18), "9" * 5000)
LINKS = (
    "https://acme.example",
    "https://acme.example/a?b=c#d",
    "http://localhost:8000/",
    "https://münchen.example/ä",
    "mailto:a@acme.example",
    "mailto:a@b?subject=x",
    "/catalog/",
    "//evil.example",
    "https://[::1]:80/",
    "https://[",
    "https://a:99999/",
    "https://a b/",
    'https://x/"><script>',
    "https://x/'a",
    "javascript:alert(1)",
    "https://",
    "https:///x",
    "https://user:pw@x/",
    "HTTPS://X",
    "https://x/{{y}}",
    "https://x/\n* @evil",
    "https://x/" + "a" * 5000,
    "https://-/",
    "https://x/%zz",
    "https://x/\u2028",
    "https://.",
    "https://a..b/",
    "https://[v1.x]/",
    "mailto:",
    "mailto:@",
)
IDS = (
    "a",
    "b",
    "c",
    "index",
    "con",
    "nul",
    "config",
    "avoid",
    "due",
    "gaps",
    "by",
    "plays",
    "handoff-1",
    "tracks",
    "x" * 120,
    "x" * 300,
    "a-check",
    "404",
    "1",
    "A",
    "a_b",
    "a.",
    "-a",
    "brand",
    "page",
    "readme",
    "assets",
    "api",
    "ä",
    "",
)
RULES = (
    "FREQ=WEEKLY;BYDAY=MO",
    "FREQ=DAILY",
    "FREQ=DAILY;COUNT=99999999999",
    "FREQ=DAILY;INTERVAL=99999999999",
    "FREQ=DAILY;INTERVAL=2147483648",
    "FREQ=YEARLY;INTERVAL=9999",
    "FREQ=DAILY;COUNT=2147483647",
    "FREQ=DAILY;UNTIL=99991231",
    "FREQ=DAILY;UNTIL=00010101",
    "FREQ=DAILY;UNTIL=20270101T000000Z",
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=YEARLY;BYYEARDAY=366",
    "FREQ=YEARLY;BYWEEKNO=53",
    "FREQ=MONTHLY;BYDAY=1TU",
    "FREQ=MONTHLY;BYDAY=999999TU",
    "FREQ=MONTHLY;BYSETPOS=1",
    "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=9999999999",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=YEARLY;BYMONTH=99999999999",
    "RRULE:FREQ=WEEKLY",
    "freq=weekly",
    "FREQ=WEEKLY;WKST=XX",
    "FREQ=WEEKLY;BYDAY=",
    "FREQ=DAILY;UNTIL=99991231T235959",
    "FREQ=DAILY;UNTIL=99991231T235959Z",
    "FREQ=DAILY;BYDAY=9999MO",
    "FREQ=DAILY;BYDAY=-99MO",
    "FREQ=WEEKLY;BYSETPOS=9999",
    "FREQ=WEEKLY;BYMONTH=13",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=SECONDLY",
    "FREQ=WEEKLY;BYHOUR=1",
)
# What is written for a format; what else has one is covered by words.
VALUES = {
    "link": LINKS,
    "web address": LINKS,
    "id": (*IDS, *OWN_IDS),
    "date": DAYS,
    "year or date": ("2026", "2026-11", "9999", "0001-01", "unknown", *DAYS),
    "color": ("#0B5FFF", "#000000", "#fff", "red"),
    "inks": ("90, 60, 0, 50", "100, 100, 100, 100", "90, 60, 0", "101, 0, 0, 0", "90 60 0 50"),
    "interval": ("6 months", "9999 years", "1 day", "99999 days"),
    "length of time": ("4 working hours", "999999 days", "9" * 400 + " days"),
    "time of day": ("09:30", "00:00", "23:59", "24:00", "02:30"),
    "formula": ("{lead}", "a {b", "{}", "{|}", "{a|b|c}", "word"),
}
# Fields whose values only a library understands.
NAMED = {
    "repeats": RULES,
    "format": ("1", "2"),
    "time_zone": (
        "America/New_York",
        "UTC",
        "Europe/Dublin",
        "Pacific/Apia",
        "Africa/Casablanca",
        "Asia/Tehran",
        "America/New_York\n",
        "../x",
        "utc",
    ),
    "to": (
        *LINKS,
        "https://x/?a={a}",
        "https://{a}/",
        "content@acme.example",
        "a b@c",
        "a@b\nBcc: c@d",
        "https://[{a}",
    ),
    "github": ("@a/b\n* @evil", "@a/b c", "@a", "a@b.example", "@a/b"),
    "language": ("en", "en-US", "de", "xx-invalid", 'en"><x', "zh-Hant-TW"),
    "branch": ("main", "a b", 'x"y', "release/1"),
    "utm": ("utm_source={channel}", "a b", '"><x', "{channel}{asset}", "{0}", "{channel.__class__}"),
    "file": ("identity/logo.svg", "identity/a b.svg", "identity/../x"),
}


def draw_value(kind, metadata=(), name=""):
    """Values for a type, as YAML has them: those that it allows, and some that it does not."""
    origin, args = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return draw_value(args[0], (*args[1:], *metadata), name)
    if origin in (Union, types.UnionType):
        return draw_value(next(arg for arg in args if arg is not type(None)), metadata, name)
    for mark in metadata:
        if isinstance(mark, Ref):
            return st.sampled_from((*_list_ids(mark.kind), "nobody"))
    if name in NAMED:
        return st.sampled_from(NAMED[name])
    for mark in metadata:
        if isinstance(mark, ValueFormat) and mark.name in VALUES:
            return st.sampled_from(VALUES[mark.name])
    if origin is Literal:
        return st.sampled_from(args)
    if origin is tuple:
        return st.lists(draw_value(args[0], (), name), max_size=3)
    if origin is dict:
        return st.dictionaries(draw_value(args[0]), draw_value(args[1]), max_size=3)
    if kind is HandbookSource:
        return st.none()
    if isinstance(kind, type) and issubclass(kind, Part):
        return draw_part(kind)
    if kind is bool:
        return st.booleans()
    if kind in (int, float):
        return st.sampled_from(NUMBERS) | st.integers(1, 100)
    if kind is datetime.date:
        return st.sampled_from(DAYS) | st.dates().map(str)
    return st.sampled_from(WORDS) | st.text(max_size=20)


def _list_ids(kind):
    if kind == "stages":
        return STAGES
    return [item.get("id", kind) for item in _list_records(kind)]


def _list_records(kind):
    return EXAMPLES[kind] if isinstance(EXAMPLES[kind], list) else [EXAMPLES[kind]]


def _annotate(field):
    return Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation


def draw_part(model):
    """A part of a record with all that it must have, and some of what it may."""
    fields = {
        field.alias or name: (field, draw_value(_annotate(field), (), name))
        for name, field in model.model_fields.items()
    }
    return st.fixed_dictionaries(
        {key: values for key, (field, values) in fields.items() if field.is_required()},
        optional={key: values for key, (field, values) in fields.items() if not field.is_required()},
    )


def _draw_id(example, number):
    return st.integers(0, 3).flatmap(lambda n: st.sampled_from(IDS) if n == 0 else st.just(f"{example['id']}-{number}"))


@st.composite
def draw_handbooks(draw):
    """Each kind's examples, some with other values: {kind: records as YAML has them}."""
    found = {}
    for kind, model in KINDS.items():
        records = [dict(example) for example in _list_records(kind)]
        if not model.SINGLE:
            # One odd value is seldom refused, many are: rather many records than many values.
            records += [{**records[0], "id": draw(_draw_id(records[0], n))} for n in range(8)]
        for record in records[not model.SINGLE and 1 :]:
            for name in draw(st.lists(st.sampled_from(sorted(model.model_fields)), min_size=1, max_size=4)):
                field = model.model_fields[name]
                record[field.alias or name] = draw(draw_value(_annotate(field), (), name))
        found[kind] = records[0] if model.SINGLE else records
    return found


def write_source(kind, records):
    """The records as a file's bytes: JSON is YAML."""
    return json.dumps({kind: records}, indent=1).encode()


def settle_handbook(found, today):
    """A handbook without errors: values that `check` refuses go, or whole records. None if errors stay."""
    found = {kind: [dict(one) for one in _wrap_records(records)] for kind, records in found.items()}
    for _ in range(20):
        sources = {kind: _pack(kind, records) for kind, records in found.items() if records}
        loaded = load_files([(kind, f"content/{kind}.yaml", data) for kind, data in sources.items()])
        loaded.files |= {"identity/logo.svg": b"<svg/>", "identity/a b.svg": b"<svg/>"}
        book = Handbook(loaded)
        wrong = {
            (finding.path.removeprefix("content/").removesuffix(".yaml"), finding.span.line)
            for finding in checks.run_checks(book, today)
            if finding.level == "error"
        }
        if not wrong:
            return book
        # From the last line to the first, so that the records before stay where they are.
        for kind, line in sorted(wrong, reverse=True):
            _drop_value(found[kind], kind, sources[kind].decode().splitlines(), line)
    return None


def _wrap_records(records):
    return records if isinstance(records, list) else [records]


def _pack(kind, records):
    return write_source(kind, records[0] if KINDS[kind].SINGLE else records)


def _drop_value(records, kind, lines, line):
    """Put what is written at a line back to the example, or take it away; if that changes nothing, the record."""
    single = KINDS[kind].SINGLE
    indent = 1 if single else 2
    index = 0 if single else sum(row == " " * indent + "{" for row in lines[:line]) - 1
    if not 0 <= index < len(records):
        return
    key = next(
        (found[1] for row in reversed(lines[:line]) if (found := re.match(rf' {{{indent + 1}}}"(.*?)":', row))), ""
    )
    record, example = records[index], _list_records(kind)[0]
    if key != "id" and lines[line - 1].strip() != "{" and key in record and record[key] != example.get(key):
        record.pop(key)
        record.update({key: example[key]} if key in example else {})
    elif single and record != example:
        records[index] = dict(example)
    else:
        del records[index]
