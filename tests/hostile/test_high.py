"""The seven gravest faults that were found in onevoice, each by its number, so that none comes back."""

import html
import os
import re
import sys

import pytest

from hostile import site
from hostile.front import grow_aliases
from hostile.trial import Case, explain_fault, run_onevoice, try_cases, write_book
from repository import Repository
from rounds import choose_count

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="measures processes as Linux counts them")
BUILD = ("build",)
DOCUMENTS = {
    "brackets": "---\nx: " + "[" * 30_000 + "\n---\n",
    "tag": "---\nx: !a [b]\n---\n",
    "digits": "+++\nx = " + "9" * 4301 + "\n+++\n",
    "percent": "---\naudience: customers\n---\nThat is " + "9" * 4301 + "% more revenue.\n",
    "aliases": f"---\n{grow_aliases()}audience: *j\n---\n",
    "aliases-in-the-title": f"---\n{grow_aliases()}title: *j\n---\n",
}


@pytest.mark.rounds
def test_h1_two_builds_at_once_destroy_nothing(tmp_path):
    book = site.Book(tmp_path)
    for number in range(choose_count(1, 50)):
        book.edit()
        processes = [site.start(book.folder, BUILD, book.environment) for _ in range(2)]
        said = [process.communicate(timeout=300)[0] for process in processes]
        assert [process.returncode for process in processes] == [0, 0], f"round {number}: {said}"
        book.check_output(BUILD, number)
    # Nor is a damaged page believed in.
    (book.folder / "build" / "site" / "index.html").unlink()
    assert book.run(*BUILD)[0] == 0
    book.check_output(BUILD, "after damage")


def test_h2_no_title_brings_markup(tmp_path):
    """The theme shows a title as HTML as soon as the pointer is on its link."""
    book = site.Book(tmp_path)
    (book.folder / "terminology" / "lead.yaml").write_text(
        "terms:\n"
        "  - {id: lead, preferred: lead, definition: 'A <img src=x onerror=alert(1)> \"lead\".'}\n"
        "  - {id: hot, preferred: hot lead, definition: A lead that is warm., related: [lead]}\n"
    )
    code, said = book.run(*BUILD)
    assert code == 0, said
    pages = [path.read_text("utf-8") for path in (book.folder / "build" / "site").rglob("*.html")]
    titles = [html.unescape(title) for page in pages for title in re.findall(r'\stitle="([^"]*)"', page)]
    shown = [title for title in titles if "onerror" in title]
    assert shown
    assert not [title for title in shown if "<img" in title]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_h3_one_document_silences_nothing(tmp_path, name):
    case = Case(name, lambda folder: (folder / "bad.md").write_text(f"{DOCUMENTS[name]}\nWe utilize that.\n"))
    outcome, fault = try_cases([case], tmp_path)
    assert not fault
    assert "c0/bad.md:" in outcome.output


@pytest.mark.parametrize("target", ["/dev/zero", "pipe", "sparse"])
def test_h3_what_is_no_regular_file_silences_nothing(tmp_path, target):
    def fill(folder):
        if target == "pipe":
            os.mkfifo(folder / "bad.md")
        elif target == "sparse":
            (folder / "bad.md").touch()
            os.truncate(folder / "bad.md", 2**32)
        else:
            (folder / "bad.md").symlink_to(target)

    outcome, fault = try_cases([Case(target, fill)], tmp_path)
    assert not fault
    assert "c0/bad.md:1:1  error  cannot be read" in outcome.output


@pytest.mark.parametrize(
    "end", ["kill -9 $$", "sleep 600", "echo 'panic: runtime error' >&2; exit 2", "echo '{'", "echo '[]'"]
)
def test_h4_a_vale_that_stops_takes_no_words_away(tmp_path, end):
    book = write_book(tmp_path / "book", style=True)
    vale = tmp_path / "vale"
    vale.write_text(f'#!/bin/sh\ncase "$*" in *--version*) echo "vale version 3.22.0"; exit 0;; esac\n{end}\n')
    vale.chmod(0o755)
    variables = {"ONEVOICE_CACHE": str(tmp_path / "cache"), "ONEVOICE_VALE": str(vale)}
    outcome = run_onevoice(["lint", "drafts"], book, variables)
    assert not explain_fault(outcome, (1,), "good.md:1:4  error")
    assert "Style was not checked" in outcome.output


def test_h5_the_public_site_keeps_nothing_that_was_taken_back(tmp_path):
    book = site.Book(tmp_path)
    sound = (book.folder / "terminology" / "terms.yaml").read_text()
    term = "  - {{id: {0}, preferred: {0}, definition: The {1}., public: {2}}}\n".format
    before = sound + "".join(term(word, f"{word}-wording", "true") for word in ("hidden", "deleted", "corrected"))
    after = sound + term("hidden", "hidden-wording", "false") + term("corrected", "new", "true")
    repository = Repository(book.folder)
    repository.commit("2026-11-01", {"terminology/terms.yaml": before, ".gitignore": "build/\n"})
    repository.commit("2026-11-10", {"terminology/terms.yaml": after})
    code, said = book.run("build", "--public")
    assert code == 0, said
    public = book.folder / "build" / "public"
    texts = {path: path.read_bytes() for path in public.rglob("*") if path.is_file() and path.suffix != ".gz"}
    assert any(b"corrected" in data for data in texts.values())
    for word in (b"hidden-wording", b"deleted-wording", b"corrected-wording"):
        assert [path.relative_to(public).as_posix() for path, data in texts.items() if word in data] == []


@pytest.mark.parametrize("place", ["content/pages/p.md", "content/identity/logo.svg", "content/pages/pipe.md"])
def test_h6_links_out_of_the_tree_are_not_published(tmp_path, place):
    book = site.Book(tmp_path)
    secret = tmp_path / "secret"
    secret.write_text("<svg>the-canary</svg>")
    (book.folder / "content" / "identity").mkdir()
    (book.folder / "content" / "identity.yaml").write_text("identity:\n  logos:\n    - {file: identity/logo.svg}\n")
    if "pipe" in place:
        os.mkfifo(book.folder / place)
    else:
        (book.folder / place).symlink_to(secret)
    code, said = book.run(*BUILD)
    assert code in (1, 2), said
    assert "Traceback" not in said
    found = [
        path for path in (book.folder / "build").rglob("*") if path.is_file() and b"the-canary" in path.read_bytes()
    ]
    assert found == []


def test_h7_no_handbook_above_the_repository_rules(tmp_path):
    """Whoever writes to a folder above could switch words off, and have Vale start programs."""
    write_book(tmp_path, style=True)
    (tmp_path / ".vale.ini").write_text("Transform = /etc/evil.xsl\n")
    inside = Repository(tmp_path / "repository")
    (inside.folder / "good.md").write_text("We utilize it.\n")
    outcome = run_onevoice(["lint", "--no-vale", "good.md"], inside.folder, {"ONEVOICE_CACHE": str(tmp_path / "cache")})
    assert not explain_fault(outcome, (2,), "no handbook to lint by")
    assert "Brand.use" not in outcome.output
