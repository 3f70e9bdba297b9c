"""`onevoice lint` as a writer, a hook and a program see it: what is printed where, and the exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TERMS = """\
terms:
  - id: use
    preferred: use
    definition: To do something with a thing.
    part_of_speech: verb
    avoid:
      - term: utilize
        why: It says no more than use.
      - {term: leverage, level: warning}
      - {term: synergize, level: suggestion, use: [work together, agree]}
      - {term: basically, remove: true}
"""
KEYS = [
    *("rule", "level", "path", "line", "column", "end_line", "end_column"),
    *("match", "message", "replacements", "link", "reason"),
]


@pytest.fixture
def company(tmp_path):
    """A folder with nothing but `terminology/`: a handbook to lint with."""
    folder = tmp_path / "company"
    (folder / "terminology").mkdir(parents=True)
    (folder / "terminology" / "terms.yaml").write_text(TERMS)
    return folder


class Run:
    def __init__(self, folder: Path, *arguments: str, stdin: bytes = b"", **env: str) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ONEVOICE_")}
        kept |= {"ONEVOICE_TODAY": "2026-11-22", "PYTHONPATH": str(ROOT / "scripts"), **env}
        command = [sys.executable, "-m", "onevoice", "lint", *arguments]
        run = subprocess.run(command, cwd=folder, env=kept, input=stdin, capture_output=True, check=False)
        self.code = run.returncode
        self.out, self.err = run.stdout.decode(), run.stderr.decode()
        assert "Traceback" not in self.err
        assert "\x1b" not in self.out + self.err


@pytest.fixture
def lint(company):
    """Run `onevoice lint --no-vale` in the company's folder."""
    return lambda *arguments, **more: Run(company, "--no-vale", *arguments, **more)


def test_finding(company, lint):
    (company / "draft.md").write_text("# Draft\n\nWe utilize it.\n")
    run = lint("draft.md")
    assert run.code == 1
    assert run.out == (
        'draft.md:3:4  error  Say "use", not "utilize".  [Brand.use]\n'
        "    We utilize it.\n"
        "       ^^^^^^^\n"
        "    It says no more than use.\n"
    )
    assert run.err == f"1 file, the handbook in {company}, words only: 1 error.\n"


def test_nothing_found(company, lint):
    (company / "draft.md").write_text("We use it.\n")
    run = lint("draft.md")
    assert (run.code, run.out) == (0, "")
    assert run.err.endswith("words only: no problems found.\n")


@pytest.mark.parametrize(
    ("text", "level", "code"),
    [
        ("We leverage it.", None, 0),
        ("We leverage it.", "warning", 1),
        ("We leverage it.", "error", 0),
        ("We synergize.", "warning", 0),
        ("We synergize.", "suggestion", 1),
        ("We utilize it.", "error", 1),
    ],
)
def test_level_that_fails(company, lint, text, level, code):
    (company / "draft.txt").write_text(text)
    run = lint("draft.txt", *(["--fail-on", level] if level else []))
    assert run.code == code
    assert run.out


def test_json(company, lint):
    (company / "draft.md").write_text("We utilize it.\nWe synergize, basically.\n")
    run = lint("--format", "json", "draft.md")
    found = json.loads(run.out)
    assert run.code == 1
    assert [list(finding) for finding in found] == [KEYS] * 3
    assert found[0] == {
        "rule": "Brand.use", "level": "error", "path": "draft.md",
        "line": 1, "column": 4, "end_line": 1, "end_column": 11,
        "match": "utilize", "message": 'Say "use", not "utilize".', "replacements": ["use"],
        "link": "", "reason": "It says no more than use.",
    }  # fmt: skip
    assert found[1]["replacements"] == ["work together", "agree"]
    assert found[2]["replacements"] == [""]


def test_json_of_nothing_is_a_list(company, lint):
    (company / "draft.md").write_text("We use it.\n")
    assert json.loads(lint("--format", "json", "draft.md").out) == []


def test_links_where_the_handbook_is_published(company, lint):
    (company / "content").mkdir()
    (company / "content" / "brand.yaml").write_text("brand:\n  name: Acme\n  url: https://brand.example.com/book/\n")
    (company / "draft.md").write_text("We utilize it.\n")
    run = lint("draft.md")
    assert run.out.splitlines()[-1] == "    https://brand.example.com/book/glossary/use/"


