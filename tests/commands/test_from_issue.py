"""A submitted form as a change: what it becomes, and that its text is never more than text."""

import pytest
from click.testing import CliRunner

from onevoice.commands import cli
from onevoice.load.yaml import parse_yaml

FORMS = """\
forms:
  - id: word
    title: Suggest a word
    summary: s
    backend: github
    to: https://code.example/a/b
    questions:
      - {id: word, label: The word, required: true, fill: word}
      - {id: avoid, label: Not to say, type: area}
      - {id: sentence, label: A sentence, type: area}
  - id: change
    title: Change a word
    summary: s
    backend: github
    to: https://code.example/a/b
    questions:
      - {id: record, label: The record, required: true, fill: record}
      - {id: definition, label: What it means, type: area}
      - {id: avoid, label: Not to say, type: area}
  - id: content
    title: Ask for content
    summary: s
    backend: github
    to: https://code.example/a/b
    questions:
      - {id: title, label: What do you need?, required: true, fill: title}
      - {id: team, label: Your team, fill: team}
      - {id: why, label: Why?, type: area, fill: why}
  - id: draft
    title: Check a draft
    summary: s
    backend: github
    to: https://code.example/a/b
    questions:
      - {id: title, label: Its title, fill: title}
      - {id: draft, label: The draft, type: area}
"""
TERMS = "terms:\n  - id: use  # ours\n    preferred: use\n    definition: d\n    avoid: [utilize]\n"
TEAMS = "teams:\n  - {id: sales, name: Sales, side: sales, purpose: p}\n"


@pytest.fixture
def book(tmp_path, monkeypatch):
    monkeypatch.setenv("ONEVOICE_TODAY", "2026-11-29")
    for name, text in {"content/forms": FORMS, "content/teams": TEAMS, "terminology/words": TERMS}.items():
        path = tmp_path / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return tmp_path


def submit(book, form, *answers, options=(), code=0):
    body = "\n\n".join(f"### {label}\n\n{text}" for label, text in answers)
    command = ["from-issue", form, "--handbook", str(book), *options]
    result = CliRunner().invoke(cli, command, input=body.encode("utf-8", "surrogatepass"), standalone_mode=False)
    if result.exception:
        raise result.exception
    assert result.return_value == code, result.output
    return result.output


def read_file(book, path):
    return parse_yaml(path, (book / path).read_text("utf-8")).data


def test_a_word_is_proposed(book):
    submit(book, "word", ("The word", "desk"), ("Not to say", "table\nbench"), ("A sentence", "_No response_"))
    assert read_file(book, "terminology/proposed.yaml")["terms"] == [
        {
            "id": "desk",
            "preferred": "desk",
            "status": "proposed",
            "avoid": ["table", "bench"],
            "level": "warning",
            "fix": "ask",
        }
    ]


def test_a_word_that_is_ours_is_not_proposed(book):
    with pytest.raises(Exception, match="avoided by the term `use`"):
        submit(book, "word", ("The word", "utilize"))


def test_a_term_changes(book):
    submit(book, "change", ("The record", "use"), ("What it means", "To work with."), ("Not to say", "employ"))
    assert (book / "terminology/words.yaml").read_text() == TERMS.replace(
        "definition: d", "definition: To work with."
    ).replace("[utilize]", "[utilize, {term: employ, level: warning, fix: ask}]")


def test_content_is_asked_for(book):
    submit(book, "content", ("What do you need?", "A checklist"), ("Your team", "Sales"), ("Why?", "Because."))
    assert read_file(book, "content/requests.yaml")["requests"] == [
        {"id": "a-checklist", "title": "A checklist", "team": "sales", "date": "2026-11-29", "why": "Because."}
    ]


def test_a_draft_is_a_file_to_check(book):
    submit(book, "draft", ("Its title", "Spring"), ("The draft", "We utilize it."))
    text = (book / "content/submissions/2026-11-29-spring.md").read_text()
    assert text == "---\ntitle: Spring\n---\n\nWe utilize it.\n"


HOSTILE = [
    "../../../etc/passwd", "/etc/passwd", "..\\..\\x", "$(touch pwned)", "`touch pwned`", "; touch pwned", "{{ 7*7 }}",
    "{% raw %}", "a: b", "- x", "x\n---\nkey: value", "!!python/object/apply:os.system [id]", "*alias", "&anchor x",
    "\"'", "x # y", "a\x00b", "\x1b[2J", "con", "x" * 50_000, "\n" * 50, "\u202ex", "{x: y}", "[x", "<!-- vale off -->",
    "<script>alert(1)</script>", "%SYSTEMROOT%", "~", "no", "x\nstatus: approved\npublic: true", "x\r\n  - id: evil",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    ("form", "labels"),
    [
        ("word", ["The word", "Not to say", "A sentence"]), ("change", ["What it means", "Not to say"]),
        ("content", ["What do you need?", "Your team", "Why?"]), ("draft", ["Its title", "The draft"]),
    ],
)  # fmt: skip
def test_hostile_answers_stay_texts(book, form, labels, text, monkeypatch):
    monkeypatch.chdir(book)
    known = {path for path in book.rglob("*") if path.is_file()}
    answers = [(label, text) for label in labels]
    answers += [("The record", "use")] if form == "change" else []
    try:
        submit(book, form, *answers)
    except Exception as error:
        assert type(error).__name__ in ("OnevoiceError", "DataError", "AssertionError"), error
    new = {path for path in book.rglob("*") if path.is_file()} - known
    assert {path.parent.relative_to(book).as_posix() for path in new} <= {
        "build", "terminology", "content", "content/submissions",
    }  # fmt: skip
    assert all(len(path.name) < 120 for path in new)
    for path in new:
        if path.suffix == ".yaml":
            data = read_file(book, path.relative_to(book).as_posix())
            for record in next(iter(data.values())):
                assert record.get("status", "proposed") == "proposed" and "public" not in record
    result = CliRunner().invoke(cli, ["check", "--handbook", str(book)], standalone_mode=False)
    assert result.return_value == 0, result.output


def test_an_answer_that_poses_as_a_question_is_refused(book):
    with pytest.raises(Exception, match="in the answers twice"):
        submit(book, "content", ("What do you need?", "x\n### Your team\n\nMarketing"), ("Your team", "Sales"))
