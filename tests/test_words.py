"""We use our own tool on ourselves: none of our texts has a word that our own handbook, `tests/words`, avoids.

The texts are the documents, the help and messages of the command line, docstrings, what the site says around a
handbook's own records, and settings that people read. Code in backticks and words in quotation marks are left alone.
"""

from __future__ import annotations

import ast
import datetime
import inspect
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

from handbooks import ROOT, TODAY
from onevoice.commands import cli
from onevoice.run.documents import InputFile
from onevoice.run.job import LintJob
from onevoice.run.lexicon import read_lexicon
from onevoice.run.lint import lint_job

PACKAGE = ROOT / "scripts" / "onevoice"
WORDS = ROOT / "tests" / "words"
FRAME = PACKAGE / "site" / "mkdocs.yml"
DOCUMENTS = ("*.md", "bench/*.md", "supply/*.md", "build/README.md", "schemas/*.md", "scripts/**/*.md")
# What stands for a value that is put in when the text is shown.
GAP = "…"
JINJA = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.S)
# Strings that only programs read: regular expressions, style sheets, code, YAML, and lists of words.
CODE = re.compile(r"\\[bdswBDSW]|\(\?|\[\^|^\w+ = |^import |^@|[;{]\s*$|^\s*(?:- )?\w+: .*\n|^\s*(?:\w+\s+){30}")
# What a docstring calls by its name in the code: `url: where the site is published`.
LABEL = re.compile(r"(?:(?<=^)|(?<=[.;] ))\w+(?:, \w+)*(?=: )", re.M)
SENTENCE = re.compile(r"[^\W\d_]{2,}\W*\s\W*[^\W\d_]{2,}")


@dataclass
class Text:
    """What people read of one file, or of one command's help.

    ending: how it is read. lines: (line of the file, text).
    """

    path: str
    ending: str = ".txt"
    lines: list[tuple[int, str]] = field(default_factory=list)

    def add_paragraph(self, line: int, text: str) -> None:
        """Add text that begins on this line of the file, apart from what was added before."""
        self.lines += [(line + offset, words) for offset, words in enumerate(text.splitlines())]
        self.lines.append((line, ""))

    def add_message(self, line: int, text: str) -> None:
        """Add a text that is shown as it is; code, tags, options, variables and what is not for people are left out."""
        plain = re.sub(r"`[^`]*`|<[^<>]*>|\$?\$\(.*?\)+|--\w[\w-]*", GAP, text)
        if SENTENCE.search(plain) and not CODE.search(text):
            self.add_paragraph(line, " ".join(plain.split()))


def read_documents() -> Iterator[Text]:
    templates = PACKAGE / "site" / "templates"
    for path in sorted({path for pattern in DOCUMENTS for path in ROOT.glob(pattern)}):
        if templates not in path.parents:
            text = Text(name(path), ".md")
            text.add_paragraph(1, path.read_text("utf-8"))
            yield text


def read_help() -> Iterator[Text]:
    context = click.Context(cli)
    for verb in (None, *cli.list_commands(context)):
        command = cli.get_command(context, verb) if verb else cli
        text = Text(f"onevoice {verb} --help" if verb else "onevoice --help")
        for words in (command.help, *(getattr(parameter, "help", "") for parameter in command.params)):
            for paragraph in re.split(r"\n\s*\n", words or ""):
                text.add_message(1, paragraph)
        yield text


