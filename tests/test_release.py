"""A release: the version and the changelog, what is refused, and what the packages hold."""

import datetime
import importlib.util
import re
import subprocess
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

import onevoice
import starters
from repository import Repository

ROOT = Path(__file__).parents[1]
TODAY = datetime.date(2026, 12, 1)
spec = importlib.util.spec_from_file_location("supply_release", ROOT / "supply" / "release.py")
release = importlib.util.module_from_spec(spec)
spec.loader.exec_module(release)
NEWS = "# Changelog\n\n## [Unreleased]\n\nThis will be 0.1.0, the first version.\n\n### Added\n\n- A thing.\n"


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A repository with the files that say the version."""
    repository = Repository(tmp_path / "tool")
    files = {name: (ROOT / name).read_text("utf-8") for name in release.PLACES}
    repository.commit("2026-11-01", {**files, "CHANGELOG.md": NEWS})
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "A")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "a@b.example")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    return repository


def make(repository: Repository, version: str) -> str:
    said: list[str] = []
    release.make_release(repository.folder, version, TODAY, said.append)
    return "".join(said)


def read(repository: Repository, name: str) -> str:
    return (repository.folder / name).read_text("utf-8")


def test_a_release_is_one_commit_with_a_tag(checkout):
    assert make(checkout, "1.2.0") == (
        "Committed and tagged v1.2.0. To publish it: git push --atomic origin main v1.2.0"
    )
    assert checkout.git("log", "--format=%s", "-1").strip() == "Release 1.2.0"
    assert checkout.git("cat-file", "-t", "v1.2.0").strip() == "tag"
    assert checkout.git("status", "--porcelain") == ""
    assert '\n__version__ = "1.2.0"\n' in read(checkout, "scripts/onevoice/__init__.py")
    assert "default: onevoice==1.2.0\n" in read(checkout, "templates/lint.yml")
    assert read(checkout, "CHANGELOG.md") == (
        "# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2026-12-01\n\n### Added\n\n- A thing.\n"
    )
    # Where the README names a version, it names this one.
    named = re.findall(r"rev: v(\S+)|handbook@v(\S+)|handbook/lint@(\S+)", read(checkout, "README.md"))
    assert {"".join(one) for one in named} == {"1.2.0"} and len(named) >= 3


def test_the_next_release_has_its_own_news(checkout):
    make(checkout, "1.2.0")
    with pytest.raises(release.ReleaseError, match="no entry under"):
        make(checkout, "1.3.0")
    text = read(checkout, "CHANGELOG.md")
    checkout.commit("2026-12-02", {"CHANGELOG.md": text.replace("[Unreleased]\n", "[Unreleased]\n\n- More.\n", 1)})
    make(checkout, "1.10.0")
    assert re.findall(r"^(?:## .*|- .*)$", read(checkout, "CHANGELOG.md"), re.M) == [
        "## [Unreleased]", "## [1.10.0] - 2026-12-01", "- More.", "## [1.2.0] - 2026-12-01", "- A thing.",
    ]  # fmt: skip
    for version in ("1.10.0", "1.9.0", "1.2.1"):
        with pytest.raises(release.ReleaseError, match=r"isn't newer than 1\.10\.0, the last release"):
            make(checkout, version)


@pytest.mark.parametrize("version", ["", "1.2", "v1.2.0", "1.2.0-rc1", "01.2.0", "1.2.0\n", "1.2.x"])
def test_what_is_no_version(checkout, version):
    with pytest.raises(release.ReleaseError, match=r"is no version\. Write three numbers, such as 1\.2\.0"):
        make(checkout, version)


def spoil_tree(checkout):
    (checkout.folder / "README.md").write_text("x")


def add_file(checkout):
    (checkout.folder / "new.txt").write_text("x")


def switch_branch(checkout):
    checkout.git("switch", "-q", "-c", "fix")


def empty_changelog(checkout):
    checkout.commit("2026-11-02", {"CHANGELOG.md": NEWS.replace("- A thing.\n", "")})


def remove_section(checkout):
    checkout.commit("2026-11-02", {"CHANGELOG.md": NEWS.replace("[Unreleased]", "[Later]")})


def move_version(checkout):
    checkout.commit("2026-11-02", {"templates/lint.yml": "spec: {}\n"})


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (spoil_tree, "changes that aren't committed"),
        (add_file, "changes that aren't committed"),
        (switch_branch, "This is the branch fix. Release from main."),
        (empty_changelog, "CHANGELOG.md has no entry under"),
        (remove_section, "CHANGELOG.md has no entry under"),
        (move_version, "templates/lint.yml: no version after `default: onevoice==`"),
    ],
)
def test_what_is_refused_changes_nothing(checkout, spoil, told):
    spoil(checkout)
    before = checkout.git("status", "--porcelain"), checkout.git("rev-parse", "HEAD")
    with pytest.raises(release.ReleaseError) as error:
        make(checkout, "1.2.0")
    assert told in str(error.value)
    assert (checkout.git("status", "--porcelain"), checkout.git("rev-parse", "HEAD")) == before
    assert checkout.git("tag") == ""


def test_the_changelog_and_all_places_are_ready_for_a_release():
    text = release.date_changelog((ROOT / "CHANGELOG.md").read_text("utf-8"), "99.0.0", TODAY)
    assert "## [Unreleased]\n\n## [99.0.0] - 2026-12-01\n\n### " in text and "This will be" not in text
    for name, marks in release.PLACES.items():
        assert onevoice.__version__ in (old := (ROOT / name).read_text("utf-8"))
        assert release.replace_version(old, "99.0.0", marks, name) != old


# --- what is in the packages ------------------------------------------------------------------------------------------

SAMPLE = {"content/brand.yaml", "content/proof.yaml", "content/voice.yaml", "terminology/terms.yaml"}
INFO = {"METADATA", "WHEEL", "entry_points.txt", "RECORD", "licenses/LICENSE"}
TOP = {".gitignore", "CHANGELOG.md", "LICENSE", "PKG-INFO", "README.md", "hatch_build.py", "pyproject.toml"}


def list_committed(*places: str) -> set[str]:
    command = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-co", "--exclude-standard", *places]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return {name for name in listed if (ROOT / name).is_file()}


@pytest.mark.slow
def test_the_wheel_holds_the_package_the_sample_and_the_example():
    [path] = starters.build_packages().glob("*.whl")
    assert path.name == f"onevoice-{onevoice.__version__}-py3-none-any.whl"
    with zipfile.ZipFile(path) as wheel:
        names = {name for name in wheel.namelist() if not name.endswith("/")}
        info = f"onevoice-{onevoice.__version__}.dist-info"
        # The example is Ferrywell's, whom we made up; no test is among them.
        assert names == {
            *(name.removeprefix("scripts/") for name in list_committed("scripts/onevoice")),
            *(f"onevoice/sample/{name}" for name in SAMPLE),
            *(f"onevoice/example/{name}" for name in list_committed("content", "terminology")),
            *(f"{info}/{name}" for name in INFO),
        }
        metadata = wheel.read(f"{info}/METADATA").decode()
        named = {name for name in names if b"Ferrywell" in wheel.read(name)}
    assert "Requires-Dist: mkdocs-material>=9.7.7; extra == 'site'" in metadata
    assert "\n\n# onevoice\n" in metadata
    assert {name for name in named if "/starter/" in name} == set()


@pytest.mark.slow
def test_the_source_distribution_holds_what_a_wheel_is_made_of():
    [path] = starters.build_packages().glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert names == {*TOP, *list_committed("scripts", "schemas", "content", "terminology")}


def test_the_wheels_tests_exist():
    text = (ROOT / "supply" / "wheel.py").read_text("utf-8")
    named = re.findall(r'"(tests/[\w/.]+)"', text)
    assert len(named) > 5 and all((ROOT / name).exists() for name in named)
    tests = "".join(
        path.read_text("utf-8") for name in named for path in sorted((ROOT / name).rglob("*.py")) or [ROOT / name]
    )
    for part in re.search(r"for name in \((.*?)\)", text)[1].split(", "):
        assert re.search(rf"def test_\w*{part.strip(chr(34))}", tests), part


def test_the_theme_has_closed_the_hole_of_its_search():
    """Material before 9.7.7 ran what a page's title told its search to."""
    site = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]["site"]
    assert "mkdocs-material>=9.7.7" in site
    locked = re.search(r"^mkdocs-material==([\d.]+)", (ROOT / "requirements" / "site.txt").read_text("utf-8"), re.M)[1]
    assert tuple(map(int, locked.split("."))) >= (9, 7, 7)
