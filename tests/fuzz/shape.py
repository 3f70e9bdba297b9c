"""What holds for whatever a document is made of: the readers, the masks, the lint, the suppressions and the fixes."""

from __future__ import annotations

import datetime
import functools
import os
import tempfile
from pathlib import Path

from onevoice.errors import OnevoiceError
from onevoice.finding import LEVELS, Finding
from onevoice.lint import rules, suppress, terms
from onevoice.lint.terms import collapse_whitespace
from onevoice.prose.block import Prose
from onevoice.prose.read import read_prose
from onevoice.run import documents, fix
from onevoice.run.documents import CheckResult, InputFile
from onevoice.run.lexicon import Lexicon, read_lexicon

ROOT = Path(__file__).resolve().parents[2]
TODAY = datetime.date(2026, 11, 22)


@functools.cache
def load_lexicon() -> Lexicon:
    """The words and rules of the repository's own handbook."""
    return read_lexicon(ROOT)


@functools.cache
def make_scratch() -> Path:
    """A folder of this process, which is gone with it."""
    made = tempfile.TemporaryDirectory(prefix="onevoice-fuzz-")
    _KEPT.append(made)
    return Path(made.name)


_KEPT: list[tempfile.TemporaryDirectory[str]] = []


def check_text(path: str, data: bytes) -> None:
    """Read, lint and fix a text. Raises AssertionError for what must not be."""
    try:
        prose = read_prose(path, data)
    except OnevoiceError as error:
        check_error(path, error)
        return
    assert read_prose(path, data) == prose, "read twice, it differs"
    check_blocks(prose)
    check_findings(path, data, prose)
    check_suppressions(prose)
    fixed = fix_text(path, data)
    assert fix_text(path, fixed.encode()) == fixed, f"fixed twice, it differs: {fixed!r}"
    after = read_prose(path, fixed.encode())
    assert [one.kind for one in prose.blocks] == [one.kind for one in after.blocks], f"other blocks: {fixed!r}"


def check_error(path: str, error: OnevoiceError) -> None:
    """A refusal is one line that names the file."""
    told = str(error)
    assert told.startswith(f"{path}:") and len(told.splitlines()) == 1, told


def check_blocks(prose: Prose) -> None:
    """Every block knows where it is, and what it quotes is there."""
    before = 0
    for block in prose.blocks:
        assert block.start >= before, "blocks are out of order"
        before = block.start
        place = at = 0
        for piece, following in zip(block.pieces, [*block.pieces[1:], None], strict=True):
            length = (following.at if following else len(block.text)) - piece.at
            assert piece.at == at and (length or not piece.plain), "a piece is out of order"
            assert place <= piece.start <= piece.end <= len(prose.source), "a piece is not in the source"
            if piece.verbatim:
                quoted = prose.source[piece.start : piece.end]
                assert quoted == block.text[at : at + length], f"{quoted!r} is not what the block says"
            at, place = at + length, piece.end
        for start, end in block.links + block.quotes:
            assert 0 <= start < end <= len(block.text), "a link or quotation is not in the block"
    for comment in prose.comments:
        assert prose.source.startswith(("<!--", "{"), comment.start), "a comment begins elsewhere"
        assert comment.start < comment.end <= len(prose.source), "a comment is not in the source"


def check_findings(path: str, data: bytes, prose: Prose) -> None:
    """Every finding is inside the text, and quotes what is there."""
    result = lint_file(path, data)
    assert lint_file(path, data) == result, "linted twice, it differs"
    for finding in result.findings:
        quoted = check_place(prose.source, finding)
        if finding.rule.startswith(terms.PREFIX):
            assert finding.match == collapse_whitespace(quoted), f"{finding.match!r} is not what is there: {quoted!r}"


def lint_file(path: str, data: bytes) -> CheckResult:
    """What our rules find, without the fence that makes a finding of whatever is raised."""
    file, lexicon = InputFile(path, data), load_lexicon()
    result = documents._decode_result(documents._check_document(file, lexicon, TODAY))
    sifted = documents._decode_result(documents._check_document(file, lexicon, TODAY, sifts=True))
    assert sifted.findings == result.findings, "sifted first, it has other findings"
    return result


def check_place(source: str, finding: Finding) -> str:
    """Whether a finding is inside a text; what is there."""
    lines, span = source.split("\n"), finding.span
    places = ((span.line, span.column), (span.end_line, span.end_column))
    assert places[0] <= places[1], f"{finding} ends before it begins"
    assert finding.level in LEVELS and finding.message, finding
    for line, column in places:
        assert 1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1, f"{finding} is not in the text"
    start, end = (sum(len(one) + 1 for one in lines[: line - 1]) + column - 1 for line, column in places)
    return source[start:end]


def check_suppressions(prose: Prose) -> None:
    """Comments take findings away, and add only their own, inside the text."""
    lexicon = load_lexicon()
    draft = rules.Draft(prose, lexicon.matcher, TODAY, lexicon.build_url)
    found = [issue.finding for issue in rules.find_rule_issues(draft, lexicon.facts)]
    found += terms.check_terms(prose, lexicon.matcher, TODAY, lexicon.build_term_url)
    for finding in suppress.apply_suppressions(prose, found, lexicon.rule_names):
        if finding not in found:
            assert finding.rule == suppress.RULE, finding
            check_place(prose.source, finding)


def fix_text(path: str, data: bytes) -> str:
    """The text of a document after all safe fixes."""
    fixed = fix._fix_document(InputFile(path, data), load_lexicon(), TODAY)
    return fixed[1:].decode("utf-8", "surrogatepass") if fixed else read_prose(path, data).source


def use_scratch_cache() -> None:
    """Let the program keep its caches in this process's own folder."""
    os.environ["ONEVOICE_CACHE"] = str(make_scratch() / "cache")
