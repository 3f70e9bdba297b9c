"""A handbook that holds records only is a repository of hooks: real pre-commit judges by it, and says its name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

import starters
from onevoice.prose import formats

WHO = ["-c", "user.name=Writer", "-c", "user.email=writer@example.com", "-c", "commit.gpgsign=false"]


def run(*command, cwd: Path, env: dict, fine: bool = True) -> str:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL,
        timeout=600, check=False,
    )  # fmt: skip
    assert (done.returncode == 0) == fine, done.stdout + done.stderr
    return " ".join((done.stdout + done.stderr).split())


@pytest.fixture(scope="module")
def environ(tmp_path_factory):
    """The environment of a writer, whose pip finds our package as it finds all others."""
    home = tmp_path_factory.mktemp("home")
    keep = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "ONEVOICE_", "XDG_"))}
    keep |= {"HOME": str(home), "PRE_COMMIT_HOME": str(home / "pre-commit"), "GIT_CONFIG_GLOBAL": os.devnull}
    keep |= {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*"}
    keep["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), keep["PATH"]])
    keep["PIP_FIND_LINKS"] = " ".join(filter(None, [str(starters.build_packages()), keep.get("PIP_FIND_LINKS")]))
    keep["PYTHONPATH"] = ""
    return keep


@pytest.fixture(scope="module")
def source(tmp_path_factory, environ):
    """The repository of a handbook, with drafts and pictures that are nobody's business."""
    folder = starters.write_starter(tmp_path_factory.mktemp("north light") / "hándbook", "github")
    for name in ("content/pages/secret.md", "content/submissions/draft.md", "content/identity/logo.svg"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("SECRET")
    run("git", "init", "-q", "-b", "main", cwd=folder, env=environ)
    run("git", "add", "-A", cwd=folder, env=environ)
    run("git", *WHO, "commit", "-qm", "Start", cwd=folder, env=environ)
    return folder


def test_the_starter_hook_takes_every_format():
    text = (starters.STARTER / "all" / ".pre-commit-hooks.yaml").read_text("utf-8")
    assert f"  files: {formats.build_hook_pattern()}\n" in text


def test_the_version_of_the_tool_is_pinned_once(tmp_path):
    folder = starters.write_starter(tmp_path, "github", version="99.8.7")
    pinned = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
              and "99.8.7" in path.read_text("utf-8")]  # fmt: skip
    assert pinned == ["pyproject.toml"]


@pytest.mark.slow
def test_another_repository_is_judged_by_the_handbook(tmp_path, environ, source):
    writer = tmp_path / "writer"
    (writer / "terminology").mkdir(parents=True)
    # What a pull request adds is no rule.
    (writer / "terminology" / "own.yaml").write_text(
        "terms:\n  - {id: panel, preferred: roof thing, definition: d, avoid: [{term: solar panel, why: w}]}\n"
    )
    revision = run("git", "rev-parse", "HEAD", cwd=source, env=environ)
    config = {"repos": [{"repo": str(source), "rev": revision, "hooks": [{"id": "onevoice-lint"}]}]}
    with (writer / ".pre-commit-config.yaml").open("w", encoding="utf-8") as file:
        YAML(typ="safe").dump(config, file)
    (writer / "draft.md").write_text("A solar cell beats a solar panel.\n")
    run("git", "init", "-q", cwd=writer, env=environ)
    run(sys.executable, "-m", "pre_commit", "install", cwd=writer, env=environ)
    run("git", "add", "-A", cwd=writer, env=environ)
    said = run("git", *WHO, "commit", "-m", "Write", cwd=writer, env=environ, fine=False)
    assert 'draft.md:1:3 error Say "solar panel", not "solar cell".' in said
    assert "the handbook of Northlight (installed as northlight_handbook)" in said
    assert "roof thing" not in said and "Ferrywell" not in said and "Traceback" not in said
    (writer / "draft.md").write_text("A solar panel beats a wind turbine.\n")
    run("git", "add", "-A", cwd=writer, env=environ)
    run("git", *WHO, "commit", "-m", "Write", cwd=writer, env=environ)
    # Of the handbook, the hook has the records alone.
    [installed] = Path(environ["PRE_COMMIT_HOME"]).glob("repo*/py_env-*/**/northlight_handbook/")
    files = {path.relative_to(installed).as_posix() for path in installed.rglob("*") if path.is_file()}
    assert files == {"content/brand.yaml", "terminology/words.yaml"}