def test_standard_input(lint):
    run = lint("-", stdin=b"# A\n\nWe utilize it.\n")
    assert run.code == 1
    assert run.out.startswith("-:3:4  error")


def test_standard_input_that_is_not_text(lint):
    run = lint("-", stdin=b"caf\xe9")
    assert run.code == 2
    assert "UTF-8" in run.err
    assert run.out == ""


def test_a_broken_file_does_not_hide_the_others(company, lint):
    (company / "a.md").write_bytes(b"fine\ncaf\xe9\n")
    (company / "b.md").write_text("We utilize it.\n")
    (company / "c.xyz").write_text("We utilize it.\n")
    run = lint("a.md", "b.md", "c.xyz")
    assert run.code == 1
    assert [line.split("  ")[0] for line in run.out.splitlines() if not line.startswith(" ")] == [
        "a.md:2:1",
        "b.md:1:4",
        "c.xyz:1:1",
    ]
    said = "this is not UTF-8 text; it looks like Windows-1252. Save the file as UTF-8."
    assert f"a.md:2:1  error  {said}  [file]\n" in run.out
    assert "Save it as one of .md" in run.out


def test_folders_are_searched_for_known_endings(company, lint):
    for name in (
        "docs/a.md",
        "docs/deep/b.html",
        "docs/c.txt",
        "docs/d.py",
        "docs/.hidden.md",
        "docs/node_modules/e.md",
    ):
        (company / name).parent.mkdir(parents=True, exist_ok=True)
        (company / name).write_text("We utilize it.\n")
    run = lint("docs")
    places = [line.split(":")[0] for line in run.out.splitlines() if not line.startswith(" ")]
    assert places == ["docs/a.md", "docs/c.txt", "docs/deep/b.html"]
    assert run.err.startswith("3 files, ")


@pytest.mark.parametrize("paths", [["nowhere.md"], ["draft.md", "nowhere"]])
def test_missing_path(company, lint, paths):
    (company / "draft.md").write_text("We use it.\n")
    run = lint(*paths)
    assert run.code == 2
    assert run.err.startswith(f"onevoice: {paths[-1]}: there is no such file or folder")


def test_nothing_to_lint(company, lint):
    (company / "empty").mkdir()
    run = lint("empty")
    assert run.code == 2
    assert run.err.startswith("onevoice: nothing to lint in empty: no Markdown, HTML, plain text, Word, PowerPoint")


def test_without_paths_the_records_pages_and_submissions_are_linted(company, lint):
    for name, text in {
        "content/pages/guide.md": "We utilize it.\n",
        "content/submissions/draft.md": "We utilize it.\n",
        "content/other.md": "We utilize it.\n",
        "content/teams.yaml": "teams:\n  - id: brand\n    name: Brand\n    side: both\n    purpose: >-\n"
        "      Others\n      utilize it.\n    roles: ['it''s a utilize']\n",
    }.items():
        (company / name).parent.mkdir(parents=True, exist_ok=True)
        (company / name).write_text(text)
    run = lint()
    assert run.code == 1
    assert [line.split("  ")[0] for line in run.out.splitlines() if not line.startswith(" ")] == [
        "content/pages/guide.md:1:4",
        "content/submissions/draft.md:1:4",
        "content/teams.yaml:7:7",
        "content/teams.yaml:8:22",
    ]
    assert run.err.startswith("4 files, ")


def test_records_are_named_from_where_the_writer_is(company):
    inside = company / "content" / "pages"
    inside.mkdir(parents=True)
    (inside / "guide.md").write_text("We utilize it.\n")
    run = Run(inside, "--no-vale")
    assert run.out.startswith("guide.md:1:4  error")


def test_the_words_that_terms_avoid_are_not_findings_in_the_terms(lint):
    run = lint()
    assert (run.code, run.out) == (0, "")


