"""What customers said: which texts are kept, which are left out and why; the same file twice changes nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import load_files
from onevoice.load.quotes import parse_quotes, write_quotes
from onevoice.privacy import find_person
from onevoice.run.quotes import merge_quotes, plan_quotes
from onevoice.tables.directory import make_directory
from onevoice.tables.map import make_map_shape, parse_map
from onevoice.tables.read import read_export
from onevoice.tables.shapes import load_shapes
from tables import exports

SIDE = "{summary: s, signs: s, wants: w}"
CONTENT = {
    "brand": "brand: {name: Acme, products: {lift: Acme Lift}}",
    "personas": "personas: [{id: boss, name: Head of sales, summary: s, goals: g, pains: p, "
    f"interested: {SIDE}, ready_to_buy: {SIDE}}}]",
    "journey": "journey: {summary: s, stages: [{id: compare, name: Compare, question: q, customer: c, marketing: m, "
    "sales: s, done_when: d}]}",
    "forms": """
forms:
  - id: calls
    title: Calls
    summary: s
    backend: url
    to: https://acme.example/calls
    questions:
      - {id: who, label: Who was it?, type: choice, options: personas, fill: persona}
      - {id: stage, label: At which stage?, type: choice, options: stages, fill: stage}
      - {id: pain, label: What hurts?, type: area, quotes: pain}
      - {id: no, label: Why not?, type: area, quotes: objection}
      - {id: note, label: Anything else?, type: area}