class _Messages(ast.NodeVisitor):
    """Collects the strings of a module that people may read."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if not ast.unparse(node.func).startswith("re."):
            self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        for side in (node.left, *node.comparators):
            if not isinstance(side, ast.Constant):
                self.visit(side)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.text.add_message(node.lineno, node.value)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self.text.add_message(
            node.lineno, "".join(part.value if isinstance(part, ast.Constant) else GAP for part in node.values)
        )
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self.visit(part.value)


def read_messages(folder: Path = PACKAGE) -> Iterator[Text]:
    for path in list_modules(folder):
        text = Text(name(path))
        _Messages(text).visit(ast.parse(path.read_text("utf-8")))
        yield text


def read_docstrings() -> Iterator[Text]:
    for path in list_modules(PACKAGE):
        text = Text(name(path), ".md")
        for node in list_public_nodes(ast.parse(path.read_text("utf-8"))):
            if docstring := ast.get_docstring(node, clean=False):
                text.add_paragraph(node.body[0].lineno, LABEL.sub(GAP, inspect.cleandoc(docstring)))
        yield text


def list_public_nodes(node: ast.AST) -> Iterator[ast.Module | ast.ClassDef | ast.FunctionDef]:
    yield node
    for child in node.body:
        if isinstance(child, ast.ClassDef | ast.FunctionDef) and not child.name.startswith("_"):
            yield from list_public_nodes(child)


def read_chrome() -> Iterator[Text]:
    for path in sorted((PACKAGE / "site").rglob("*.*")):
        if path.suffix in (".md", ".html"):
            source, text = path.read_text("utf-8"), Text(name(path), path.suffix)
            text.add_paragraph(1, JINJA.sub(lambda tag: GAP + "\n" * tag[0].count("\n"), source))
            yield text
            text = Text(name(path))
            for tag in JINJA.finditer(source):
                for string in re.findall(r'"([^"]*)"', tag[0] if tag[0][1] != "#" else ""):
                    text.add_message(source.count("\n", 0, tag.start()) + 1, string)
            yield text
    for path in sorted(PACKAGE.rglob("*.js")):
        source, text = re.sub(r"^\s*//.*", "", path.read_text("utf-8"), flags=re.M), Text(name(path))
        for string in re.finditer(r'"((?:[^"\\\n]|\\.)*)"|`([^`]*)`', source):
            words = re.sub(r"\$\{[^{}]*\}", GAP, string[1] or string[2] or "")
            text.add_message(source.count("\n", 0, string.start()) + 1, words)
        yield text


def read_settings() -> Iterator[Text]:
    for path in sorted([*(ROOT / ".github").rglob("*.yml"), ROOT / ".pre-commit-hooks.yaml", FRAME]):
        text = Text(name(path))
        for scalar in list_scalars(YAML(typ="safe").load(path.read_text("utf-8"))):
            text.add_message(1, scalar)
        yield text
    for path, pattern in (("Makefile", r'echo "(.*?)"'), ("pyproject.toml", r'^description = "(.*)"')):
        text = Text(path)
        for number, line in enumerate((ROOT / path).read_text("utf-8").splitlines(), 1):
            for words in re.findall(pattern, line):
                text.add_message(number, words)
        yield text


# What is quoted or looked for in a record, not said by us; titles of others' articles are under `sources`.
NOT_OURS = {"avoid", "bad", "except", "say_not", "forms", "tokens", "token", "title", "publisher", "allowed", "reasons"}
NOT_OURS |= {"id", "url", "to", "was", "never_near", "only_near", "alt", "vale", "github", "contact", "where"}


def read_handbook() -> Iterator[Text]:
    """What Ferrywell's records and pages say, and why; the words that they avoid are their own business."""
    for path in sorted([*(ROOT / "content").rglob("*.yaml"), *(ROOT / "terminology").glob("*.yaml")]):
        text = Text(name(path))
        for line, words in list_own_texts(YAML().load(path.read_text("utf-8")), 1):
            text.add_message(line, words)
        yield text
    for path in sorted((ROOT / "content").rglob("*.md")):
        text = Text(name(path), ".md")
        text.add_paragraph(1, path.read_text("utf-8"))
        yield text


