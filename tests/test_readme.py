"""What README and CONTRIBUTING say is so: their commands, options, paths, links, examples and quoted outputs."""

import re
import shlex
import subprocess
import textwrap
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from ruamel.yaml import YAML

import onevoice
from handbooks import ROOT, TODAY, copy
from onevoice.commands import cli
from onevoice.load.messages import list_keys
from onevoice.records import KINDS, Record

README, CONTRIBUTING = ((ROOT / name).read_text("utf-8") for name in ("README.md", "CONTRIBUTING.md"))
DOCUMENTS = pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
VERBS = cli.list_commands(None)
OPTIONS = {option for verb in VERBS for parameter in cli.get_command(None, verb).params for option in parameter.opts}
PACKAGE = ROOT / "scripts" / "onevoice"
# What commands make, and what stands in other repositories.
ELSEWHERE = ("build", ".venv", ".pre-commit-config.yaml", ".onevoice.yaml", ".gitlab-ci.yml")
LATER = "## What it does not do yet"


def fenced(text: str) -> list[str]:
    return re.findall(r"^```\w*\n(.*?)^```$", text, re.M | re.S)


def indented(text: str) -> list[str]:
    return [textwrap.dedent(block) for block in re.findall(r"(?<=\n\n)((?: {4}.*\n|\n(?= {4}))+)", text)]


def spans(text: str) -> list[str]:
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)
    return [" ".join(span.split()) for span in re.findall(r"`([^`]+)`", prose)]


def code(text: str) -> list[str]:
    """Every piece of code: spans, and the lines of blocks without their comments."""
    blocks = "".join(indented(text) + fenced(text)).splitlines()
    return [*spans(text), *(re.sub(r"(^|\s)#.*", "", line) for line in blocks)]


def run(*arguments: str, cwd: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.chdir(cwd)
    return CliRunner().invoke(cli, list(arguments), env={"ONEVOICE_TODAY": TODAY}, standalone_mode=False)


def section(text: str, heading: str) -> str:
    level = heading.split()[0]
    return re.search(rf"^{re.escape(heading)}\n(.*?)(?=^#{{1,{len(level)}}} |\Z)", text, re.M | re.S)[1]


@DOCUMENTS
def test_every_make_target_exists(text):
    targets = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.M)[1].split()
    named = {target for piece in code(text) for target in re.findall(r"\bmake ([a-z]+)", piece)}
    assert {"site", "test"} <= named <= set(targets)


@DOCUMENTS
def test_every_command_line_is_accepted(text):
    lines = [line for piece in code(text) for line in re.findall(r"(?:^|[\s/\\])onevoice (\S.*)", piece)]
    assert lines
    for line in lines:
        verb, *arguments = shlex.split(line)
        command = cli.get_command(None, verb)
        assert command, f"onevoice has no command {verb}"
        # A name alone is a mention.
        if arguments:
            command.make_context(verb, arguments)


@DOCUMENTS
def test_every_option_exists(text):
    head, _, later = text.partition(LATER)
    named = [span.split()[0] for span in spans(head) if span.startswith("--")]
    assert [option for option in named if option not in OPTIONS | {"--help"}] == []
    # What is said to be missing is missing.
    assert [span for span in spans(later.partition("\n## ")[0]) if span in OPTIONS] == []


def test_every_command_is_explained():
    assert [verb for verb in VERBS if f"`onevoice {verb}`" not in README] == []


@DOCUMENTS
def test_every_path_exists(text):
    tops = "|".join(re.escape(path.name) for path in ROOT.iterdir() if path.is_dir())
    named = [span for span in spans(text) if re.fullmatch(r"[\w.-][\w./-]*(?:/|/[\w.-]+|\.(?:py|md|toml|yaml))", span)]
    named += [path for piece in code(text) for path in re.findall(rf"(?<![\w./\\-])(?:{tops})[/\\][\w./\\-]*", piece)]
    assert len(named) > 10
    for path in map(Path, {name.replace("\\", "/") for name in named}):
        assert path.parts[0] in ELSEWHERE or (ROOT / path).exists() or (PACKAGE / path).exists(), (
            f"{path} does not exist"
        )


@DOCUMENTS
def test_every_place_in_a_file_exists(text):
    for path, line in re.findall(r"((?:content|terminology)/[\w/-]+\.yaml):(\d+)", text):
        assert int(line) <= len((ROOT / path).read_text("utf-8").splitlines())