""",
}
HEADER = ["Timestamp", "Email Address", "Who was it?", "At which stage?", "What hurts?", "Why not?", "Anything else?"]
MAP = b"{title: Notes, kind: quotes, name: Note, date: Day, about: objection, persona: Buyer}"
SHAPES = {**load_shapes(), "notes": make_map_shape("notes", parse_map("content/metrics/notes.yaml", MAP))}


def make_book(**content):
    files = {**CONTENT, **content}
    return Handbook(load_files([(kind, f"content/{kind}.yaml", text.encode()) for kind, text in files.items()]))


DIRECTORY = make_directory(make_book())


def read(text, name="calls.csv", directory=DIRECTORY):
    return read_export(name, text.encode(), directory, SHAPES)


def answer(pain="", no="", who="Head of sales", stage="compare", note="", mail="ann@example.com"):
    return ["2026/11/24 3:00:00 PM GMT+3", mail, who, stage, pain, no, note]


def test_answers_become_quotes():
    harvest = read(
        exports.write([HEADER, answer("The handoff is so slow", "- Not this quarter, thanks", note="Ask Zoe")])
    )
    pain, no = sorted(harvest.quotes, key=lambda quote: quote.about, reverse=True)
    assert pain[:5] == ("2026-W48", "calls", "pain", "boss", "compare") and pain.words == "The handoff is so slow"
    assert no.about == "objection" and no.words == "Not this quarter, thanks"
    assert "Zoe" not in str(harvest)


@pytest.mark.parametrize(
    ("row", "kept", "said"),
    [
        (answer("n/a"), 0, "left out 1 answer of fewer than three words"),
        (answer("We never hear back", who="The janitor"), 1, "left out 1 name of a persona that isn't ours"),
        (answer("We never hear back", stage="Later"), 1, ""),
        (answer("Write to bob@example.com, he knows"), 0, "calls.csv:2, column E (What hurts?): left out, as it"),
        (answer("Zoe says that it is slow"), 0, "it may have a name in it"),
        (answer("we asked quaxly, it was slow", mail="z.quaxly@example.com"), 0, "it may have a name in it"),
        (answer("too slow. " * 60), 0, "it has more than 400 characters"),
        (answer("=1+1 is all they say"), 1, ""),
        (answer("“We never hear\nback”"), 1, ""),
    ],
)  # fmt: skip
def test_what_is_kept_of_a_row(row, kept, said):
    harvest = read(exports.write([HEADER, row]))
    assert len(harvest.quotes) == kept
    assert said in "\n".join(harvest.said)
    assert all(not quote.words.startswith(("=", "-", "“")) and "\n" not in quote.words for quote in harvest.quotes)


def test_a_form_without_such_a_question_says_how():
    text = CONTENT["forms"].replace(", quotes: pain", "").replace(", quotes: objection", "")
    harvest = read(
        exports.write([HEADER, answer("We never hear back")]), directory=make_directory(make_book(forms=text))
    )
    assert harvest.quotes == []
    assert "write `quotes: pain` or `quotes: objection` below it in the form `calls` of forms.yaml" in str(harvest.said)


def test_a_map_reads_quotes():
    rows = [["Day", "Buyer", "Rep email", "Note"], ["2026-11-24", "boss", "zoe@example.com", "We built our own"],
            ["2026-11-24", "boss", "zoe@example.com", "That zoe is great, but no"]]  # fmt: skip
    harvest = read(exports.write(rows), "notes.csv")
    [quote] = harvest.quotes
    assert quote[:5] == ("2026-W48", "notes", "objection", "boss", "")
    assert "notes.csv:3, column D (Note): left out, as it may have a name in it." in harvest.said


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (b"{title: t, kind: quotes, name: Note, week: W}", "is about quotes. It needs `date`"),
        (b"{title: t, kind: quotes, name: Note, date: D, counts: x}", "is about quotes. It needs `date`"),
        (b"{title: t, kind: assets, name: Note, date: D, counts: x, persona: P}", "which only quotes have"),
        (b"{title: t, kind: quotes, name: Note, date: D, persona: Contact owner}", "which is about people"),
    ],
)
def test_a_map_of_quotes_that_is_wrong(given, message):
    with pytest.raises(Exception) as error:
        parse_map("content/metrics/x.yaml", given)
    assert message in error.value.findings[0].message


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We never hear what happened to the leads.", ""),
        ("I'd say it's slow. Nobody's there on Monday, and our CRM can't tell.", ""),
        ("That's $40,000 a year for 1,200 leads.", ""),
        ("We looked at Salesforce and Excel. NO WAY.", ""),
        ("Our Acme Lift is great.", ""),
        ("Talk to Zoe Quaxly about it.", "a name"),
        ("Talk to zoe about it.", "a name"),
        ("ZOE told me so.", "a name"),
        ("Quaxly is slow, says Mr. Quaxly.", "a name"),
        ("mr quaxly is slow", "a name"),
        ("My name is quaxly, and I hate it.", "a name"),
        ("I asked Anna's team.", "a name"),
        ("We asked Jean-Pierre.", "a name"),
        ("Somebody at Quaxly does it by hand.", "a name"),
        ("We moved to 12 Elm Street.", "a name"),
        ("Write to zoe.quaxly@example.com", "an email address"),
        ("zoe at example dot com knows", "an email address"),
        ("See linkedin.com/in/zq", "an address on the web"),
        ("Ask @zq about it", "an address on the web"),
        ("It's extension 55 501", "a long number"),
        ("Call +49 170 5550123", "a phone number or another long number"),
        ("It's ticket AB12CD", "an id"),
        ("From 203.0.113.77 it works", "an IP address"),
    ],
)  # fmt: skip
def test_what_may_lead_to_a_person(text, found):
    assert find_person(text, DIRECTORY.known_words) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Die Übergabe dauert zu lange, und der Vertrieb ruft nie an.", ""),
        ("Das weiß nur unser Kollege Karl Quaxly.", "a name"),
        ("Da müssen Sie Frau Quaxly fragen.", "a name"),
        ("Fragen Sie mal Friederun Quaxly.", "a name"),
    ],
)
def test_german_nouns_name_nobody(text, found):
    assert find_person(text, language="de") == found


WORDS = st.lists(
    st.sampled_from(["we", "never", "hear", "back", "from", "slow", "handoffs", ",", '"', "'", ";", "ü", "=", "\n"]),
    min_size=3,
    max_size=9,
)
ROWS = st.lists(st.tuples(WORDS, st.sampled_from(["Head of sales", "boss", "?"])), max_size=8)


@given(ROWS, ROWS)
@pytest.mark.hypothesis
def test_the_same_file_twice_changes_nothing(first, second):
    quotes = []
    for rows in (first, second):
        text = exports.write([HEADER, answer("x"), *(answer(" ".join(words), who=who) for words, who in rows)])
        quotes, _ = merge_quotes(quotes, read(text).quotes)
    files = plan_quotes(quotes)
    again, said = merge_quotes(quotes, read(text).quotes)
    assert said == "" and plan_quotes(again) == files
    for path, data in files.items():
        found, problems = parse_quotes(path, data)
        assert problems == [] and write_quotes(quote for _, quote in found) == data
        assert [line for line, _ in found] == [*range(2, len(found) + 2)]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("2026-W48,calls,pain,,", "this line has 5 values"),
        ("2026-48,calls,pain,,,q0123456789,we never hear back", "the week is missing or wrong"),
        ("2026-W48,calls,love,,,q0123456789,we never hear back", "Write `pain` or `objection`"),
        ("2026-W48,../calls,pain,,,q0123456789,we never hear back", "isn't an id"),
        ("2026-W48,calls,pain,,,7,we never hear back", "the id isn't one that"),
        ("2026-W48,calls,pain,,,q0123456789,", "the words are missing"),
        ("2026-W48,calls,pain,,,q0123456789,=we never", "take these words for a formula"),
        ("<<<<<<< ours", "Git couldn't merge"),
        ('2026-W48,calls,pain,,,q0123456789,"we never', "isn't CSV"),
    ],
)
def test_a_line_that_is_wrong(line, message):
    good = "2026-W48,calls,pain,,,q0123456780,we never hear back"
    found, [problem] = parse_quotes("q.csv", f"week,form,about,persona,stage,id,words\n{good}\n{line}\n".encode())
    assert (len(found), problem.span.line) == (1, 3)
    assert message in problem.message and "never" not in problem.message


def test_a_newer_export_corrects_who_said_it():
    old = read(exports.write([HEADER, answer("We never hear back", who="?")])).quotes
    quotes, said = merge_quotes(old, read(exports.write([HEADER, answer("We never hear back")])).quotes)
    assert said == "Changed the persona or stage of 1 quote." and [quote.persona for quote in quotes] == ["boss"]