def test_handbook_named(company, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "draft.md").write_text("We utilize it.\n")
    option = Run(elsewhere, "--no-vale", "--handbook", "../company", "draft.md")
    variable = Run(elsewhere, "--no-vale", "draft.md", ONEVOICE_HANDBOOK=str(company))
    both = Run(elsewhere, "--no-vale", "--handbook", str(company), "draft.md", ONEVOICE_HANDBOOK="/nowhere")
    assert option.code == variable.code == both.code == 1
    assert option.out == variable.out == both.out
    assert option.err == variable.err == both.err == f"1 file, the handbook in {company}, words only: 1 error.\n"


def test_handbook_that_is_none(tmp_path):
    run = Run(tmp_path, "--no-vale", "--handbook", "nowhere", "-")
    assert run.code == 2
    assert run.err.startswith("onevoice: nowhere: there is no handbook here.")
    assert "terminology" in run.err


@pytest.mark.parametrize("top", [".git", ".onevoice.yaml"])
def test_a_handbook_above_the_repository_has_no_say(company, top):
    """A terminology/ in a folder around the repository could have been left there by anybody."""
    repository = company / "repository"
    (repository / "docs").mkdir(parents=True)
    (repository / "docs" / "draft.md").write_text("We utilize it.\n")
    inside = Run(repository / "docs", "--no-vale", "draft.md")
    (repository / top).mkdir()
    outside = Run(repository / "docs", "--no-vale", "draft.md")
    assert "Brand.use" in inside.out and f"the handbook in {company.resolve()}" in inside.err
    assert outside.code == 2 and "no handbook to lint by" in outside.err


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_a_folder_that_everybody_may_write_to_has_no_say(company):
    (company / "mine").mkdir()
    (company / "mine" / "draft.md").write_text("We utilize it.\n")
    company.chmod(0o1777)
    assert "no handbook to lint by" in Run(company / "mine", "--no-vale", "draft.md").err
    assert "Brand.use" in Run(company, "--no-vale", "mine/draft.md").out, "who is in it has chosen it"


def test_nobody_is_judged_by_the_words_of_another_company(tmp_path):
    run = Run(tmp_path, "--no-vale", "-", stdin=b"The buyer's journey.\n")
    assert (run.code, run.out) == (2, "")
    assert run.err == (
        "onevoice: no handbook to lint by. Name one with --handbook DIR, or as `handbook:` in .onevoice.yaml; --sample "
        "takes the one that comes with onevoice.\n"
    )


def test_the_sample_says_whose_it_is(tmp_path):
    run = Run(tmp_path, "--no-vale", "--sample", "-", stdin=b"The buyer's journey.\n")
    assert "the handbook of Ferrywell (installed with onevoice)" in run.err and run.code == 1


def test_the_sample_is_nobodys_own(tmp_path):
    run = Run(tmp_path, "--no-vale")
    assert run.code == 2
    assert run.err.startswith("onevoice: no handbook to lint by.")


def test_broken_handbook(company, lint):
    (company / "terminology" / "terms.yaml").write_text("terms:\n  - id: a\n    prefered: alpha\n    definition: d\n")
    (company / "draft.md").write_text("We utilize it.\n")
    run = lint("--format", "json", "draft.md")
    assert (run.code, run.out) == (2, "")
    assert "terminology/terms.yaml:3:5  error  unknown key `prefered`. Did you mean `preferred`?  [schema]" in run.err


def test_an_edited_term_counts_at_once(company, lint):
    """The cache of compiled terms is keyed by what the records say."""
    (company / "draft.md").write_text("We utilize it.\n")
    assert lint("draft.md").code == 1
    assert lint("draft.md").code == 1
    (company / "terminology" / "terms.yaml").write_text(TERMS.replace("term: utilize", "term: exploit"))
    assert lint("draft.md").code == 0


def test_a_damaged_cache_is_made_again(company, tmp_path):
    (company / "draft.md").write_text("We utilize it.\n")
    cache = {"ONEVOICE_CACHE": str(tmp_path / "cache")}
    first = Run(company, "--no-vale", "draft.md", **cache)
    kept = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert kept
    for damage in (b"", b"junk", kept[0].read_bytes()[:100]):
        kept[0].write_bytes(damage)
        again = Run(company, "--no-vale", "draft.md", **cache)
        assert (again.code, again.out, again.err) == (first.code, first.out, first.err)


