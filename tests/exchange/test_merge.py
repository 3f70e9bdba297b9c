"""Imported words and the handbook's own: what is new, what changes, what contradicts, and what a second import does."""

import pytest
from click.testing import CliRunner

from onevoice.commands import cli
from onevoice.exchange import formats
from onevoice.exchange.entry import Entry, Omission, Question, Reading, StyleRule
from onevoice.load.yaml import parse_yaml

TERMS = """\
# our words
terms:
  - id: use  # plain
    preferred: use
    definition: d
    part_of_speech: verb
    avoid: [{term: utilize, why: w}]

  - {id: customer, preferred: customer, definition: Who buys., avoid: [client]}
"""
PATH = "terminology/words.yaml"


class Book:
    """A handbook, and a source that a made-up format reads."""

    def __init__(self, folder, monkeypatch):
        self.folder, self.reading = folder, Reading()
        (folder / "terminology").mkdir()
        (folder / PATH).write_text(TERMS)
        (folder / "list.made").write_text("x")
        kind = formats.Format("made", (".made",), lambda source: 9, lambda source, settings: self.read(settings))
        monkeypatch.setattr("onevoice.run.intake.load_word_formats", lambda: {"made": kind})
        monkeypatch.setattr("onevoice.run.intake.recognize_format", lambda *given: "made")
        monkeypatch.setenv("ONEVOICE_TODAY", "2026-11-29")
        self.settings = []

    def read(self, settings):
        self.settings.append(settings)
        return self.reading

    def import_entries(self, *entries, options=("--yes",), rules=(), omissions=(), code=0):
        self.reading = Reading(tuple(entries), tuple(omissions), tuple(rules))
        return self.run(*options, code=code)

    def run(self, *options, code=0):
        command = ["import", str(self.folder / "list.made"), "--handbook", str(self.folder), *options]
        result = CliRunner().invoke(cli, command, standalone_mode=False)
        if result.exception:
            raise result.exception
        assert result.return_value == code, result.output
        return result.output

    def show(self, path="terminology/list.yaml"):
        return (self.folder / path).read_text()

    def snapshot(self):
        return {path: path.read_bytes() for path in self.folder.rglob("*") if path.is_file() and path.name != ".lock"}

    def check(self):
        result = CliRunner().invoke(cli, ["check", "--handbook", str(self.folder)], standalone_mode=False)
        assert result.return_value == 0, result.output


@pytest.fixture
def book(tmp_path, monkeypatch):
    return Book(tmp_path, monkeypatch)


def entry(preferred, *avoid, key="", place="list:1", **fields):
    fields.setdefault("definition", "d")
    return Entry(
        key or preferred, place, {"preferred": preferred, **({"avoid": list(avoid)} if avoid else {}), **fields}
    )


def test_new_words_are_cautious_and_sound(book):
    said = book.import_entries(entry("desk", "table", {"term": "bench", "level": "error", "fix": "auto", "why": "w"}))
    assert "new       list:1  desk" in said
    data = parse_yaml("", book.show()).data
    assert data["defaults"] == {"level": "warning", "fix": "ask"}
    assert data["terms"] == [
        {"id": "desk", "preferred": "desk", "definition": "d", "avoid": ["table", {"term": "bench", "why": "w"}]}
    ]
    book.check()


def test_a_second_import_changes_no_byte(book):
    entries = [entry("desk", "table"), entry("use", "employ"), entry("lamp", "client")]
    book.import_entries(*entries)
    before = book.snapshot()
    said = book.import_entries(*entries)
    assert "Nothing has changed" in said
    assert book.snapshot() == before


def test_words_go_to_the_term_that_has_the_name(book):
    said = book.import_entries(entry("Use", "employ", definition="other", note="more"))
    assert 'adds "employ" to `avoid`' in said
    assert "`definition` differs here" in said
    assert book.show(PATH) == TERMS.replace(
        "avoid: [{term: utilize, why: w}]",
        "avoid: [{term: utilize, why: w}, {term: employ, level: warning, fix: ask}]\n    note: more",
    )


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (entry("client"), "client: it's avoided by the term `customer` (terminology/words.yaml:9). Left out"),
        (entry("buyer", "customer"), '"customer" is preferred by the term `customer` (terminology/words.yaml:9)'),
        (entry("buyer", "client"), '"client" is avoided by the term `customer` (terminology/words.yaml:9)'),
        (entry("buyer", allowed=["client"]), '"client" is avoided by the term `customer`'),
        (entry("patron", allowed=["customer"]), '"customer" is preferred by the term `customer`'),
        (entry("desk", {"term": "table", "use": "client"}), '"client", which replaces "table", is avoided by'),
        (entry("desk", "desk"), '"desk" is its own name'),
        (entry("", definition="d"), "it has no name"),
    ],
)
def test_contradictions_are_told_and_left_out(book, new, said):
    assert said in book.import_entries(new)
    assert book.show(PATH) == TERMS
    book.check()


