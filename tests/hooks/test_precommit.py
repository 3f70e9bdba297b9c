"""Another repository uses our hooks with real pre-commit: off-brand words are refused, and the writer is told why."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
HOOKS = YAML(typ="safe").load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
WHO = ["-c", "user.name=Writer", "-c", "user.email=writer@example.com", "-c", "commit.gpgsign=false"]


def run(*command, cwd: Path, env: dict | None = None, fine: bool = True) -> subprocess.CompletedProcess:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL,
        timeout=600, check=False,
    )  # fmt: skip
    assert not fine or done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def environ(tmp_path_factory):
    """The environment of a writer: no Vale, no Git settings of ours, pre-commit's own folder."""
    home = tmp_path_factory.mktemp("home")
    keep = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "ONEVOICE_", "XDG_"))}
    keep |= {"HOME": str(home), "PRE_COMMIT_HOME": str(home / "pre-commit"), "GIT_CONFIG_GLOBAL": os.devnull}
    # A checkout that another user made is as good as our own.
    keep |= {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*"}
    keep["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), keep["PATH"]])
    keep["PYTHONPATH"] = ""
    return keep


@pytest.fixture(scope="module")
def source(tmp_path_factory, environ):
    """Our repository as a local clone, with what is not yet committed."""
    clone = tmp_path_factory.mktemp("onevoice") / "onevoice"
    run("git", "clone", "-q", ROOT, clone, cwd=ROOT, env=environ)
    listed = run("git", "ls-files", "-z", "-co", "--exclude-standard", cwd=ROOT, env=environ).stdout.split("\0")
    for name in filter(None, listed):
        target = clone / name
        if (ROOT / name).is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / name).read_bytes())
        else:
            target.unlink(missing_ok=True)
    run("git", "add", "-A", cwd=clone, env=environ)
    run("git", *WHO, "commit", "-q", "--allow-empty", "-m", "As it stands", cwd=clone, env=environ)
    return clone


def repository(folder: Path, environ: dict, source: Path, hook: str, **options) -> Path:
    folder.mkdir()
    run("git", "init", "-q", cwd=folder, env=environ)
    revision = run("git", "rev-parse", "HEAD", cwd=source, env=environ).stdout.strip()
    config = {"repos": [{"repo": str(source), "rev": revision, "hooks": [{"id": hook, **options}]}]}
    (folder / ".pre-commit-config.yaml").write_text(json.dumps(config))
    run(sys.executable, "-m", "pre_commit", "install", cwd=folder, env=environ)
    return folder


def commit(folder: Path, environ: dict, fine: bool) -> str:
    run("git", "add", "-A", cwd=folder, env=environ)
    done = run("git", *WHO, "commit", "-m", "Write", cwd=folder, env=environ, fine=False)
    said = done.stdout + done.stderr
    assert (done.returncode == 0) == fine, said
    return said


def environments(environ: dict) -> list[Path]:
    return [path.parents[3] for path in Path(environ["PRE_COMMIT_HOME"]).glob("repo*/py_env-*/**/onevoice/__init__.py")]


def reason() -> str:
    """Why our own handbook avoids the word."""
    files = (YAML(typ="safe").load(path) for path in (ROOT / "terminology").glob("*.yaml"))
    avoided = (avoid for file in files for term in file["terms"] for avoid in term.get("avoid", ()))
    return next(word["why"] for word in avoided if isinstance(word, dict) and word["term"] == "buyer's journey")


@pytest.mark.slow
def test_an_off_brand_word_is_refused_and_its_fix_passes(tmp_path, environ, source):
    writer = repository(tmp_path / "writer", environ, source, "onevoice-lint")
    (writer / "notes.py").write_text("# the buyer's journey is code here\n")
    (writer / "draft.md").write_text("# News\n\nWe looked at the buyer's journey again.\n")
    said = commit(writer, environ, fine=False)
    # A reason may be broken into lines.
    said = " ".join(said.split())
    for told in (
        "draft.md:3",
        "buyer's journey",
        "customer journey",
        reason(),
        "glossary/customer-journey",
        "of Ferrywell",
    ):
        assert told in said
    assert "notes.py" not in said and "Traceback" not in said
    (writer / "draft.md").write_text("# News\n\nWe looked at the customer journey again.\n")
    commit(writer, environ, fine=True)


