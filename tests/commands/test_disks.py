"""Full disks, read-only folders, no home, links, damaged caches: a clear line, true codes, nothing half-written."""

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import handbooks
from conftest import absent

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="files of POSIX")
as_user = pytest.mark.skipif(hasattr(os, "geteuid") and not os.geteuid(), reason="root may write anywhere")


@pytest.fixture
def book(tmp_path) -> Path:
    folder = tmp_path / "book"
    (folder / "terminology").mkdir(parents=True)
    (folder / "terminology" / "terms.yaml").write_text(
        "terms:\n  - {id: use, preferred: use, definition: d, part_of_speech: verb, avoid: [{term: utilize, why: w}]}\n"
    )
    (folder / "draft.md").write_text("We utilize it.\n")
    return folder


def call(folder: Path, *arguments: str, before: str = "", **more: str) -> subprocess.CompletedProcess:
    """Run onevoice after some code. A variable that is "" is not set."""
    code = f"import sys; from onevoice.commands import main\n{before}\nsys.argv[0] = 'onevoice'; main()"
    env = {
        **os.environ, "PYTHONPATH": str(handbooks.ROOT / "scripts"), "ONEVOICE_TODAY": handbooks.TODAY,
        # Python itself would keep half a module if there is no room for all of it.
        "ONEVOICE_CACHE": str(folder / ".cache"), "PYTHONDONTWRITEBYTECODE": "1", **more,
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=folder, capture_output=True, text=True, check=False, timeout=60,
        env={name: value for name, value in env.items() if value},
    )  # fmt: skip
    assert "Traceback" not in done.stderr and "fault in onevoice" not in done.stderr, done.stderr
    return done


def list_litter(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob(".*") if path.name.startswith((".onevoice-", ".site-"))]


# --- a full disk ------------------------------------------------------------------------------------------------------

# A disk on which files have at most so many bytes: as full as one, and it needs no root.
SMALL = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0}))"


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        (["lint", "--fix", "--no-vale", "long.md"], "long.md"),
        (["baseline", "update", "known.yaml", "--no-vale", "draft.md"], "known.yaml"),
        (["sign", "use", "--as", "sales"], "terminology/terms.yaml"),
    ],
)
def test_a_full_disk_names_the_file(book, arguments, place):
    (book / "long.md").write_text("We utilize it.\n" * 20)
    before = {path: path.read_bytes() for path in book.rglob("*.*") if path.is_file()}
    done = call(book, *arguments, before=SMALL.format(100))
    assert done.returncode in (1, 2)
    assert (
        f"{place}:" in done.stdout + done.stderr and "cannot be written (File too large)" in done.stdout + done.stderr
    )
    assert {path: path.read_bytes() for path in before} == before
    assert list_litter(book) == []


def test_lint_works_without_room_for_its_cache(book):
    assert call(book, "lint", "--no-vale", "draft.md", before=SMALL.format(10)).returncode == 1


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 1 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(place)]
    if os.geteuid() or subprocess.run(command, capture_output=True, check=False).returncode:
        absent("a file system of 1 MB")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=False)


@pytest.mark.slow
def test_a_build_on_a_full_disk_keeps_the_last_site(small_disk, tmp_path):
    """It names a file of the site, not one of the theme that was to be copied there."""
    folder = handbooks.copy(tmp_path / "whole")
    (folder / "build").symlink_to(small_disk / "build")
    (small_disk / "build").mkdir()
    done = call(folder, "build")
    assert done.returncode == 2
    assert "cannot be written (No space left on device)" in done.stderr
    assert "site-packages" not in done.stderr and "/build/" in done.stderr
    assert list_litter(small_disk) == []


# --- what cannot be written -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "variables",
    [
        {"HOME": "", "ONEVOICE_CACHE": ""},
        {"HOME": "/dev/full", "ONEVOICE_CACHE": ""},
        {"HOME": "relative", "ONEVOICE_CACHE": ""},
        {"ONEVOICE_CACHE": "/proc/self/x"},
        {"TMPDIR": "/nonexistent"},
    ],
)
def test_homes_that_are_none(book, variables):
    done = call(book, "lint", "--no-vale", "draft.md", **variables)
    assert (done.returncode, done.stdout.count("\n"), done.stderr.count("\n")) == (1, 4, 1)
    assert call(book, "check", **variables).returncode == 0
    assert {path.name for path in book.iterdir()} - {".cache"} == {"terminology", "draft.md"}
    told = call(book, "doctor", **variables).stdout
    if "/proc/self/x" in variables.values():
        assert "cannot be written, so nothing is kept between runs." in told


@as_user
def test_a_folder_that_is_read_only(book):
    book.chmod(0o555)
    try:
        done = call(book, "lint", "--fix", "--no-vale", "draft.md", ONEVOICE_CACHE=str(book / "none"))
        assert done.returncode == 1
        assert "draft.md:1:1  error  cannot be written (Permission denied)" in done.stdout
    finally:
        book.chmod(0o755)


# --- links, and editors -----------------------------------------------------------------------------------------------


