"""Values that `build` could not make anything of: `check` refuses each at its line, without a traceback."""

import datetime
import json

import pytest
from click.testing import CliRunner

from handbooks import TODAY
from odd import EXAMPLES, write_source
from onevoice.commands import cli
from onevoice.finding import LEVELS
from onevoice.handbook import checks
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import load_files
from onevoice.records import KINDS
from rounds import choose_count

HUGE = 10**18


def write(folder, files):
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode())
    return folder


def check(folder):
    """`onevoice check` on a folder; whatever is raised is a traceback, and fails the test."""
    arguments = ["check", "--handbook", str(folder)]
    result = CliRunner().invoke(cli, arguments, env={"ONEVOICE_TODAY": TODAY}, standalone_mode=False)
    if result.exception:
        raise result.exception
    return result


def change(kind, values, loc=()):
    """The examples of all kinds as files, with other values in a part of the first record of one."""
    files = {}
    for other, data in EXAMPLES.items():
        data = json.loads(json.dumps(data))
        if other == kind:
            here = data[0] if isinstance(data, list) else data
            for step in loc:
                here = here[step]
            here.update(values)
        folder = "terminology" if other == "terms" else "content"
        files[f"{folder}/{other}.yaml"] = write_source(other, data).decode()
    return files | {"content/identity/logo.svg": "<svg/>"}


def find_errors(folder, files):
    """The errors of a handbook as (file, the text of the line)."""
    result = check(write(folder, files))
    found = []
    for line in result.stdout.splitlines():
        place, level = line.split("  ")[:2]
        path, number, _ = place.rsplit(":", 2)
        if level == LEVELS[-1]:
            found.append((path, files[path].splitlines()[int(number) - 1]))
    return found


def test_the_examples_are_a_handbook(tmp_path):
    assert find_errors(tmp_path, change("terms", {})) == []


REFUSED = [
    ("meetings", ("minutes",), HUGE),
    ("meetings", ("minutes",), -HUGE),
    ("meetings", ("agenda", 0, "minutes"), HUGE),
    ("meetings", ("repeats",), "FREQ=DAILY;BYDAY=9999MO"),
    ("meetings", ("repeats",), f"FREQ=WEEKLY;COUNT={2**31}"),
    ("meetings", ("repeats",), f"FREQ=WEEKLY;INTERVAL={2**31}"),
    ("meetings", ("repeats",), f"FREQ=WEEKLY;INTERVAL={HUGE}"),
    ("meetings", ("repeats",), f"FREQ=MONTHLY;BYDAY={2**31}MO"),
    ("meetings", ("repeats",), f"FREQ=MONTHLY;BYDAY=MO;BYSETPOS={2**64}"),
    ("meetings", ("repeats",), "FREQ=WEEKLY;BYDAY=MO;UNTIL=99991231T235959"),
    ("meetings", ("repeats",), "FREQ=WEEKLY;BYDAY=MO\nX-EVIL:1"),
    ("meetings", ("first",), "9999-12-31"),
    ("meetings", ("first",), "0001-01-01"),
    ("meetings", ("name",), "Monday\nX-EVIL:1"),
    ("meetings", ("where",), "https://x.example/\nX-EVIL:1"),
    ("assets", ("minutes",), HUGE),
    ("voice", ("traits", 0, "vale", 0, "max"), HUGE),
    ("voice", ("traits", 0, "vale", 0, "grade"), ".inf"),
    ("voice", ("traits", 0, "vale", 0, "grade"), "nan"),
    ("terms", ("avoid", 0, "term"), "\ufeff"),
    ("terms", ("avoid", 0, "term"), "\u200b\u200d"),
    ("terms", ("avoid", 0, "term"), "\u0301"),
    ("terms", ("avoid", 0, "term"), "中" * 86),
    ("terms", ("avoid", 0, "term"), "a\x00b"),
    ("terms", ("avoid", 0, "term"), "a\ud800b"),
    ("terms", ("preferred",), "a\nb"),
    ("terms", ("definition",), "a\x07b"),
    ("terms", ("id",), "x" * 201),
    ("terms", ("id",), "con"),
    ("terms", ("id",), "CON"),
    ("terms", ("id",), "a."),
    ("brand", ("name",), "Acme\nBcc: evil@x.example"),
    ("brand", ("url",), 'https://x/"><script>alert(1)</script>'),
    ("brand", ("url",), "https://x/ y"),
    ("brand", ("url",), "javascript:alert(1)"),
    ("brand", ("url",), "/a"),
    ("brand", ("repository",), "https://x/'y"),
    ("brand", ("branch",), "a b"),
    ("brand", ("language",), 'en"><x'),
    ("brand", ("utm",), 'a="><x'),
    ("teams", ("github",), "@a/b\n* @evil"),
    ("teams", ("github",), "@a/b @evil"),
    ("teams", ("contact",), "mailto:a@b\r\nBcc: c@d"),
    ("forms", ("to",), "a@b\r\nBcc: c@d"),
    ("forms", ("to",), "@"),
    ("tools", ("url",), "https://"),
    ("assets", ("url",), "https://[/"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "loc", "value"), REFUSED, ids=[f"{kind}-{loc[-1]}-{n}" for n, (kind, loc, _) in enumerate(REFUSED)]
)
def test_a_value_that_nothing_can_be_made_of_is_refused_where_it_is(kind, loc, value, tmp_path):
    found = find_errors(tmp_path, change(kind, {loc[-1]: value}, loc[:-1]))
    assert [path.rpartition("/")[2] for path, _ in found] == [f"{kind}.yaml"]
    key = next(step for step in reversed(loc) if isinstance(step, str))
    assert f'"{key}": {json.dumps(value)[:20]}' in found[0][1]