@pytest.fixture
def nothing(tmp_path):
    """A machine without Vale."""
    (tmp_path / "bin").mkdir()
    return {"PATH": str(tmp_path / "bin"), "ONEVOICE_CACHE": str(tmp_path / "cache"), "HOME": str(tmp_path)}


def test_without_vale_words_are_checked_and_one_line_says_so(company, nothing):
    (company / "draft.md").write_text("We utilize it.\n")
    run = Run(company, "draft.md", **nothing)
    assert run.code == 1
    assert run.out.startswith("draft.md:1:4  error")
    assert run.err.splitlines() == [
        "Style was not checked: Vale is not installed. `onevoice doctor --get-vale` installs it.",
        f"1 file, the handbook in {company}, words only: 1 error.",
    ]


def test_without_vale_where_it_is_required(company, nothing):
    (company / "draft.md").write_text("We use it.\n")
    run = Run(company, "--require-vale", "draft.md", **nothing)
    assert (run.code, run.out) == (3, "")
    assert run.err.startswith("onevoice: Style was not checked: Vale is not installed.")


def test_without_vale_where_it_is_not_wanted(company, nothing):
    (company / "draft.md").write_text("We use it.\n")
    run = Run(company, "--no-vale", "draft.md", **nothing)
    assert run.code == 0
    assert "Vale" not in run.err


def test_options_that_exclude_each_other(lint):
    run = lint("--require-vale", "-")
    assert run.code == 2
    assert "cannot be combined" in run.err


@pytest.mark.parametrize("arguments", [["--fail-on", "fatal", "-"], ["--format", "xml", "-"], ["--no-such"]])
def test_unknown_choice(lint, arguments):
    run = lint(*arguments)
    assert run.code == 2
    assert "Usage:" in run.err


def test_a_configuration_of_vale_that_is_not_text(company, vale):
    (company / ".vale.ini").write_bytes(b"StylesPath = caf\xe9\n")
    (company / "draft.md").write_text("We use it.\n")
    run = Run(company, "draft.md", ONEVOICE_VALE=str(vale.path))
    assert run.code == 1
    assert "Style was not checked: " in run.out and ".vale.ini:1: this is not UTF-8 text" in " ".join(run.out.split())


def test_a_patch_counts_lines_as_patch_does(tmp_path):
    (tmp_path / "a.md").write_text("one\x0ctwo whitepaper three\nnext\n")
    patch = subprocess.run(
        [sys.executable, "-m", "onevoice", "lint", "--sample", "--diff", "--no-vale", "a.md"],
        cwd=tmp_path, capture_output=True, check=False,
    ).stdout  # fmt: skip
    done = subprocess.run(["git", "apply"], cwd=tmp_path, input=patch, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / "a.md").read_text() == "one\x0ctwo white paper three\nnext\n"