def test_rows_of_one_import_that_contradict_each_other(book):
    said = book.import_entries(
        entry("desk", "table"), entry("table", place="list:2"), entry("lamp", "desk", place="list:3")
    )
    assert "list:2  table: it's avoided by the term `desk` (list:1)" in said
    assert 'list:3  lamp: "desk" is preferred by the term `desk` (list:1)' in said
    book.check()


def test_rows_of_one_thing_are_joined(book):
    book.import_entries(entry("desk", "table"), entry("desk", "bench", key="desk 2", place="list:2"))
    assert parse_yaml("", book.show()).data["terms"][0]["avoid"] == ["table", "bench"]


def test_only_what_has_changed_in_the_source_changes_here(book):
    book.import_entries(entry("desk", "table", "bench", note="one"), entry("lamp", note="l"))
    text = book.show().replace("note: l", "note: ours  # said by Ann")
    (book.folder / "terminology/list.yaml").write_text(text)
    said = book.import_entries(
        entry("desk", "table", "board", note="two"), entry("lamp", note="theirs", place="list:2")
    )
    assert "changes `note`" in said
    assert "`note` was changed here, too" in said
    desk, lamp = parse_yaml("", book.show()).data["terms"]
    assert desk["avoid"] == ["table", "board"] and desk["note"] == "two"
    assert lamp["note"] == "ours" and "# said by Ann" in book.show()
    before = book.snapshot()
    book.import_entries(entry("desk", "table", "board", note="two"), entry("lamp", note="theirs", place="list:2"))
    assert book.snapshot() == before


def test_what_a_person_deletes_stays_deleted(book):
    book.import_entries(entry("desk", "table", "bench"), entry("lamp"))
    data = parse_yaml("", book.show()).data
    text = book.show().replace("[table, bench]", "[table]")
    (book.folder / "terminology/list.yaml").write_text(text[: text.index("  - id: lamp")])
    assert data["terms"][1]["id"] == "lamp"
    said = book.import_entries(entry("desk", "table", "bench"), entry("lamp"))
    assert "`lamp` was deleted here" in said
    assert "bench" not in book.show()


def test_rows_that_are_gone_are_listed_and_stay(book):
    book.import_entries(entry("desk"), entry("lamp"))
    before = book.snapshot()
    assert "gone      lamp" in book.import_entries(entry("desk"))
    assert book.snapshot() == before


def test_rows_that_are_gone_go_if_someone_says_so(book, monkeypatch):
    book.import_entries(entry("desk"), entry("lamp"))
    monkeypatch.setattr("onevoice.commands._terminal.sees_terminal", lambda: True)
    monkeypatch.setattr("click.confirm", lambda *args, **more: True)
    book.import_entries(entry("desk"), options=())
    assert "lamp" not in book.show() and "lamp" not in book.show("import.yaml")
    book.check()


def test_a_row_that_someone_has_deleted_in_our_own_export_is_asked_about(book, monkeypatch):
    book.import_entries(entry("desk"))
    before = book.snapshot()
    book.reading = Reading((entry("desk"),), gone=("customer", "nobody-knows"))
    assert "gone      customer" in book.run("--yes")
    assert book.snapshot() == before
    monkeypatch.setattr("onevoice.commands._terminal.sees_terminal", lambda: True)
    monkeypatch.setattr("click.confirm", lambda *args, **more: True)
    book.run()
    assert "customer" not in book.show(PATH) and "desk" in book.show()


def test_two_wrong_words_may_differ_in_capitals_alone(book):
    words = entry("kilowatt", "KW", "kw", abbreviation="kW")
    assert "new       list:1  kilowatt" in book.import_entries(words)
    before = book.snapshot()
    assert "1 same" in book.import_entries(words)
    assert book.snapshot() == before
    book.import_entries(entry("kilowatt", "KW", "Kw", abbreviation="kW"))
    (term,) = parse_yaml("list.yaml", book.show()).data["terms"]
    assert [word if isinstance(word, str) else word["term"] for word in term["avoid"]] == ["KW", "Kw"]
    book.check()


