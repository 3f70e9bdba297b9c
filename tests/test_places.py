"""Where onevoice runs for others: our action and our component, and what runs for a new handbook."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

import onevoice
import starters
from conftest import absent

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((starters.STARTER / "github" / ".github" / "workflows").iterdir())
PIPELINE = starters.STARTER / "gitlab" / ".gitlab-ci.yml"
COMPONENT = ROOT / "templates" / "lint.yml"
ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.7"
EACH_WORKFLOW = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def read(path: Path) -> dict:
    return YAML(typ="safe").load(starters.fill_starter(path.read_text("utf-8")))


def find_program(name: str) -> list[str]:
    beside = Path(sys.executable).parent / name
    return [str(beside)] if beside.is_file() else [shutil.which(name) or absent(f"{name}, which `make test` installs,")]


# --- what linters say -------------------------------------------------------------------------------------------------


@pytest.fixture
def checkout(tmp_path):
    """A repository with all files for GitHub: the workflows of a handbook, and our action at its top."""
    starters.write_starter(tmp_path, "github")
    shutil.copy(ROOT / "action.yml", tmp_path)
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    return tmp_path


def test_zizmor_finds_no_hole(checkout):
    command = [*find_program("zizmor"), "--offline", "--persona", "pedantic", "--no-progress", "--format", "json", "."]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, timeout=120, check=False)
    assert json.loads(done.stdout) == []
    # It looked at them.
    assert all(path.name in done.stderr for path in WORKFLOWS) and "action.yml" in done.stderr


@pytest.mark.slow
def test_actionlint_finds_nothing(checkout):
    command = [shutil.which("actionlint")]
    if not command[0]:
        command = [shutil.which("go") or absent("actionlint, or Go, which builds it,"), "run", ACTIONLINT]
        if subprocess.run([*command, "-version"], capture_output=True, timeout=300, check=False).returncode:
            absent(f"{ACTIONLINT}, which Go can't fetch,")
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


@pytest.mark.parametrize(
    ("schema", "path", "part"),
    [
        *(("github-workflows", path, 0) for path in WORKFLOWS),
        ("github-actions", ROOT / "action.yml", 0),
        ("gitlab-ci", PIPELINE, 0),
        ("gitlab-ci", COMPONENT, 0),
        ("gitlab-ci", COMPONENT, 1),
        ("dependabot", starters.STARTER / "github" / ".github" / "dependabot.yml", 0),
    ],
    ids=lambda value: value.name if isinstance(value, Path) else str(value),
)
def test_each_file_follows_its_schema(tmp_path, schema, path, part):
    text = starters.fill_starter(path.read_text("utf-8")).split("\n---\n")[part]
    (tmp_path / "one.yml").write_text(text + "\n", "utf-8")
    command = [*find_program("check-jsonschema"), "--builtin-schema", f"vendor.{schema}", "one.yml"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


# --- what we promise besides ------------------------------------------------------------------------------------------


def list_steps(path: Path) -> list[dict]:
    data = read(path)
    return data["runs"]["steps"] if "runs" in data else [step for job in data["jobs"].values() for step in job["steps"]]


def test_an_action_of_others_is_one_commit_with_its_version():
    pins = {}
    for path in (*WORKFLOWS, ROOT / "action.yml"):
        text = path.read_text("utf-8")
        for name, commit, version in re.findall(r"uses: (\S+?)@(\S+)(.*)", text):
            assert re.fullmatch(r"[0-9a-f]{40}", commit) and re.fullmatch(r" # v\d+\.\d+\.\d+", version), (path, name)
            assert pins.setdefault(name, (commit, version)) == (commit, version), name
    assert "actions/checkout" in pins and len(pins) > 5


@EACH_WORKFLOW
def test_a_job_that_may_write_runs_nothing_of_a_pull_request(path):
    data = read(path)
    assert data["permissions"] == {}
    assert not {"pull_request_target", "workflow_run"} & {*data["on"]}
    for name, job in data["jobs"].items():
        writes = [right for right, level in job["permissions"].items() if level == "write"]
        reads = [right for right, level in job["permissions"].items() if level == "read"]
        foreign = [step for step in job["steps"] if "checkout" in step.get("uses", "") or "pip" in step.get("run", "")]
        assert not (writes and foreign), name
        assert reads == (["contents"] if foreign else []), name
        assert all(step["with"]["persist-credentials"] is False for step in foreign if "uses" in step), name


def test_the_component_installs_this_version():
    head = next(YAML(typ="safe").load_all(COMPONENT.read_text("utf-8")))
    assert head["spec"]["inputs"]["install"]["default"] == f"onevoice=={onevoice.__version__}"


# --- what their scripts do --------------------------------------------------------------------------------------------

STUB = '#!/usr/bin/env bash\nprintf "%s\\n" "${0##*/} $*" >> "$STUB_LOG"\n'


class Runner:
    """Runs scripts of jobs in a handbook, with stand-ins for what reaches a network."""

    def __init__(self, folder: Path, book: Path):
        self.book, self.log = book, folder / "log"
        binaries = folder / "bin"
        binaries.mkdir()
        self.log.touch()
        for name in ("pip", "gh", "curl"):
            # A list of comments is asked for: the answer is in a file.
            self._write(binaries / name, f'{STUB}case "$*" in *per_page*|*--paginate*) cat "$STUB_ANSWER" ;; esac\n')
        self._write(binaries / "onevoice", f'#!/bin/sh\nexec "{sys.executable}" -m onevoice "$@"\n')
        self._write(binaries / "python", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("ONEVOICE_", "GITHUB_", "CI_"))
        }
        self.environ = kept | {
            "PATH": f"{binaries}{os.pathsep}{kept['PATH']}",
            "PYTHONPATH": str(ROOT / "scripts"),
            "STUB_LOG": str(self.log),
            "STUB_ANSWER": os.devnull,
            "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
            "GITHUB_OUTPUT": str(folder / "output"),
            # Those who only read the history have no name in it.
            "GIT_CONFIG_GLOBAL": os.devnull,
        }
        self.summary, self.output = folder / "summary.md", folder / "output"

    @staticmethod
    def _write(path: Path, text: str) -> None:
        path.write_text(text)
        path.chmod(0o755)

    def git(self, *arguments: str) -> str:
        who = ["-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false"]
        done = subprocess.run(["git", *who, *arguments], cwd=self.book, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def commit(self, **files: str) -> str:
        for name, text in files.items():
            (self.book / name).parent.mkdir(parents=True, exist_ok=True)
            (self.book / name).write_text(text, "utf-8")
        self.git("add", "-A")
        self.git("commit", "-qm", "Change")
        return self.git("rev-parse", "HEAD")

    def run(self, script: str, code: int = 0, **environ: str) -> str:
        """What a script prints, run as GitHub runs a step."""
        if "--get-vale" in script:
            return ""  # It may download, or compile for minutes.
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script], cwd=self.book,
            env=self.environ | environ, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=300,
            check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout

    def asked(self) -> list[str]:
        return self.log.read_text("utf-8").splitlines()


@pytest.fixture
def runner(tmp_path):
    book = starters.write_starter(tmp_path / "my handbook", "github")
    runner = Runner(tmp_path, book)
    runner.git("init", "-q", "-b", "main")
    runner.commit()
    runner.commit(**{"content/pages/sun.md": "# Sun\n\nA solar panel works in the sun.\n"})
    return runner


def list_scripts(path: Path, job: str) -> list[str]:
    return [step["run"] for step in read(path)["jobs"][job]["steps"] if "run" in step]


NEW_WORDS = starters.WORDS.replace("solar cell", "sun cell")


def test_the_impact_of_a_pull_request_is_written_and_posted_once(runner):
    runner.commit(**{"terminology/words.yaml": NEW_WORDS, "content/pages/moon.md": "# Moon\n\nA sun cell.\n"})
    workflow = WORKFLOWS[[path.stem for path in WORKFLOWS].index("impact")]
    for script in list_scripts(workflow, "measure"):
        runner.run(script)
    comment = (runner.book / "impact.md").read_text("utf-8")
    assert comment.startswith("<!-- onevoice impact -->\n") and "Newly breaks: 1" in comment
    assert runner.summary.read_text("utf-8") == comment
    [script] = list_scripts(workflow, "comment")
    place = {"COMMENTS": "repos/northlight/handbook/issues", "NUMBER": "7"}
    runner.run(script, **place)
    answer = runner.book.parent / "answer"
    answer.write_text("4711\n4712\n")
    runner.run(script, STUB_ANSWER=str(answer), **place)
    first, second = (line for line in runner.asked() if "--method" in line)
    assert "--method POST repos/northlight/handbook/issues/7/comments --field body=@impact.md" in first
    assert "--method PATCH repos/northlight/handbook/issues/comments/4711 --field body=@impact.md" in second


def test_the_digest_of_a_week_is_posted_if_something_changed(runner):
    workflow = WORKFLOWS[[path.stem for path in WORKFLOWS].index("digest")]
    for script in list_scripts(workflow, "write"):
        runner.run(script)
    assert runner.output.read_text("utf-8") == "changed=2\n"
    digest = (runner.book / "digest.md").read_text("utf-8")
    assert digest.startswith("~~~~~text\nNorthlight handbook: what changed since") and digest.endswith("\n~~~~~\n")
    for script in list_scripts(workflow, "post"):
        runner.run(script)
    assert "gh issue create --title What changed in the handbook, 20" in runner.asked()[-1]


@pytest.mark.slow
def test_the_site_is_checked_linted_and_built(runner):
    workflow = WORKFLOWS[[path.stem for path in WORKFLOWS].index("handbook")]
    for script in list_scripts(workflow, "build"):
        runner.run(script)
    assert "Northlight" in (runner.book / "build" / "site" / "index.html").read_text("utf-8")
    assert json.loads((runner.book / "onevoice.sarif").read_text("utf-8"))["runs"][0]["results"] == []
    runner.commit(**{"content/pages/bad.md": "# Bad\n\nA solar cell.\n"})
    lint, sarif = (script for script in list_scripts(workflow, "build") if "onevoice lint" in script)
    assert "::error file=content/pages/bad.md,line=3," in runner.run(lint, code=1)
    runner.run(sarif)
    assert len(json.loads((runner.book / "onevoice.sarif").read_text("utf-8"))["runs"][0]["results"]) == 1


@pytest.mark.slow
def test_the_pipeline_of_gitlab(runner):
    jobs = read(PIPELINE)
    base = runner.git("rev-parse", "HEAD")
    runner.commit(**{"terminology/words.yaml": NEW_WORDS, "content/pages/moon.md": "# Moon\n\nA sun cell.\n"})
    *_, lint, _, _ = jobs["check"]["script"]
    for line in jobs["check"]["script"][: jobs["check"]["script"].index(lint)]:
        runner.run(line)
    runner.run(lint, code=1)
    [issue] = json.loads((runner.book / "gl-code-quality-report.json").read_text("utf-8"))
    assert issue["location"] == {"path": "content/pages/moon.md", "lines": {"begin": 3, "end": 3}}
    runner.run("\n".join(jobs["impact"]["script"]), CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    script = "\n".join(jobs["comment"]["script"])
    place = {
        "CI_API_V4_URL": "https://x.example/api/v4", "CI_PROJECT_ID": "3", "CI_MERGE_REQUEST_IID": "9",
        "ONEVOICE_TOKEN": "t", "FIND_LAST": jobs["comment"]["variables"]["FIND_LAST"],
    }  # fmt: skip
    answer = runner.book.parent / "answer"
    for notes in ([], [{"id": 5, "body": "hello"}, {"id": 6, "body": "<!-- onevoice impact -->\nold"}]):
        answer.write_text(json.dumps(notes))
        runner.run(script, STUB_ANSWER=str(answer), **place)
    first, second = (line for line in runner.asked() if "--request" in line)
    assert "--request POST --data-urlencode body@impact.md" in first and first.endswith("/merge_requests/9/notes")
    assert "--request PUT " in second and second.endswith("/merge_requests/9/notes/6")
    runner.run("\n".join(jobs["digest"]["script"]), **place)
    assert "title=What changed in the handbook, 20" in runner.asked()[-1]
    asked = len(runner.asked())
    runner.run("\n".join(jobs["digest"]["script"]), **{**place, "ONEVOICE_TOKEN": ""})
    assert [line.split()[0] for line in runner.asked()[asked:]] == ["pip"]


def test_the_component_of_gitlab(runner):
    _, jobs = YAML(typ="safe").load_all(COMPONENT.read_text("utf-8").replace("$[[", "[["))
    base = runner.commit(**{"docs/old.md": "An old solar cell.\n"})
    runner.commit(**{"docs/new.md": "A new solar cell.\n"})
    values = {
        "ONEVOICE_INSTALL": "onevoice==1; touch pwned", "ONEVOICE_PATHS": "docs", "ONEVOICE_FAIL_ON": "error",
        "ONEVOICE_HANDBOOK": "", "ONEVOICE_OPTIONS": f"--no-vale --since {base}",
    }  # fmt: skip
    assert values.keys() <= jobs["onevoice-lint"]["variables"].keys()
    install, report, lint = jobs["onevoice-lint"]["script"]
    runner.run(install, **values)
    runner.run(report, **values)
    [issue] = json.loads((runner.book / "gl-code-quality-report.json").read_text("utf-8"))
    assert issue["location"]["path"] == "docs/new.md"
    assert "docs/new.md:1:7  error" in runner.run(lint, code=1, **values)
    assert not (runner.book / "pwned").exists()


# --- the action -------------------------------------------------------------------------------------------------------

SCRIPT = ROOT / "supply" / "action.sh"


def read_inputs(**chosen: str) -> dict[str, str]:
    """The variables of the step that lints, as GitHub fills them in."""
    action = read(ROOT / "action.yml")
    values = {name: one["default"] for name, one in action["inputs"].items()} | chosen
    step = action["runs"]["steps"][-1]
    assert step["run"] == 'bash "$GITHUB_ACTION_PATH/supply/action.sh" lint'
    return {
        name: values[re.fullmatch(r"\$\{\{ inputs\.([\w-]+) \}\}", value)[1]] for name, value in step["env"].items()
    }


@pytest.fixture
def action(runner, tmp_path):
    """Lints with the action's script what a pull request has changed."""
    (tmp_path / "temp" / "onevoice").mkdir(parents=True)
    (tmp_path / "temp" / "onevoice" / "bin").symlink_to(tmp_path / "bin")
    runner.commit(**{"docs/a.md": "An old solar cell.\n", "my docs/b.md": "Nothing.\n"})
    runner.commit(**{"docs/a.md": "An old solar cell.\n\nA new solar cell.\n", "my docs/b.md": "A solar cell.\n"})

    def run(code: int, **chosen: str) -> str:
        inputs = read_inputs(**{name.replace("_", "-"): value for name, value in chosen.items()})
        return runner.run(f'bash "{SCRIPT}" lint', code, RUNNER_TEMP=str(tmp_path / "temp"), **inputs)

    return run


