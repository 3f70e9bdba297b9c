"""The matching contract (cases/contract.yaml), and cases in the same format: our own, and of dialects."""

import datetime
import pathlib
import re

import pytest
from ruamel.yaml import YAML

from onevoice.lint import fix, suppress, terms
from onevoice.matcher.compile import compile_terms, dump_compiled_terms, load_compiled_terms
from onevoice.matcher.matcher import Matcher
from onevoice.prose.read import resolve_reader
from onevoice.records.term import Term

CASES = pathlib.Path(__file__).parents[1] / "cases"
TODAY = datetime.date(2026, 11, 22)


def cases(name: str) -> list:
    # `check` cases are refused handbooks: no document is read, and the handbook's own tests run them.
    read = YAML(typ="safe").load((CASES / name).read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["id"]) for case in read if "text" in case]


FILES = ("contract.yaml", "terms.yaml", "dialects.yaml", "siblings.yaml", "names.yaml", "contexts.yaml", "trust.yaml")
EVERY_CASE = [case for name in FILES for case in cases(name)]


class Document:
    """A case's document, as a lint run sees it."""

    def __init__(self, case: dict) -> None:
        records = [Term.model_validate(term) for term in case["terms"]]
        self.known = {f"Brand.{record.id}" for record in records}
        self.matcher = Matcher(load_compiled_terms(dump_compiled_terms(compile_terms(records))))
        self.today = datetime.date.fromisoformat(str(case.get("today", TODAY)))
        self.path = case.get("name", "page.md")

    def read(self, source: str):
        return resolve_reader(self.path)(self.path, source)

    def findings(self, source: str) -> list:
        prose = self.read(source)
        return suppress.apply_suppressions(prose, terms.check_terms(prose, self.matcher, self.today), self.known)

    def issues(self, prose) -> list:
        found = terms.find_issues(prose, self.matcher, self.today)
        kept = set(suppress.apply_suppressions(prose, [issue.finding for issue in found], self.known))
        return [issue for issue in found if issue.finding in kept]

    def fix(self, source: str) -> str:
        return fix.fix_prose(self.read(source), self.issues)


def line(finding) -> str:
    match finding.replacements:
        case () if finding.rule == suppress.RULE:
            return f"{finding.span.line}:{finding.span.column} {finding.match} !"
        case ():
            fix = "?"
        case ("",):
            fix = "(remove)"
        case several:
            fix = " | ".join(several)
    mark = "" if finding.level == "error" else f" [{finding.level}]"
    return f"{finding.span.line}:{finding.span.column} {finding.match} -> {fix}{mark}"


@pytest.mark.parametrize("case", EVERY_CASE)
def test_case(case):
    document = Document(case)
    assert [line(finding) for finding in document.findings(case["text"])] == case["expect"]
    if "fixed" in case:
        once = document.fix(case["text"])
        assert once == case["fixed"].removeprefix("\ufeff")
        assert document.fix(once) == once


@pytest.mark.parametrize("case", EVERY_CASE)
def test_position_quotes_the_source(case):
    document = Document(case)
    lines = re.split(r"(?<=\n)", case["text"].removeprefix("\ufeff"))
    for finding in document.findings(case["text"]):
        span = finding.span
        if span.line == span.end_line:
            quoted = lines[span.line - 1][span.column - 1 : span.end_column - 1]
        else:
            first, last = lines[span.line - 1][span.column - 1 :], lines[span.end_line - 1][: span.end_column - 1]
            quoted = first + "".join(lines[span.line : span.end_line - 1]) + last
        if finding.rule != suppress.RULE:
            assert terms.collapse_whitespace(quoted) == finding.match


def test_contract_is_the_contract():
    shared = pathlib.Path(__file__).parents[3] / "shared/cases/terms.yaml"
    if not shared.exists():
        pytest.skip("the contract's original is not on this machine")
    assert (CASES / "contract.yaml").read_bytes() == shared.read_bytes()
