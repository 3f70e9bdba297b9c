"""`onevoice upgrade`: what it lists, changes and leaves."""

import io
import subprocess
import tarfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from onevoice import __version__
from onevoice.commands import cli
from onevoice.load.migration import FORMAT

TERMS = "terms:\n  - id: a\n    preferred: alpha\n    definition: d\n"
IDENTITY = (
    "identity:\n  logos: [{name: a, file: identity/logo.svg, alt: a, use: b}]\n"
    "  # the palette\n  colours:   # one\n    - {name: Sky, hex: '#0B5FFF', use: x}\n"
)
PROJECT = '[project]\nname = "words"\ndependencies = [\n  "onevoice[kit]==0.0.1",\n]\n'


@pytest.fixture
def book(tmp_path):
    write(tmp_path, "terminology/words.yaml", TERMS)
    write(tmp_path, "content/brand.yaml", "brand:\n  name: Acme\n")
    write(tmp_path, "content/identity.yaml", "\ufeff" + IDENTITY.replace("\n", "\r\n"))
    write(tmp_path, "pyproject.toml", PROJECT)
    return tmp_path


def write(folder, name, text):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(text.encode())


def upgrade(folder, *options):
    return CliRunner().invoke(cli, ["upgrade", "--handbook", str(folder), *options], standalone_mode=False)


def read_all(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.*") if path.is_file()}


LISTED = [
    f"content/brand.yaml:2:3  `format` is set to {FORMAT}",
    "content/identity.yaml:4:3  `colours` becomes `colors`",
    f"pyproject.toml:4:1  onevoice 0.0.1 becomes {__version__}",
]


@pytest.mark.parametrize("options", [("--dry-run",), ()])
def test_it_lists_and_changes_nothing(book, options):
    before = read_all(book)
    result = upgrade(book, *options)
    assert result.return_value == 1
    assert result.stdout.splitlines() == LISTED
    assert "Nothing was changed; 3 files would be." in result.stderr
    assert read_all(book) == before


def test_it_changes_what_it_lists_and_is_done(book):
    result = upgrade(book, "--yes")
    assert (result.return_value, result.stdout.splitlines()) == (0, LISTED)
    assert (book / "content/brand.yaml").read_text() == f"brand:\n  format: {FORMAT}\n  name: Acme\n"
    made = (book / "content/identity.yaml").read_bytes().decode()
    assert made == "\ufeff" + IDENTITY.replace("colours", "colors").replace("\n", "\r\n")
    assert (book / "pyproject.toml").read_text() == PROJECT.replace("0.0.1", __version__)
    again = upgrade(book, "--yes")
    assert (again.return_value, again.stdout) == (0, "")
    assert "is up to date" in again.stderr


def test_a_file_that_is_not_yaml_comes_first(book):
    write(book, "terminology/more.yaml", "terms:\n  - id: b\n    note: a: b\n")
    before = read_all(book)
    result = upgrade(book, "--yes")
    assert result.return_value == 2
    assert result.stdout.startswith("terminology/more.yaml:3:12  error  ")
    assert read_all(book) == before


def test_a_newer_handbook_is_left(book):
    write(book, "content/brand.yaml", f"brand:\n  name: Acme\n  format: {FORMAT + 1}\n")
    result = upgrade(book, "--yes")
    assert result.return_value == 2
    assert "Install a newer version" in result.stdout


@pytest.mark.parametrize(
    ("name", "text", "made"),
    [
        ("requirements.txt", "# tools\nonevoice==0.0.1  # pinned\n", f"# tools\nonevoice=={__version__}  # pinned\n"),
        ("requirements.txt", "onevoice==999.0\n", None),
        ("requirements.txt", "onevoice>=0.0.1\n", None),
        ("requirements.txt", "not-onevoice==0.0.1\n", None),
        ("pyproject.toml", '[project]\nname = "onevoice"\ndependencies = ["onevoice==0.0.1"]\n', None),
    ],
)
def test_the_pinned_version(tmp_path, name, text, made):
    write(tmp_path, "terminology/words.yaml", TERMS)
    write(tmp_path, name, text)
    upgrade(tmp_path, "--yes")
    assert (tmp_path / name).read_text() == (made or text)


def test_doctor_says_if_the_handbook_asks_for_another_version(book):
    result = CliRunner().invoke(cli, ["doctor", "--handbook", str(book)], standalone_mode=False)
    assert f"pyproject.toml:4 asks for onevoice 0.0.1, but this is {__version__}." in result.stdout


def test_the_theme_of_a_copy_of_our_repository_goes_with_its_scripts(book):
    frame = "theme:\n  name: material\n  custom_dir: scripts/onevoice/site/theme\n  features: []\n"
    write(book, "mkdocs.yml", frame)
    result = upgrade(book, "--yes")
    assert "mkdocs.yml:3:1  `custom_dir: scripts/onevoice/site/theme` is deleted" in result.stdout
    assert (book / "mkdocs.yml").read_text() == "theme:\n  name: material\n  features: []\n"
    write(book, "mkdocs.yml", frame)
    (book / "scripts/onevoice/site/theme").mkdir(parents=True)
    upgrade(book, "--yes")
    assert (book / "mkdocs.yml").read_text() == frame


# The last commit before a handbook could be told from the tool.
BEFORE = "2a08c3a"


def test_a_handbook_made_before_there_were_formats(tmp_path):
    parts = ("content", "terminology", "mkdocs.yml")
    root = Path(__file__).parents[2]
    packed = subprocess.run(["git", "archive", BEFORE, *parts], cwd=root, capture_output=True, check=False)
    if packed.returncode:
        pytest.skip(f"this clone has no {BEFORE}")
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(tmp_path, filter="data")
    before = read_all(tmp_path)
    assert upgrade(tmp_path, "--yes").return_value == 0
    after = read_all(tmp_path)
    changed = {path.as_posix() for path in after if after[path] != before.get(path) and path.parts[0] != "build"}
    assert not before.keys() - after.keys()
    assert changed == {"content/brand.yaml", "mkdocs.yml"}
    assert len((tmp_path / "content/brand.yaml").read_text().splitlines()) == (
        before[Path("content/brand.yaml")].count(b"\n") + 1
    )
    checked = CliRunner().invoke(cli, ["check", "--handbook", str(tmp_path)], standalone_mode=False)
    assert checked.return_value == 0
    assert upgrade(tmp_path, "--dry-run").return_value == 0
