"""Old ways of writing records: they keep working, with a warning; an upgrade changes them and nothing else."""

import pytest

from onevoice.errors import OnevoiceError
from onevoice.load import edit, migration, yaml
from onevoice.load.folder import load_files
from onevoice.load.migration import Migration, migrate_record

RENAME = Migration(2, "terms", ("prefered",), ("preferred",))
INNER = Migration(2, "terms", ("avoid", "word"), ("avoid", "term"))
VALUE = Migration(3, "terms", ("status",), ("status",), (("live", "approved"), ("idea", "proposed")))
BOTH = Migration(3, "terms", ("kind",), ("part_of_speech",), (("n", "noun"),))
MOVE = Migration(3, "terms", ("reason",), ("style", "why"))
UP = Migration(3, "terms", ("style", "level"), ("level",))
SOURCE = """\
# Our words.
terms:

  - id: a   # the first
    prefered: 'alpha'   # as we write it
    definition: >-
      Two
      lines.
    # why so
    reason: |
      Because.

      It is.
    status: live   # since May

    style:
      level: error
      fix: ask
    avoid:
      - {word: ay, why: "one, two"}
      - word: b  # no
        "why": three
  - {id: b, prefered: beta, definition: d, kind: n, status: "idea", avoid: [{word: x}]}
"""
CASES = {
    "a key": (RENAME, {"    prefered: 'alpha'": "    preferred: 'alpha'", "{id: b, prefered": "{id: b, preferred"}),
    "a key of parts": (
        INNER,
        {"- {word: ay": "- {term: ay", "- word: b  # no": "- term: b  # no", "[{word: x}]": "[{term: x}]"},
    ),
    "a value": (VALUE, {"status: live ": "status: approved ", 'status: "idea"': "status: proposed"}),
    "a key and its value": (BOTH, {"kind: n,": "part_of_speech: noun,"}),
    "a key into a part": (
        MOVE,
        {
            "    # why so\n    reason: |\n      Because.\n\n      It is.\n": "",
            "      fix: ask\n": "      fix: ask\n      # why so\n      why: |\n        Because.\n\n        It is.\n",
        },
    ),
    "a key out of a part": (
        UP,
        {"      level: error\n": "", '        "why": three\n': '        "why": three\n    level: error\n'},
    ),
}


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("name", CASES)
def test_an_upgrade_changes_what_it_must_and_no_other_byte(name, ends):
    step, changes = CASES[name]
    wanted = SOURCE
    for old, new in changes.items():
        assert wanted.count(old) == 1, old
        wanted = wanted.replace(old, new)
    source = SOURCE.replace("\n", ends)
    made = edit.migrate_source("x.yaml", source, "terms", 1, [step])
    assert made == wanted.replace("\n", ends)
    assert edit.migrate_source("x.yaml", made, "terms", 1, [step]) == made


def test_all_steps_after_one_another():
    table = [step for step, _ in CASES.values()]
    made = edit.migrate_source("x.yaml", SOURCE, "terms", 1, table)
    data = yaml.parse_yaml("x.yaml", SOURCE).data["terms"]
    assert yaml.parse_yaml("x.yaml", made).data["terms"] == [migrate_record("terms", one, 1, table)[0] for one in data]
    assert made.count("#") == SOURCE.count("#")


def test_a_part_is_added_where_a_key_moves_into_it():
    source = "terms:\n  - id: a\n    reason: b   # so\n    note: c\n"
    made = edit.migrate_source("x.yaml", source, "terms", 1, [MOVE])
    assert made == "terms:\n  - id: a\n    style:\n      why: b   # so\n    note: c\n"


def test_a_key_moves_between_braces_too():
    made = edit.migrate_source("x.yaml", "terms:\n  - {id: a, reason: b, note: c}\n", "terms", 1, [MOVE])
    assert yaml.parse_yaml("x.yaml", made).data["terms"] == [{"id": "a", "note": "c", "style": {"why": "b"}}]