def make_logo(**other):
    return {"name": "Mark", "file": "identity/logo.svg", "alt": "a", "use": "u", **other}


TOGETHER = [
    *(
        (kind, {"was": data[0]["id"]}, "the id of the record itself")
        for kind, data in EXAMPLES.items()
        if type(data) is list
    ),
    ("leads", {"question": "Why?", "criteria": []}, "no `criteria`"),
    ("forms", {"id": "config", "backend": "github", "to": "https://x.example/y"}, "GitHub has a file of that name"),
    ("identity", {"logos": [make_logo(role="icon"), make_logo(role="icon")]}, "same `role`"),
    ("identity", {"logos": [make_logo(), make_logo(file="identity/Logo.svg")]}, "capitals only"),
]


@pytest.mark.parametrize(("kind", "values", "says"), TOGETHER)
def test_what_does_not_go_together_is_refused(kind, values, says, tmp_path):
    result = check(write(tmp_path, change(kind, values)))
    assert result.return_value == 2
    assert says in result.stdout


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029", "\r"])
def test_a_line_break_of_other_trades_is_a_space(sign):
    loaded = load_files(
        [
            (
                "terms",
                "terminology/a.yaml",
                json.dumps({"terms": [{"id": "a", "preferred": f"a{sign}b", "definition": "d"}]}).encode(),
            )
        ]
    )
    assert [record.preferred for record, _ in loaded.records] == ["a b"]
    assert loaded.findings == []


@pytest.mark.parametrize("day", ["0001-01-01", "1969-12-31", "3000-01-01", "9999-12-31"])
@pytest.mark.parametrize("verb", ["check", "build", "digest"])
def test_a_day_that_no_review_is_due_on(verb, day, tmp_path):
    folder = write(tmp_path, change("terms", {}))
    result = CliRunner().invoke(cli, [verb, "--handbook", str(folder)], env={"ONEVOICE_TODAY": day})
    assert "ONEVOICE_TODAY" in str(result.exception) and "1970" in str(result.exception)


def count_errors(found):
    return len([finding for finding in found if finding.level == "error"])


@pytest.mark.rounds
def test_thousands_of_mistakes_are_told_in_part(tmp_path):
    many = choose_count(1000, 20000)
    wrong = "terms:\n" + "".join(
        f"  - {{id: t{n}, preferred: a, definition: d, related: [x{n}], notte: x}}\n" for n in range(many)
    )
    keys = "terms:\n  - id: a\n    preferred: a\n    definition: d\n" + "".join(f"    key{n}: x\n" for n in range(many))
    unknown = "terms:\n" + "".join(
        f"  - {{id: t{n}, preferred: w{n}, definition: d, related: [x{n}]}}\n" for n in range(many)
    )
    for text in (wrong, keys, unknown):
        found = checks.run_checks(
            Handbook(load_files([("terms", "terminology/a.yaml", text.encode())])), datetime.date(2026, 11, 21)
        )
        assert count_errors(found) == 501
        assert sum("500" in finding.message for finding in found) == 1


def test_every_kind_is_here():
    assert {kind for kind, _, _ in REFUSED} <= {*KINDS} == {*EXAMPLES}


@pytest.mark.parametrize(
    ("repeats", "first", "says"),
    [
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "2026-10-05", "never takes place"),
        ("FREQ=DAILY;BYYEARDAY=366;BYMONTH=1", "2026-10-05", "never takes place"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2026-10-05", "the first is on 2028-02-29"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2028-02-29", ""),
        ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20261004", "2026-10-05", "never takes place"),
        ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20261005T235959Z", "2026-10-05", ""),
        ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20261x05", "2026-10-05", "is not an iCalendar rule"),
        ("FREQ=YEARLY;INTERVAL=9999", "2026-10-05", ""),
    ],
)
def test_a_rule_is_followed_for_some_centuries_only(repeats, first, says, tmp_path):
    result = check(write(tmp_path, change("meetings", {"repeats": repeats, "first": first})))
    assert says in result.stdout
    assert result.return_value == (2 if says else 0)