OWN = "terms:\n  - {id: use, preferred: use, definition: d, part_of_speech: verb, avoid: [{term: utilize, why: w}]}\n"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["terminology/words.yaml", ".onevoice.yaml", "content/brand.yaml", ".vale.ini"])
def test_what_a_pull_request_adds_changes_no_rule(tmp_path, environ, source, name):
    writer = repository(tmp_path / "writer", environ, source, "onevoice-lint")
    for added in {name, "terminology/words.yaml"}:
        (writer / added).parent.mkdir(exist_ok=True)
        (writer / added).write_text(OWN if added.startswith("terminology") else "")
    (writer / "docs").mkdir()
    (writer / "docs" / "draft.md").write_text("# News\n\nWe utilize the buyer's journey again.\n")
    said = commit(writer, environ, fine=False)
    assert (
        "buyer's journey" in said
        and "Brand.use]" not in said
        and "the handbook of Ferrywell (installed with onevoice)" in said
    )


@pytest.mark.slow
def test_a_named_handbook_wins_over_the_hooks_own(tmp_path, environ, source):
    writer = repository(tmp_path / "writer", environ, source, "onevoice-lint", args=["--handbook", "words"])
    for place in (writer / "words", tmp_path / "others"):
        (place / "terminology").mkdir(parents=True)
        (place / "terminology" / "words.yaml").write_text(OWN.replace("utilize", f"{place.name}ize"))
    (writer / "draft.md").write_text("# News\n\nWe wordsize and othersize the buyer's journey.\n")
    said = commit(writer, environ, fine=False)
    assert "wordsize" in said and "the handbook in" in said and 'not "buyer' not in said
    writer = repository(tmp_path / "plain", environ, source, "onevoice-lint")
    (writer / "draft.md").write_text("# News\n\nWe wordsize and othersize the buyer's journey.\n")
    said = commit(writer, {**environ, "ONEVOICE_HANDBOOK": str(tmp_path / "others")}, fine=False)
    assert 'not "othersize"' in said and 'not "buyer' not in said


@pytest.mark.slow
def test_names_in_capitals_are_checked_too(tmp_path, environ, source):
    writer = repository(tmp_path / "writer", environ, source, "onevoice-lint")
    offer, words = docx.Document(), "We looked at the buyer's journey again."
    offer.add_paragraph(words)
    offer.save(str(writer / "Offer.DOCX"))
    for name in ("PLAN.MD", "notes.markdown", "Page.HTM", "macros.docm"):
        data = (writer / "Offer.DOCX").read_bytes() if name == "macros.docm" else f"{words}\n".encode()
        (writer / name).write_bytes(data)
    (writer / "plan.md.py").write_text(f"# {words}\n")
    said = commit(writer, environ, fine=False)
    told = set(re.findall(r"^(\S+):1:\d+  error  ", said, re.M))
    assert told == {"PLAN.MD", "Offer.DOCX", "notes.markdown", "Page.HTM", "macros.docm"}
    assert "Traceback" not in said


@pytest.mark.slow
def test_the_hooks_environment_has_no_site(environ, source, tmp_path):
    writer = repository(tmp_path / "writer", environ, source, "onevoice-lint")
    (writer / "draft.md").write_text("# News\n\nNothing to see.\n")
    commit(writer, environ, fine=True)
    packages = environments(environ)
    assert packages
    for folder in packages:
        names = {path.name.lower() for path in folder.rglob("site-packages/*")}
        assert "onevoice" in names and not {"mkdocs", "material", "jinja2", "vale"} & names
        # Nothing is there in another version than the one that is locked.
        found = (path.stem.rsplit("-", 1) for path in folder.rglob("site-packages/*.dist-info"))
        installed = {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in found}
        for name in ("onevoice", "pip", "setuptools", "wheel"):
            installed.pop(name, None)
        pins = dict(one.partition(" ; ")[0].split("==") for one in HOOKS[0]["additional_dependencies"])
        assert installed.keys() >= {"click", "pydantic-core"} and installed.items() <= pins.items()


@pytest.mark.slow
def test_broken_records_are_refused(tmp_path, environ, source):
    writer = repository(tmp_path / "handbook", environ, source, "onevoice-check")
    terms = writer / "terminology" / "words.yaml"
    terms.parent.mkdir()
    terms.write_text("terms:\n  - id: lead\n    preferred: lead\n    definition: A person.\n    avoidd: [hot lead]\n")
    said = commit(writer, environ, fine=False)
    assert "words.yaml:5:5" in said and "avoid" in said and "Traceback" not in said
    terms.write_text(terms.read_text().replace("avoidd", "avoid"))
    commit(writer, environ, fine=True)