def test_the_action_annotates_changed_lines(action, runner):
    lines = action(1).splitlines()
    assert [re.match(r"::error file=(.*?),line=(\d+)", line).groups() for line in lines] == [
        ("docs/a.md", "3"), ("my docs/b.md", "1")
    ]  # fmt: skip
    assert "solar panel" in runner.summary.read_text("utf-8")


@pytest.mark.parametrize(
    ("chosen", "code", "count"),
    [
        ({"paths": "my docs\n"}, 1, 1),
        ({"paths": "docs\n\nmy docs"}, 1, 2),
        ({"since": "all"}, 1, 3),
        ({"since": "HEAD"}, 0, 0),
        ({"handbook": "."}, 1, 2),
    ],
    ids=str,
)
def test_what_the_action_is_asked(action, chosen, code, count):
    assert action(code, **chosen).count("::error file=") == count


def test_the_action_writes_sarif_and_still_fails(action, runner):
    action(1, sarif="words.sarif")
    [run] = json.loads((runner.book / "words.sarif").read_text("utf-8"))["runs"]
    assert len(run["results"]) == 2


@pytest.mark.parametrize("name", ["paths", "handbook", "since", "fail_on", "sarif", "style"])
@pytest.mark.parametrize("evil", ["$(touch pwned)", "`touch pwned`", "; touch pwned", "--fix", '"; touch pwned; "'])
def test_an_input_is_no_command(action, runner, name, evil):
    before = (runner.book / "docs" / "a.md").read_text("utf-8")
    try:
        action(2, **{name: evil})
    except AssertionError:
        # A strange name of a file, or a style that isn't "true", is no fault.
        action(1, **{name: evil})
    assert not (runner.book / "pwned").exists()
    assert (runner.book / "docs" / "a.md").read_text("utf-8") == before


def test_a_checkout_that_is_too_shallow_is_said(action):
    said = action(2, since="origin/main")
    assert (
        said.startswith("::error title=onevoice::There is no revision origin/main here.") and "fetch-depth: 2" in said
    )


@pytest.mark.slow
def test_the_action_installs_itself(runner, tmp_path):
    copy = tmp_path / "action"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "build", "node_modules", "tests", "bench"))
    environ = {"RUNNER_TEMP": str(tmp_path / "temp"), "PYTHON": sys.executable, "PYTHONPATH": ""}
    # The real pip, in an environment of its own.
    runner.run(f'bash "{copy}/supply/action.sh" install', **environ)
    runner.commit(**{"docs/a.md": "A solar cell.\n"})
    said = runner.run(f'bash "{copy}/supply/action.sh" lint', 1, **environ, **read_inputs())
    assert "::error file=docs/a.md,line=1" in said
