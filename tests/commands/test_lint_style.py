"""`onevoice lint` says for how many files style was checked, whatever their names."""

import io
import re

import docx
import pptx
import pytest

from commands.test_lint import TERMS, Run
from commands.test_office import VOICE

LOUD = "Clean.\n\nWe are blazingly fast.\n"


@pytest.fixture
def company(tmp_path):
    """A handbook with words and a voice."""
    for name, text in {"terminology/terms.yaml": TERMS, "content/voice.yaml": VOICE}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.fixture
def lint(company, vale):
    """Run `onevoice lint` with Vale in the company's folder."""
    return lambda *arguments, **more: Run(company, "--require-vale", *arguments, ONEVOICE_VALE=str(vale.path), **more)


def write_files(folder, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


def list_places(run: Run) -> list[str]:
    return [line.split("  ")[0] for line in run.out.splitlines() if "[Voice.loud]" in line]


def describe_style(run: Run) -> str:
    """What the last line says about style."""
    return re.search(r"handbook in [^,]*, (.*): [^:]*\.\n$", run.err)[1]


def make_word() -> bytes:
    file, stream = docx.Document(), io.BytesIO()
    file.add_paragraph("We are blazingly fast")
    file.save(stream)
    return stream.getvalue()


def make_pictures() -> bytes:
    file, stream = pptx.Presentation(), io.BytesIO()
    file.slides.add_slide(file.slide_layouts[6])
    file.save(stream)
    return stream.getvalue()


def test_every_text_is_checked_whatever_its_ending(lint, company):
    endings = ("md", "markdown", "mkd", "mdx", "txt", "text", "MD", "Mkd", "TXT")
    write_files(company, **{f"docs__{ending}_{ending}": LOUD for ending in endings})
    write_files(company, docs__a_htm=f"<p>{LOUD}</p>\n", docs__b_HTML=f"<p>{LOUD}</p>\n", docs__Offer_DOCX=make_word())
    run = lint("docs")
    assert sorted(list_places(run)) == sorted(
        [f"docs/{ending}.{ending}:3:8" for ending in endings]
        + ["docs/a.htm:3:8", "docs/b.HTML:3:8", "docs/Offer.DOCX:1:8"]
    )
    assert "not for" not in run.err


@pytest.mark.parametrize(
    ("sections", "checked", "said"),
    [
        ("[*]", {"a.md", "b.html", "Docs/Offer.DOCX", "docs/c.md"}, ""),
        ("[*.{md,html}]", {"a.md", "b.html", "docs/c.md"}, ", not for 1 file"),
        ("[docs/*.md]", {"docs/c.md"}, ", not for 3 files"),
        ("[Docs/*.txt]", {"Docs/Offer.DOCX"}, ", not for 3 files"),
        ("[*.DOCX]", {"Docs/Offer.DOCX"}, ", not for 3 files"),
        ("[*.py]", set(), ", not for 4 files"),
    ],
)
def test_files_that_no_section_is_for_are_counted(lint, company, sections, checked, said):
    write_files(company, a_md=LOUD, b_html=f"<p>{LOUD}</p>", docs__c_md=LOUD, Docs__Offer_DOCX=make_word())
    (company / ".vale.ini").write_text(f"MinAlertLevel = suggestion\n\n{sections}\nBasedOnStyles = Voice\n")
    run = lint("a.md", "b.html", "docs", "Docs")
    assert {place.split(":")[0] for place in list_places(run)} == checked
    assert re.fullmatch(rf"style with Vale \S+ \([^)]*\){said}", describe_style(run))


def test_files_whose_style_could_not_be_checked_are_counted(lint, company):
    write_files(company, a_md=LOUD, c_md=b"\xff", d_pptx=make_pictures(), e_md="")
    run = lint("a.md", "c.md", "d.pptx", "e.md")
    assert list_places(run) == ["a.md:3:8"]
    assert describe_style(run).endswith("), not for 2 files")


def test_a_file_whose_front_matter_vale_cannot_read_is_checked_and_named(lint, company):
    write_files(company, a_md=f"---\ntitle: a\nmore: b: c\n---\n{LOUD}")
    run = lint("a.md")
    assert list_places(run) == ["a.md:7:8"]
    assert "a.md:3:1  warning  Style was not checked in the front matter: Vale cannot read it (" in run.out
    assert "not for" not in describe_style(run)


def test_a_byte_order_mark_does_not_take_a_file_out_of_its_section(lint, company):
    write_files(company, docs__a_md=f"\ufeff{LOUD}", docs__b_text=LOUD.encode("utf-16"))
    (company / ".vale.ini").write_text("MinAlertLevel = suggestion\n\n[docs/*]\nBasedOnStyles = Voice\n")
    run = lint("docs")
    assert list_places(run) == ["docs/a.md:3:8", "docs/b.text:3:8"]
    assert "not for" not in run.err


def test_records_are_counted(lint, company):
    (company / ".vale.ini").write_text("MinAlertLevel = suggestion\n\n[*.md]\nBasedOnStyles = Voice\n")
    assert re.search(r"^2 files, .*, not for 2 files: ", lint().err)


def test_a_handbook_without_style_rules_has_words_only(lint, company):
    (company / "content" / "voice.yaml").unlink()
    write_files(company, a_md=LOUD)
    assert describe_style(lint("a.md")) == "words only (the handbook has no style rules)"


def test_comments_of_mdx_suppress_style(lint, company):
    comments = "{/* vale Voice.loud = NO */}\n{/* because: a quote */}\n\n", "\n{/* vale Voice.loud = YES */}\n"
    write_files(company, a_mdx=LOUD.join(comments), b_MDX="import { blazingly } from 'blazingly'\n\nClean.\n")
    run = lint("a.mdx", "b.MDX")
    assert (run.code, run.out) == (0, "")


def test_a_summary_on_github_says_it_too(lint, company, tmp_path):
    write_files(company, a_md=LOUD, b_txt=LOUD)
    (company / ".vale.ini").write_text("MinAlertLevel = suggestion\n\n[*.md]\nBasedOnStyles = Voice\n")
    page = tmp_path / "summary.md"
    lint("a.md", "b.txt", "--format", "github", GITHUB_STEP_SUMMARY=str(page))
    assert ", not for 1 file: 1 warning." in page.read_text()