def list_own_texts(data: object, line: int) -> Iterator[tuple[int, str]]:
    """(line, text) of a record's texts. line: where they are if nothing says it better."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "avoid":
                yield from ((line, avoid["why"]) for avoid in value if avoid.get("why"))
            elif key == "sources":
                yield from ((line, source["note"]) for source in value if source.get("note"))
            elif key not in NOT_OURS or key == "reasons":
                yield from list_own_texts(value, data.lc.value(key)[0] + 1 if hasattr(data, "lc") else line)
    elif isinstance(data, list):
        for item in data:
            yield from list_own_texts(item, line)
    elif isinstance(data, str):
        yield line, str(data)


def list_scalars(data: object) -> Iterator[str]:
    if isinstance(data, dict | list):
        for item in [*data, *data.values()] if isinstance(data, dict) else data:
            yield from list_scalars(item)
    elif isinstance(data, str):
        yield data


def list_modules(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if "sample" not in path.relative_to(folder).parts)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


GROUPS = {
    "documents": read_documents,
    "help": read_help,
    "messages": read_messages,
    "docstrings": read_docstrings,
    "chrome": read_chrome,
    "settings": read_settings,
    "handbook": read_handbook,
}


def lint_texts(texts: list[Text], cache: Path) -> list[list[str]]:
    """A line on each finding, by text. cache: a folder for the compiled words."""
    files = [
        InputFile(f"{number}{text.ending}", "".join(f"{words}\n" for _, words in text.lines).encode())
        for number, text in enumerate(texts)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ONEVOICE_CACHE", str(cache))
        day = datetime.date.fromisoformat(TODAY)
        found = lint_job(LintJob(files), read_lexicon(WORDS), day, None, None, remember=False).findings
    lists: list[list[str]] = [[] for _ in texts]
    for finding in found:
        number = int(finding.path.partition(".")[0])
        line, words = texts[number].lines[finding.span.line - 1]
        lists[number].append(f"{texts[number].path}:{line}  {finding.message}  {words.strip()[:100]}")
    return lists


@pytest.fixture(scope="module")
def findings(tmp_path_factory) -> dict[str, list[str]]:
    """What our own lint says about our own texts, by group: one run for all."""
    texts = [(group, text) for group, read in GROUPS.items() for text in read()]
    found: dict[str, list[str]] = {group: [] for group in GROUPS}
    lists = lint_texts([text for _, text in texts], tmp_path_factory.mktemp("cache"))
    for (group, _), lines in zip(texts, lists, strict=True):
        found[group] += lines
    return found


@pytest.mark.parametrize("group", GROUPS)
def test_our_texts_have_no_word_that_we_avoid(group, findings):
    by_file = itertools.groupby(findings[group], key=lambda line: line.partition(":")[0])
    report = [f"{path}: {len(lines)}\n" + "\n".join(lines) for path, lines in ((p, list(ls)) for p, ls in by_file)]
    assert not report, f"{len(findings[group])} words to fix in the {group}:\n\n" + "\n\n".join(report)


@pytest.mark.parametrize("group", GROUPS)
def test_each_kind_of_text_is_read(group):
    assert sum(bool(words) for text in GROUPS[group]() for _, words in text.lines) > 10


def test_a_stiff_word_in_a_message_is_found(tmp_path):
    (tmp_path / "scratch.py").write_text(
        'def check(path):\n    """Mend it."""\n    raise ValueError(f"{path} is wrong. " "Mend it first.")\n'
    )
    (found,) = lint_texts(list(read_messages(tmp_path)), tmp_path / "cache")
    assert found == ['scratch.py:3  Say "Fix", not "Mend".  … is wrong. Mend it first.']


def test_our_own_handbook_has_no_errors():
    result = CliRunner().invoke(cli, ["check", "--handbook", str(WORDS)], env={"ONEVOICE_TODAY": TODAY})
    assert "error" not in result.output, result.output


def test_each_word_that_we_avoid_has_its_reason():
    for path in sorted((WORDS / "terminology").iterdir()):
        for term in YAML(typ="safe").load(path.read_text("utf-8"))["terms"]:
            assert all(avoid.get("why") for avoid in term.get("avoid", ())), term["id"]


# What reps say, ask and are told in the middle of a call: there, people contract.
SPOKEN = {"say", "they_say", "ask_back", "listen_for", "why", "use_when", "not_when", "question", "asks", "worries"}
SPOKEN |= {"they_do_well", "we_do_better", "topic", "does", "relies_on", "example", "good", "not_for", "caution"}
STIFF = re.compile(
    r"\b(?:cannot|(?:do|does|did|is|are|was|were|has|have|had|would|could|should|will) not"
    r"|(?:it|that|there|what|who|here) is(?= (?!the|a )[a-z])"
    r"|(?:they|we|you) (?:are|will)(?= [a-z])|(?:it|that) will(?= ))\b",
    re.I,
)


def list_spoken_texts(data: object, key: str = "") -> Iterator[str]:
    if isinstance(data, dict):
        for name, value in data.items():
            if name not in ("say_not", "bad", "tokens"):
                yield from list_spoken_texts(value, name)
    elif isinstance(data, list):
        for item in data:
            yield from list_spoken_texts(item, key)
    elif isinstance(data, str) and key in SPOKEN:
        yield data


def test_spoken_texts_have_contractions():
    stiff = [
        f"{name(path)}: {match[0]}: {text[max(match.start() - 40, 0) : match.end() + 40]}"
        for folder in ("content", "terminology")
        for path in sorted((ROOT / folder).rglob("*.yaml"))
        for text in list_spoken_texts(YAML(typ="safe").load(path.read_text("utf-8")))
        for match in STIFF.finditer(text)
    ]
    assert stiff == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is not ours.", True), ("We cannot help.", True), ("They are here.", True), ("You will see.", True),
        ("It's what it is.", False), ("The way it is.", False), ("That's the way they are.", False),
        ("They'll say they're not.", False),
    ],
)  # fmt: skip
def test_a_stiff_form_is_told_from_the_end_of_a_sentence(text, found):
    assert bool(STIFF.search(text)) == found