def test_a_fix_goes_through_links(book):
    (book / "docs").mkdir()
    (book / "docs" / "link.md").symlink_to("../draft.md")
    assert call(book, "lint", "--fix", "--no-vale", "docs", "draft.md").returncode == 0
    assert (book / "docs" / "link.md").is_symlink()
    assert (book / "draft.md").read_text() == "We use it.\n"


def test_a_link_out_of_the_folder_is_written_only_if_it_is_named(book):
    outside = book.parent / "outside.md"
    outside.write_text("We utilize it.\n")
    (book / "docs").mkdir()
    (book / "docs" / "link.md").symlink_to(outside)
    done = call(book, "lint", "--fix", "--no-vale", "docs")
    assert done.returncode == 1 and outside.read_text() == "We utilize it.\n"
    assert call(book, "lint", "--fix", "--no-vale", "docs/link.md").returncode == 0
    assert (book / "docs" / "link.md").is_symlink() and outside.read_text() == "We use it.\n"


EDITOR = """
from onevoice.run import fix
fix_documents = fix.fix_documents
def edit(*arguments):
    result = fix_documents(*arguments)
    open('draft.md', 'w').write('We utilize that, too.\\n')
    return result
fix.fix_documents = edit
"""


def test_what_an_editor_saves_meanwhile_stays(book):
    (book / "other.md").write_text("We utilize it.\n")
    done = call(book, "lint", "--fix", "--no-vale", "draft.md", "other.md", before=EDITOR)
    assert (book / "draft.md").read_text() == "We utilize that, too.\n"
    assert (book / "other.md").read_text() == "We use it.\n"
    assert done.returncode == 1
    assert "draft.md:1:1  error  not written, because someone has changed this file meanwhile." in done.stdout
    assert "Fixed other.md" in done.stderr and "Fixed draft.md" not in done.stderr


def test_signing_goes_through_links(book):
    terms = book / "terminology" / "terms.yaml"
    terms.rename(book / "shared.yaml")
    terms.symlink_to("../shared.yaml")
    (book / "shared.yaml").chmod(0o640)
    assert call(book, "sign", "use", "--as", "sales").returncode == 0
    assert terms.is_symlink() and "signed:" in (book / "shared.yaml").read_text()
    assert (book / "shared.yaml").stat().st_mode & 0o777 == 0o640


def test_a_baseline_goes_through_links(book):
    (book / "link.yaml").symlink_to("known.yaml")
    assert call(book, "baseline", "update", "link.yaml", "--no-vale", "draft.md").returncode == 0
    assert (book / "link.yaml").is_symlink() and "utilize" in (book / "known.yaml").read_text()
    assert call(book, "lint", "--no-vale", "--baseline", "link.yaml", "draft.md").returncode == 0


@pytest.mark.parametrize("text", ["- " + "[" * 100_000, "- " + "9" * 10_000, '- ["a", "b", "c", "d", NaN]'])
def test_a_damaged_baseline_names_its_line(book, text):
    (book / "known.yaml").write_text(f"# Known.\n{text}\n")
    done = call(book, "lint", "--no-vale", "--baseline", "known.yaml", "draft.md")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("onevoice: known.yaml:2: this is not a baseline entry.")


# --- what dead runs and bad disks leave -------------------------------------------------------------------------------


def test_what_a_killed_run_has_left_next_to_a_draft_is_swept(book):
    killed = (
        "import os, signal; from onevoice import output\nos.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    with contextlib.suppress(AssertionError):
        call(book, "lint", "--fix", "--no-vale", "--no-cache", "draft.md", before=killed)
    assert len(list_litter(book)) >= 1 and (book / "draft.md").read_text() == "We utilize it.\n"
    assert call(book, "lint", "--fix", "--no-vale", "draft.md").returncode == 0
    assert list_litter(book) == [] and (book / "draft.md").read_text() == "We use it.\n"


DAMAGES = [
    lambda data: data[: len(data) // 2],
    lambda data: data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 16]) + data[len(data) // 2 + 1 :],
    lambda data: bytes(len(data)),
    lambda data: data.replace(b"utilize", b"utilise"),
    lambda data: b"(" + b"\xdb\x01\x00\x00\x00" * 50_000,
    lambda data: b"[" * 50_000,
]


def test_a_damaged_cache_changes_no_answer(book):
    for number in range(25):
        (book / f"{number}.md").write_text(f"We utilize it {number} times.\n")
    (book / "use.md").write_text("---\ntitle: We utilize it\n---\nutilize\n")
    arguments = ("lint", "--no-vale", "--format", "json", ".")
    right = call(book, *arguments).stdout
    assert len(json.loads(right)) >= 26
    kept = {path: path.read_bytes() for path in (book / ".cache").rglob("*") if path.is_file()}
    assert {path.parent.name for path in kept} >= {"lexicon", "results"}
    for damage in DAMAGES:
        for path, data in kept.items():
            path.write_bytes(damage(data))
        assert call(book, *arguments).stdout == right
        assert call(book, "check").returncode == 0
