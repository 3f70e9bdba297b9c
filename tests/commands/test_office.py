"""`onevoice lint` with Word and PowerPoint files, as somebody sees it who sends a draft around."""

import io
import json

import docx
import pptx
import pytest

from commands.test_lint import KEYS, TERMS, Run
from office import archive


@pytest.fixture
def company(tmp_path):
    """A folder with nothing but `terminology/`: a handbook to lint with."""
    (tmp_path / "terminology").mkdir()
    (tmp_path / "terminology" / "terms.yaml").write_text(TERMS)
    return tmp_path


@pytest.fixture
def lint(company):
    """Run `onevoice lint --no-vale` in the company's folder."""
    return lambda *arguments: Run(company, "--no-vale", *arguments)


@pytest.fixture
def draft(company):
    """A Word file with an off-brand word in a heading, in a table and in a header."""
    file = docx.Document()
    file.add_heading("How we utilize it", 1)
    file.add_table(1, 1).cell(0, 0).text = "We utilize it."
    file.sections[0].header.paragraphs[0].text = "Utilize!"
    file.save(str(company / "draft.docx"))
    return company / "draft.docx"


@pytest.fixture
def deck(company):
    """A deck with an off-brand word in a title and in the notes."""
    file = pptx.Presentation()
    slide = file.slides.add_slide(file.slide_layouts[5])
    slide.shapes.title.text = "What we utilize"
    slide.notes_slide.notes_text_frame.text = "Basically, be brief."
    file.save(str(company / "deck.pptx"))
    return company / "deck.pptx"


def test_a_finding_names_its_place(lint, draft, deck):
    run = lint("draft.docx", "deck.pptx")
    assert run.code == 1
    heads = [line.split("  [")[0] for line in run.out.splitlines() if "[Brand." in line]
    assert heads == [
        'deck.pptx:1:9  error  slide 1, Title 1: Say "use", not "utilize".',
        'deck.pptx:2:1  error  slide 1, notes: Leave out "Basically".',
        'draft.docx:1:8  error  Say "use", not "utilize".',
        'draft.docx:2:4  error  table 1, row 1, under "How we utilize it": Say "use", not "utilize".',
        'draft.docx:3:1  error  header: Say "Use", not "Utilize".',
    ]
    assert "    What we utilize\n            ^^^^^^^\n" in run.out


def test_json_keeps_its_keys(lint, deck):
    first, *_ = json.loads(lint("--format", "json", "deck.pptx").out)
    assert list(first) == KEYS
    assert (first["line"], first["column"], first["match"]) == (1, 9, "utilize")


def test_folders_and_what_word_leaves_beside_an_open_file(lint, company, draft, deck):
    (company / "~$draft.docx").write_bytes(b"\x05Ann")
    run = lint(".")
    assert {line.split(":")[0] for line in run.out.splitlines() if "[Brand." in line} == {"draft.docx", "deck.pptx"}
    assert run.err.startswith("2 files")


def test_a_broken_file_is_one_finding_and_the_rest_is_linted(lint, company, draft):
    (company / "broken.docx").write_bytes(draft.read_bytes()[:-50])
    (company / "empty.pptx").write_bytes(b"")
    run = lint("broken.docx", "empty.pptx", "draft.docx")
    assert run.code == 1
    assert run.out.startswith("broken.docx:1:1  error  cannot be read as a Word file: it is incomplete or damaged")
    assert "empty.pptx:1:1  error  the file is empty  [file]" in run.out
    assert run.out.count("[file]") == 2
    assert run.out.count("[Brand.use]") == 3


def test_a_file_without_text_does_not_pass_for_clean(lint, company):
    file = pptx.Presentation()
    file.slides.add_slide(file.slide_layouts[6])
    file.save(str(company / "pictures.pptx"))
    run = lint("pictures.pptx")
    assert run.code == 0
    assert run.out.startswith("pictures.pptx:1:1  warning  this file has no text. ")


def test_comments_are_written_into_a_copy(lint, company, draft):
    before = draft.read_bytes()
    run = lint("draft.docx", "--comment", "reviewed.docx")
    assert run.code == 1
    assert run.err.endswith("Wrote 3 comments to reviewed.docx.\n")
    assert draft.read_bytes() == before
    comments = docx.Document(io.BytesIO((company / "reviewed.docx").read_bytes())).comments
    assert [comment.paragraphs[0].text for comment in comments] == [
        'Say "use", not "utilize".',
        'Say "use", not "utilize".',
        'header: Say "Use", not "Utilize".',
    ]
    assert [comment.paragraphs[1].text for comment in comments] == ["It says no more than use."] * 3


def test_no_copy_is_made_of_a_file_that_cannot_be_read(lint, company):
    (company / "broken.docx").write_bytes(b"PK")
    run = lint("broken.docx", "--comment", "reviewed.docx")
    assert run.code == 1
    assert run.err.endswith("reviewed.docx was not written.\n")
    assert not (company / "reviewed.docx").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["deck.pptx", "--comment", "a.docx"], "--comment needs exactly one Word file"),
        (["draft.docx", "deck.pptx", "--comment", "a.docx"], "--comment needs exactly one Word file"),
        (["--comment", "a.docx"], "--comment needs exactly one Word file"),
        (["draft.docx", "--fix", "--comment", "a.docx"], "--comment cannot be combined with --fix or --diff"),
        (["draft.docx", "--comment", "./draft.docx"], "./draft.docx: the draft itself is never changed."),
        (["draft.docx", "--comment", "draft.pdf"], "draft.pdf: the copy is a Word file, too."),
        (["draft.docx", "--comment", "nowhere/a.docx"], "nowhere/a.docx: cannot be written"),
    ],
)
def test_what_cannot_be_asked(lint, draft, deck, arguments, said):
    run = lint(*arguments)
    assert (run.code, run.out.count("Traceback")) == (2, 0)
    assert f"onevoice: {said}" in run.err


def test_a_fix_leaves_office_files_alone_and_says_so(lint, draft):
    before = draft.read_bytes()
    run = lint("draft.docx", "--fix")
    assert draft.read_bytes() == before
    assert "draft.docx: not fixed. Office files are only reported" in run.err
    assert lint("draft.docx", "--diff").out == ""


def test_vale_reads_their_text(company, draft, vale):
    (company / "content").mkdir()
    (company / "content" / "voice.yaml").write_text(VOICE)
    file = docx.Document()
    file.add_paragraph("We are first")
    file.add_paragraph("And we are blazingly fast")
    file.save(str(draft))
    run = Run(company, "--require-vale", "draft.docx", ONEVOICE_VALE=str(vale.path))
    assert 'draft.docx:2:12  warning  Not "blazingly".  [Voice.loud]' in run.out, run.err


VOICE = """\
voice:
  summary: Short and concrete.
  owner: marketing
  traits:
    - id: plain
      we_are: Plain
      we_are_not: Loud
      why: It is heard.
      vale:
        - {id: loud, extends: existence, message: 'Not "%s".', level: warning, why: It shouts., tokens: [blazingly]}
"""


def test_a_bomb_is_a_finding_too(lint, company):
    (company / "bomb.pptx").write_bytes(archive({"_rels/.rels": " " * 70_000_000}))
    assert "it is far larger than any real document" in lint("bomb.pptx").out
