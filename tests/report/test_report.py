"""Findings as text and as JSON: whole outputs, letter by letter."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevoice.display import dump_json_list
from onevoice.finding import Finding, Span, is_at_least, sort_findings
from onevoice.report import ReportContext, list_report_names, load_report, text
from onevoice.report import json as as_json

FULL = Finding(
    rule="Brand.customer-journey",
    level="error",
    path="drafts/blog post.md",
    span=Span(3, 5, 4, 8),
    match="buyer’s journey",
    message='Say "customer journey", not "buyer’s journey".',
    replacements=("customer journey", "journey"),
    link="https://brand.example.com/glossary/customer-journey/",
    reason="The path belongs to the customer.",
)
BARE = Finding("yaml", "warning", "a.yaml", Span(1, 1, 1, 1), "", "the file is empty.")
GONE = Finding("Brand.filler", "suggestion", "a.md", Span(2, 1, 2, 5), "just", 'Leave out "just".', ("",))


def test_text():
    assert text.render([FULL, BARE, GONE]) == (
        'drafts/blog post.md:3:5  error  Say "customer journey", not "buyer’s journey".  [Brand.customer-journey]\n'
        "    The path belongs to the customer.\n"
        "    https://brand.example.com/glossary/customer-journey/\n"
        "a.yaml:1:1  warning  the file is empty.  [yaml]\n"
        'a.md:2:1  suggestion  Leave out "just".  [Brand.filler]\n'
    )


def test_text_of_nothing():
    assert text.render([]) == ""


def test_text_in_colors():
    painted = text.render([FULL, BARE, GONE], ReportContext(color=True))
    assert "  \x1b[31merror\x1b[0m  " in painted
    assert "  \x1b[33mwarning\x1b[0m  " in painted
    assert "  \x1b[36msuggestion\x1b[0m  " in painted


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ([], "no problems found"),
        ([FULL], "1 error"),
        ([GONE, BARE, FULL, FULL], "2 errors, 1 warning, 1 suggestion"),
        ([BARE, BARE], "2 warnings"),
    ],
)
def test_summary(findings, expected):
    assert text.summarize_findings(findings) == expected


@given(
    st.lists(st.text(st.sampled_from('aé"\\\n\t#[:\x1b\x7f\u202e\u2028\udc80\ud800\U0001f600'), max_size=6), max_size=4)
)
def test_json_of_odd_texts(texts):
    findings = [Finding(one, one, one, Span(1, 2, 3, 4), one, f"##x[ {one}", (one, "b"), one, one) for one in texts]
    assert as_json.render(findings) == dump_json_list(map(as_json.serialize_finding, findings)) + "\n"


def test_json():
    """The names of the keys and their order are a contract."""
    assert json.loads(as_json.render([FULL, GONE])) == [
        {
            "rule": "Brand.customer-journey",
            "level": "error",
            "path": "drafts/blog post.md",
            "line": 3,
            "column": 5,
            "end_line": 4,
            "end_column": 8,
            "match": "buyer’s journey",
            "message": 'Say "customer journey", not "buyer’s journey".',
            "replacements": ["customer journey", "journey"],
            "link": "https://brand.example.com/glossary/customer-journey/",
            "reason": "The path belongs to the customer.",
        },
        {
            "rule": "Brand.filler", "level": "suggestion", "path": "a.md",
            "line": 2, "column": 1, "end_line": 2, "end_column": 5,
            "match": "just", "message": 'Leave out "just".', "replacements": [""], "link": "", "reason": "",
        },
    ]  # fmt: skip
    assert "’" in as_json.render([FULL])


def test_json_of_nothing():
    assert as_json.render([]) == "[]\n"


def test_reading_order():
    def at(path, line, column, rule="r"):
        return Finding(rule, "error", path, Span(line, column, line, column), "", "m")

    ordered = [at("a", 2, 9), at("a", 10, 1), at("a", 10, 1, "s"), at("a", 10, 2), at("b", 1, 1)]
    assert sort_findings(reversed(ordered)) == ordered


@pytest.mark.parametrize(
    ("level", "threshold", "expected"),
    [("error", "warning", True), ("warning", "warning", True), ("suggestion", "warning", False)],
)
def test_at_least(level, threshold, expected):
    assert is_at_least(level, threshold) is expected


# --- found by name ----------------------------------------------------------------------------------------------------

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("subject", ["", "impact"])
def test_reports_are_found_by_name(subject):
    names = list_report_names(subject)
    assert {"text", "json"} <= {*names} and names == sorted(names)
    assert [name for name in names if not callable(load_report(name, subject).render)] == []


def run_lint(folder, *arguments, before=""):
    """Run `onevoice lint` after some code; its output, and then the reports that have been loaded."""
    program = (
        f"import sys; {before}\n"
        "from onevoice.commands import main\n"
        f"sys.argv = {['onevoice', 'lint', '--no-vale', *arguments]!r}\n"
        "try: main()\n"
        "finally: print(*(name[16:] for name in sys.modules if name.startswith('onevoice.report.')))\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, env=env, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    *out, loaded = done.stdout.splitlines()
    return out, loaded.split()


@pytest.fixture
def company(tmp_path):
    (tmp_path / "terminology").mkdir()
    (tmp_path / "terminology" / "terms.yaml").write_text(
        "terms:\n  - {id: use, preferred: use, definition: d, part_of_speech: verb, avoid: [utilize]}\n"
    )
    (tmp_path / "a.md").write_text("We utilize it.\n")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "reports"), [(["a.md"], []), (["--help"], []), (["a.md", "--format", "json"], ["json"])]
)
def test_only_the_report_that_is_asked_for_is_loaded(company, arguments, reports):
    assert sorted(run_lint(company, *arguments)[1]) == sorted([*reports, "text"])


def test_a_report_is_one_new_file(company, tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "places.py").write_text(
        "def render(findings, context):\n"
        "    return ''.join(f'{one.path} {one.span.line}\\n' for one in findings) + context.title + '\\n'\n"
    )
    before = f"import onevoice.report; onevoice.report.__path__.append({str(folder)!r})"
    out, _ = run_lint(company, "a.md", "--format", "places", before=before)
    assert out == ["a.md 1", f"1 file, the handbook in {company}, words only: 1 error."]
    assert "places" in " ".join(run_lint(company, "--help", before=before)[0])