def test_what_a_folder_holds_that_nobody_reads_is_counted(company, lint):
    for name in ("docs/a.key", "docs/in/B.KEY", "docs/mail.one", "docs/old.doc"):
        (company / name).parent.mkdir(parents=True, exist_ok=True)
        (company / name).write_bytes(b"x")
    nothing = lint("docs")
    assert nothing.code == 2
    assert " file (2 .key, 1 .doc, 1 .one not read). Check the path." in nothing.err
    (company / "docs" / "a.md").write_text("Fine.\n")
    assert lint("docs").err.endswith(": no problems found. 2 .key, 1 .doc, 1 .one not read.\n")
    assert lint("docs/a.md").err.endswith(": no problems found.\n")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_patch_applies_in_every_encoding(company, encoding, end):
    lines = ["We utilize Ċafés.", "Nobody does.", *map(str, range(9)), "They utilize it."]
    for number, count in enumerate((1, len(lines))):
        text = end.join(lines[:count]) + end * (number == 0)
        (company / f"{number} draft.md").write_bytes(text.encode(encoding))
    command = [sys.executable, "-m", "onevoice", "lint", "--diff", "--no-vale", "0 draft.md", "1 draft.md"]
    patch = subprocess.run(command, cwd=company, capture_output=True, check=False).stdout
    done = subprocess.run(["git", "apply"], cwd=company, input=patch, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    for number, count in enumerate((1, len(lines))):
        text = end.join(lines[:count]).replace("utilize", "use") + end * (number == 0)
        assert (company / f"{number} draft.md").read_bytes() == text.encode(encoding)


@pytest.mark.parametrize("text", ["We utilize it.\r\n", "Fine.\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_standard_output_has_the_encoding_of_standard_input(company, encoding, text):
    command = [sys.executable, "-m", "onevoice", "lint", "--fix", "--no-vale", "-"]
    done = subprocess.run(command, cwd=company, input=text.encode(encoding), capture_output=True, check=False)
    assert done.stdout == text.replace("utilize", "use").encode(encoding)


def test_fix_takes_standard_input_or_files(tmp_path):
    (tmp_path / "a.md").write_text("Our smarketing.\n")
    done = subprocess.run(
        [sys.executable, "-m", "onevoice", "lint", "--fix", "--no-vale", "-", "a.md"],
        cwd=tmp_path, input=b"", capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert b"--fix takes either `-` or files" in done.stderr
    assert (tmp_path / "a.md").read_text() == "Our smarketing.\n"


def test_the_sample_can_be_asked_for_inside_a_handbook(company):
    (company / "draft.md").write_text("We utilize the buyer's journey.\n")
    sample = Run(company, "--no-vale", "--sample", "draft.md")
    assert "the handbook of Ferrywell" in sample.err and "Brand.customer-journey" in sample.out
    assert "Brand.use" not in sample.out
    named = Run(company, "--no-vale", "--sample", "--handbook", ".", "draft.md")
    variable = Run(company, "--no-vale", "--sample", "draft.md", ONEVOICE_HANDBOOK=str(company))
    for run in (named, variable):
        assert "Brand.use" in run.out and "Brand.customer-journey" not in run.out
    assert "Name one." in Run(company, "--no-vale", "--sample").err


@pytest.mark.parametrize("name", ["-draft.md", "--draft.md", "-h.md", "--fix.md", "-", "--format=x.md", "PLAN.MD"])
@pytest.mark.parametrize("before", [(), ("--",)])
def test_files_with_names_like_options(company, lint, name, before):
    """As a hook passes them: after the options, as they are."""
    (company / name).write_text("We utilize it.\n")
    run = lint("--format", "json", *before, name, stdin=b"We utilize it.\n")
    if name == "--format=x.md" and not before:
        assert run.code == 2 and "'x.md' is not one of" in run.err
        return
    assert run.code == 1
    assert [one["path"] for one in json.loads(run.out)] == [name]


def test_an_option_that_is_no_file_is_still_unknown(company, lint):
    (company / "--fix").write_text("We utilize it.\n")
    (company / "a.md").write_text("We utilize it.\n")
    assert "No such option" in lint("-draft.md").err
    assert lint("--fix", "a.md").code == 0
    assert (company / "--fix").read_text() == "We utilize it.\n"


@pytest.mark.parametrize("encoding", ["windows-1252", "utf-16-le", "shift_jis"])
def test_old_files_are_read_if_their_encoding_is_named(company, lint, encoding):
    text = "# \u30ab\n\nWe utilize it.\n" if encoding == "shift_jis" else "# Café\n\nWe utilize “it”.\n"
    (company / "old.md").write_bytes(text.encode(encoding))
    (company / "new.md").write_text("Café \u30ab. We utilize it.\n", "utf-8")
    run = lint("--format", "json", "--encoding", encoding, "old.md", "new.md")
    places = [(one["path"], one["line"], one["column"]) for one in json.loads(run.out)]
    assert places == [("new.md", 1, 12), ("old.md", 3, 4)]
    assert "old.md" in lint("old.md").out and "Brand.use" not in lint("old.md").out
    piped = lint("--format", "json", "--encoding", encoding, "-", stdin=text.encode(encoding))
    assert [one["line"] for one in json.loads(piped.out)] == [3]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--encoding", "no-such"], "there is no encoding `no-such`"),
        (["--encoding", "base64"], "there is no encoding `base64`"),
        (["--encoding", "cp1252", "--fix"], "--encoding cannot be combined with --fix or --diff"),
    ],
)
def test_encodings_that_cannot_be_taken(company, lint, arguments, said):
    (company / "a.md").write_text("Fine.\n")
    run = lint(*arguments, "a.md")
    assert run.code == 2 and said in run.err


def test_a_file_in_another_encoding_than_named(company, lint):
    (company / "a.md").write_bytes(b"caf\x81\n")
    assert "this is neither UTF-8 nor cp1252 text. Save the file as UTF-8." in lint("--encoding", "cp1252", "a.md").out


@pytest.fixture
def acme(company):
    """A handbook with one term more, which is a name."""
    (company / "terminology" / "names.yaml").write_text(
        "terms:\n  - {id: acme, preferred: Acme, case: exact, definition: Our name.}\n"
    )
    return company


@pytest.mark.parametrize(
    ("asked", "found", "said"),
    [
        (("--only", "use"), ["Brand.use"], "words only, only Brand.use:"),
        (("--only", "utilize"), ["Brand.use"], "words only, only Brand.use:"),
        (("--only", "Brand.use"), ["Brand.use"], "words only, only Brand.use:"),
        (("--skip", "use"), ["Brand.acme"], "words only, without Brand.use:"),
        (("--only", "use", "--only", "acme"), ["Brand.acme", "Brand.use"], "only Brand.acme and Brand.use:"),
        (("--only", "Brand", "--skip", "use"), ["Brand.acme"], "only Brand, without Brand.use:"),
        (("--skip", "Brand"), [], "without Brand: no problems found."),
    ],
)
def test_only_and_skip(acme, lint, asked, found, said):
    (acme / "draft.md").write_text("We utilize acme.\n")
    run = lint("--format", "json", *asked, "draft.md")
    assert sorted(finding["rule"] for finding in json.loads(run.out)) == found
    assert said in run.err


@pytest.mark.parametrize("option", ["--only", "--skip"])
def test_only_and_skip_name_something_known(acme, lint, option):
    (acme / "draft.md").write_text("We utilize it.\n")
    run = lint(option, "uze", "draft.md")
    assert (run.code, run.out) == (2, "")
    assert run.err == f"onevoice: {option}: there is no term or rule named `uze`. Did you mean `use`?\n"


def test_what_is_skipped_is_not_fixed(acme, lint):
    (acme / "draft.md").write_text("We utilize acme.\n")
    assert lint("--fix", "--skip", "use", "draft.md").code == 0
    assert (acme / "draft.md").read_text() == "We utilize Acme.\n"
    assert lint("--diff", "--only", "acme", "draft.md").code == 0
    assert lint("--fix", "--only", "use", "draft.md").code == 0
    assert (acme / "draft.md").read_text() == "We use Acme.\n"


def test_a_suppression_of_a_skipped_word_is_needed(acme, lint):
    off, on = "<!-- vale Brand.use = NO --><!-- because: x -->", "<!-- vale Brand.use = YES -->"
    (acme / "draft.md").write_text(f"{off}\n\nWe utilize it.\n\n{on}\n")
    assert lint("--skip", "use", "draft.md").code == lint("--only", "acme", "draft.md").code == 0


def test_a_file_that_is_not_read_counts_for_every_rule(acme, lint):
    (acme / "draft.md").write_bytes(b"caf\xe9\n")
    assert lint("--only", "use", "draft.md").code == 1


def test_what_vale_was_told_is_counted(company, lint):
    (company / "draft.md").write_text("We use it.\n\n<!-- vale off -->\n\nWe utilize it.\n")
    run = lint("draft.md")
    assert (run.code, run.out) == (0, "")
    assert run.err.endswith("no problems found. 1 more switched off by comments without a reason.\n")


def test_no_fix_makes_a_text_unreadable(company, lint):
    """The word goes with the line feed before it; what is left would end its lines as old Macs do."""
    (company / "draft.md").write_bytes(b"We see\nbasically\r")
    run = lint("--fix", "draft.md")
    assert (company / "draft.md").read_bytes() == b"We see\nbasically\r"
    assert run.code == 1 and "Brand.use" in run.out
