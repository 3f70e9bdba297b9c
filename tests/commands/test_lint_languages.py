"""What a report says about documents in languages that the handbook has no words in."""

import pytest
from click.testing import CliRunner

from onevoice.commands import cli
from onevoice.matcher.language import find_stated_language

TERMS = """
terms:
  - {id: customer, preferred: customer, definition: d, part_of_speech: noun, avoid: [client],
     names: {fr: {preferred: client, avoid: [consommateur]}}}
  - {id: acme, preferred: Acme, definition: Us., part_of_speech: proper noun, case: exact}
"""
ENGLISH, GERMAN, FRENCH = (
    "A client.\n",
    "---\nlang: de-AT\n---\nA client of ACME.\n",
    "---\nlang: fr\n---\nUn consommateur.\n",
)


def lint(folder, documents: dict[str, str], terms: str = TERMS) -> tuple[int, str]:
    (folder / "content").mkdir()
    (folder / "content" / "brand.yaml").write_text("brand: {name: Acme, language: en-US}\n")
    if terms:
        (folder / "terminology").mkdir()
        (folder / "terminology" / "terms.yaml").write_text(terms)
    (folder / "texts").mkdir()
    for name, text in documents.items():
        (folder / "texts" / name).write_text(text, "utf-8")
    done = CliRunner().invoke(
        cli, ["lint", "--no-vale", "--handbook", str(folder), str(folder / "texts")], standalone_mode=False
    )
    assert done.exception is None
    return done.return_value, done.stdout + done.stderr


def test_a_text_whose_words_nobody_looked_for_is_counted(tmp_path):
    code, said = lint(tmp_path, {"a.md": ENGLISH, "b.md": GERMAN, "c.md": FRENCH})
    assert code == 1 and "a.md:1:3" in said and 'Say "Acme"' in said.replace("Write", "Say")
    assert "b.md:4:3" not in said and "c.md:4:4" in said
    assert "1 file is in a language without words to avoid in the handbook (de-at): only names were checked." in said


def test_texts_in_the_handbooks_languages_need_no_note(tmp_path):
    _, said = lint(tmp_path, {"a.md": ENGLISH, "b.md": ENGLISH.join(["---\nlang: en-GB\n---\n", ""]), "c.md": FRENCH})
    assert "only names" not in said


def test_hundreds_are_counted_too_whether_they_are_parsed_or_not(tmp_path):
    texts = {f"{number}.md": f'---\nlanguage: "pt"\n---\nNada {number}.\n' for number in range(300)}
    _, said = lint(tmp_path, texts | {"a.html": '<!doctype html>\n<html class="a" lang=nl><p>Niets.</p></html>\n'})
    assert "301 files are in a language without words to avoid in the handbook (nl, pt): only names were" in said


def test_a_handbook_without_words_says_so(tmp_path):
    code, said = lint(tmp_path, {"a.md": ENGLISH}, "")
    assert code == 0 and "The handbook has no words to look for yet." in said


@pytest.mark.parametrize(
    ("source", "tag"),
    [
        ("---\ntitle: a\nlang: de\n---\n", "de"),
        ("\ufeff---\r\nlanguage: pt_BR\r\n---\r\nA", "pt-br"),
        ("+++\nlanguage = 'fr'\n+++\nA", "fr"),
        ("<!DOCTYPE html><HTML dir=ltr LANG='es'>", "es"),
        ("---\ntitle: a\n---\nlang: de\n", ""),
        ("---\nlanguage: js\n---\n", ""),
        ("---\nlanguages: de\n---\n", ""),
        ("lang: de\n", ""),
        ("<p lang=de>", ""),
        ("---\nlang: de\n", ""),
        ("", ""),
    ],
)
def test_what_a_document_states(source, tag):
    assert find_stated_language(source.encode()) == tag