@DOCUMENTS
def test_every_relative_link_resolves(text):
    links = re.findall(r"\]\(([^)]+)\)", text) + re.findall(r'src="([^"]+)"', text)
    links = [link for link in links if not link.startswith("http")]
    assert links
    for link in links:
        path, _, anchor = link.partition("#")
        assert (ROOT / path).is_file() or not path, f"{link} leads nowhere"
        headings = re.findall(r"^#+ (.*)$", (ROOT / path).read_text("utf-8") if path else text, re.M) if anchor else []
        assert not anchor or anchor in {heading.lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", sorted((ROOT / "pictures").iterdir()), ids=lambda path: path.name)
def test_every_picture_is_shown_and_small(path):
    assert f"pictures/{path.name}" in README
    assert path.stat().st_size < 150_000


def test_the_map_names_every_folder():
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    there = {path.partition("/")[0] for path in listed.stdout.splitlines() if "/" in path}
    assert set(re.findall(r"^\| `([\w.]+)/` \|", section(README, "## What is where"), re.M)) == there


def test_the_python_that_is_asked_for_is_the_one_that_is_needed():
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    assert f"Python {needed.removeprefix('>=')} or later" in README


def test_the_changelog_tells_of_this_version():
    assert onevoice.__version__ in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_hook_of_the_example_exists():
    (config,) = (YAML(typ="safe").load(block) for block in fenced(README) if "repos:" in block)
    hooks = {hook["id"] for hook in YAML(typ="safe").load(ROOT / ".pre-commit-hooks.yaml")}
    assert {hook["id"] for repo in config["repos"] for hook in repo["hooks"]} <= hooks
    assert {span for span in spans(README) if re.fullmatch(r"onevoice-\w+", span)} <= hooks


def test_the_inputs_of_the_examples_exist():
    blocks = [YAML(typ="safe").load(block) for block in fenced(README)]
    (job,) = (job for block in blocks if "jobs" in block for job in block["jobs"].values())
    (included,) = (one for block in blocks if "include" in block for one in block["include"])
    action = YAML(typ="safe").load(ROOT / "action.yml")["inputs"]
    component = next(YAML(typ="safe").load_all(ROOT / "templates" / "lint.yml"))["spec"]["inputs"]
    assert job["steps"][-1]["with"].keys() <= action.keys()
    assert included["inputs"].keys() <= component.keys()


def test_the_quoted_lint_is_what_lint_says(tmp_path, monkeypatch):
    draft, said = indented(section(README, "## Lint"))[:2]
    (tmp_path / "draft.md").write_text(draft)
    result = run("lint", "draft.md", "--no-vale", "--handbook", str(ROOT), cwd=tmp_path, monkeypatch=monkeypatch)
    assert result.return_value == 1
    assert result.stdout.strip() == said.strip()


def test_the_quoted_suppression_holds_and_needs_its_reason(tmp_path, monkeypatch):
    (draft,) = (block for block in indented(README) if "<!--" in block)
    for name, text in (("with.md", draft), ("without.md", re.sub("<!-- because.*\n", "", draft))):
        (tmp_path / name).write_text(text)
    said = run("lint", ".", "--no-vale", "--handbook", str(ROOT), cwd=tmp_path, monkeypatch=monkeypatch).stdout
    assert "\nwith.md" not in f"\n{said}"
    assert "without.md:1:1  error" in said and "because" in said


def examples() -> dict[str, str]:
    """The records of CONTRIBUTING, by the file to which their first line says they belong."""
    found = (re.match(r" *# (\S+)\n(.*)", block, re.S) for block in fenced(CONTRIBUTING))
    return {match[1]: match[2] for match in found if match}


def test_the_examples_are_sound_where_they_are_said_to_go(tmp_path, monkeypatch):
    copy(tmp_path)
    assert len(examples()) == 4
    before = run("check", cwd=tmp_path, monkeypatch=monkeypatch)
    for path, record in examples().items():
        with (tmp_path / path).open("a") as file:
            file.write(record)
    after = run("check", cwd=tmp_path, monkeypatch=monkeypatch)
    assert after.return_value == 0, after.output
    assert after.stdout == before.stdout
    said = run("lint", "--no-vale", cwd=tmp_path, monkeypatch=monkeypatch)
    assert said.return_value == 0, said.output


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        ("a term", "terms"),
        ("a proof point", "proof"),
        ("a message", "messages"),
        ("an asset", "assets"),
    ],
)
def test_every_needed_key_is_named(what, kind):
    needed = {field.alias or name for name, field in KINDS[kind].model_fields.items() if field.is_required()}
    told = section(CONTRIBUTING, f"### Add {what}").rpartition("```\n")[2]
    assert needed <= set(spans(told))


def test_the_keys_that_rename_and_retire_exist():
    (keys,) = (YAML(typ="safe").load(textwrap.dedent(block)) for block in fenced(CONTRIBUTING) if "was:" in block)
    assert keys.keys() <= set(list_keys(Record))
    said = spans(section(CONTRIBUTING, "### Rename or retire"))
    for status in (span.removeprefix("status: ") for span in said if span.startswith("status: ")):
        KINDS["terms"](id="a", preferred="a", definition="a", status=status)


def test_the_quoted_errors_are_what_check_says(tmp_path, monkeypatch):
    sales = copy(tmp_path) / "content" / "assets" / "sales.yaml"
    text = sales.read_text("utf-8").replace("sales-lead]", "sales-leed]", 1)
    first, second, rest = text.partition("  - id: case-corvid-instruments\n")
    sales.write_text(first + second + rest.replace("use_when", "use_wen", 1), "utf-8")
    (quoted,) = (block for block in indented(CONTRIBUTING) if "sales-leed" in block)
    result = run("check", cwd=tmp_path, monkeypatch=monkeypatch)
    assert result.return_value == 2
    said = [line for line in result.stdout.splitlines() if "  error  " in line]
    assert said == quoted.strip().splitlines()