def test_an_edited_export_of_ours_changes_what_was_edited(book):
    from onevoice.exchange.merge.fields import clean_value, describe_base

    old = {"preferred": "use", "definition": "d", "avoid": [{"term": "utilize", "why": "w"}]}
    base = {key: describe_base(key, clean_value(key, value)) for key, value in old.items()}
    new = {
        **old,
        "id": "use",
        "definition": "To work with.",
        "avoid": [{"term": "utilize", "why": "v", "level": "error"}],
    }
    book.import_entries(Entry("use", "list:1", new, base))
    assert book.show(PATH) == TERMS.replace("definition: d\n", "definition: To work with.\n").replace(
        "why: w", "why: v, level: error"
    )


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("größe", "grosse"), ("客户", "word-1"), ("use", "use-2"), ("C++", "c-plus-plus"), ("avoid", "avoid-2"),
        ("con", "the-con"),
    ],
)  # fmt: skip
def test_ids_are_new_and_ascii(book, name, id):
    book.import_entries(entry(name, key="k", language="de" if name == "use" else "en"))
    assert parse_yaml("", book.show()).data["terms"][0]["id"] == id


def test_hostile_texts_stay_texts(book):
    texts = [
        "no",
        "24/7",
        "007",
        "- a",
        "#1",
        "a: b",
        "{x}",
        "*a",
        "&a",
        "!t",
        "%x",
        "@y",
        "'q",
        '"q',
        "a\\b",
        "~",
        "1e3",
    ]
    entries = [entry(f"word{n}", note=text, key=text, place=f"list:{n}") for n, text in enumerate(texts)]
    entries += [entry("multi", note="a\n  b\n\nc: d\n"), entry("ctrl", note="a\x00\x1b[31mb\u2028c")]
    book.import_entries(*entries)
    terms = parse_yaml("", book.show()).data["terms"]
    assert [term["note"] for term in terms] == [*texts, "a\n  b\n\nc: d", "a[31mbc"]
    before = book.snapshot()
    book.import_entries(*entries)
    assert book.snapshot() == before


def test_what_the_checks_refuse_is_left_out_with_its_reason(book):
    said = book.import_entries(entry("desk", part_of_speech="thing"), entry("lamp", place="list:2"))
    assert "left out  list:1  desk: `thing` is not a value of `part_of_speech`" in said
    assert [term["id"] for term in parse_yaml("", book.show()).data["terms"]] == ["lamp"]


def test_owners_become_teams_where_there_are_teams(book):
    book.import_entries(entry("desk", owner="Brand Team"))
    assert not (book.folder / "content").exists()
    (book.folder / "content").mkdir()
    (book.folder / "content/teams.yaml").write_text(
        "teams:\n  - {id: brand-team, name: Brand Team, side: both, purpose: p}  # ours\n"
    )
    book.import_entries(entry("desk", owner="Brand Team"), entry("lamp", owner="Sales Ops"))
    assert [team["id"] for team in parse_yaml("", book.show("content/teams.yaml")).data["teams"]] == [
        "brand-team",
        "sales-ops",
    ]
    book.check()


def test_related_terms_are_found_by_key_and_name(book):
    book.import_entries(entry("desk", key="c1", related=["c2", "customer", "nobody"]), entry("lamp", key="c2"))
    assert parse_yaml("", book.show()).data["terms"][0]["related"] == ["lamp", "customer"]


def test_rules_go_to_the_voice(book):
    rule = StyleRule(
        "a.yml:1",
        {"id": "hype", "extends": "existence", "message": "No '%s'.", "level": "error", "tokens": [r"awe\w+"]},
    )
    wrong = StyleRule("b.yml:1", {"id": "odd", "extends": "telepathy", "message": "m"})
    said = book.import_entries(rules=[rule, wrong])
    assert "new       a.yml:1  Voice.hype" in said and "left out  b.yml:1  odd" in said
    trait = parse_yaml("", book.show("content/voice.yaml")).data["voice"]["traits"][0]
    assert trait["vale"][0]["tokens"] == [r"awe\w+"] and trait["vale"][0]["level"] == "warning"
    book.check()
    before = book.snapshot()
    book.import_entries(rules=[rule, wrong])
    assert book.snapshot() == before


def test_questions_are_asked_and_answers_kept(book):
    question = Question("login", "list:1", "Is it a verb?", ("verb", "noun"), "verb")
    book.reading = Reading((entry("login"),), questions=(question,), columns={"": {"Use": "preferred"}})
    before = book.snapshot()
    said = book.run(code=1)
    assert "list:1  Is it a verb?" in said and book.snapshot() == before
    book.run("--yes")
    data = parse_yaml("", book.show("import.yaml")).data["imports"][0]
    assert data["answers"] == {"login": "verb"} and data["columns"] == {"": {"Use": "preferred"}}
    book.run()
    assert book.settings[-1].answers == {"login": "verb"}


def test_omissions_are_told(book):
    said = book.import_entries(omissions=[Omission("list:7", "a.*", "This has no end. Write the words.")])
    assert "left out  list:7  a.*: This has no end. Write the words" in said


def test_a_dry_run_writes_nothing(book):
    before = book.snapshot()
    assert "desk" in book.import_entries(entry("desk"), options=("--yes", "--dry-run"), code=1)
    assert book.snapshot() == before