def test_values_change_in_older_formats_only():
    record = {"id": "a", "status": "live", "prefered": "alpha"}
    assert migrate_record("terms", record, 2, [VALUE])[0]["status"] == "approved"
    assert migrate_record("terms", record, 3, [VALUE, RENAME])[0] == {"id": "a", "status": "live", "preferred": "alpha"}
    assert migrate_record("proof", record, 1, [VALUE, RENAME])[0] == record
    assert record["status"] == "live"


def test_of_two_names_of_a_key_none_is_lost():
    record = {"prefered": "a", "preferred": "b"}
    assert migrate_record("terms", record, 1, [RENAME]) == (record, [])


def test_what_cannot_be_edited_is_named():
    source = "terms:\n  - &one\n    id: a\n    reason: b\n  - *one\n"
    with pytest.raises(OnevoiceError, match=r"^x\.yaml:4: `reason` moves to `style\.why`, but"):
        edit.migrate_source("x.yaml", source, "terms", 1, [MOVE])


def test_a_key_does_not_move_into_a_text():
    record = {"id": "a", "reason": "b", "style": "c"}
    assert migrate_record("terms", record, 1, [MOVE]) == (record, [])


BRAND = "# ours\nbrand:   # us\n  # the name\n  name: Acme\n"


@pytest.mark.parametrize(
    ("source", "made"),
    [
        (BRAND, BRAND.replace("  # the", "  format: 2\n  # the")),
        (BRAND.replace("\n", "\r\n"), BRAND.replace("  # the", "  format: 2\n  # the").replace("\n", "\r\n")),
        ("brand: {name: Acme}\n", "brand: {format: 2, name: Acme}\n"),
        ("brand:\n  name: Acme\n  format: 1 # old\n", "brand:\n  name: Acme\n  format: 2 # old\n"),
        ("brand:\n    name: Acme", "brand:\n    format: 2\n    name: Acme"),
    ],
)
def test_the_format_is_set(source, made):
    assert edit.set_record_number("x.yaml", source, ("brand",), "format", 2) == made


OLD = """\
identity:
  logos: [{name: a, file: identity/logo.svg, alt: a, use: b}]
  colours: [{name: Sky, hex: "#0B5FFF", use: x}]
  typefaces:
    - {name: A, use: b, fallback: c, licence: d}
    - {name: B, use: b, fallback: c, licence: e}
"""


def test_the_old_way_works_and_says_what_to_run():
    loaded = load_files([("identity", "content/identity.yaml", OLD.encode())])
    [(identity, place)] = loaded.records
    assert identity.colors[0].name == "Sky"
    assert [face.license for face in identity.typefaces] == ["d", "e"]
    assert place.locate_field("colors", 0, "hex").line == 3
    assert [(one.level, one.span.line, one.span.column, one.message) for one in loaded.findings] == [
        (
            "warning",
            3,
            3,
            "`colours` becomes `colors` in format 2, and the old way works for now. Run `onevoice upgrade`.",
        ),
        (
            "warning",
            5,
            38,
            "`licence` becomes `license` in format 2, and the old way works for now. Run `onevoice upgrade`. "
            "It's here 2 times.",
        ),
    ]


def test_what_is_wrong_with_an_old_key_is_told_at_its_place():
    loaded = load_files([("identity", "content/identity.yaml", OLD.replace("#0B5FFF", "#0B5FF").encode())])
    [error] = [one for one in loaded.findings if one.level == "error"]
    assert (error.span.line, error.span.column) == (3, 30)


def test_a_newer_format_is_all_that_is_told():
    brand = b"brand:\n  name: Acme\n  format: 99\n  unheard_of: 1\n"
    loaded = load_files([("brand", "content/brand.yaml", brand), ("terms", "terminology/a.yaml", b"terms: [{x: 1}]")])
    [finding] = loaded.findings
    assert (finding.path, finding.span.line) == ("content/brand.yaml", 3)
    assert "format 99" in finding.message and "pip install --upgrade onevoice" in finding.message
    assert loaded.is_newer


def test_each_step_leads_to_a_format_that_there_is():
    assert max(step.format for step in migration.MIGRATIONS) == migration.FORMAT
    assert all(1 < step.format <= migration.FORMAT for step in migration.MIGRATIONS)
