"""What a run remembers of the last one, two processors, and a run that is ended early."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TERMS = """\
terms:
  - id: use
    preferred: use
    definition: To do something with a thing.
    part_of_speech: verb
    avoid:
      - utilize
      - {term: leverage, since: 2026-12-01}
      - {term: synergize, error_from: 2026-12-01}
"""


@pytest.fixture
def book(tmp_path):
    """A handbook of words, and documents in which words of all kinds stand."""
    (tmp_path / "terminology").mkdir()
    (tmp_path / "terminology" / "terms.yaml").write_text(TERMS)
    (tmp_path / "docs").mkdir()
    for number in range(40):
        text = f"# Page {number}\n\n" + "We talk about it all day. " * (40 * number)
        words = ("utilize", "leverage", "synergize", "use")[number % 4]
        (tmp_path / "docs" / f"{number}.md").write_text(f"{text}\n\nWe {words} it. {'漏 ' * number}\n")
    (tmp_path / "docs" / "off.md").write_text(
        "<!-- vale Brand.use = NO --><!-- because: law -->\n\nWe utilize it.\n\n<!-- vale Brand.use = YES -->\n"
    )
    (tmp_path / "docs" / "broken.md").write_bytes(b"caf\xe9")
    return tmp_path


def environment(book, **more):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ONEVOICE_", "GITHUB_"))}
    own = {"PYTHONPATH": str(ROOT / "scripts"), "ONEVOICE_TODAY": "2026-11-22", "ONEVOICE_CACHE": str(book / ".cache")}
    return {**kept, **own, **more}


def lint(book, *args, form="json", **env):
    command = [sys.executable, "-m", "onevoice", "lint", "--no-vale", "--format", form, "docs", *args]
    done = subprocess.run(command, cwd=book, env=environment(book, **env), capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert done.returncode == 1, done.stderr
    return done.stdout


def levels(out):
    return [(one["path"], one["match"], one["level"]) for one in json.loads(out)]


def test_the_same_from_memory_again_and_without(book):
    first = lint(book)
    assert len(json.loads(first)) == 21
    assert any((book / ".cache" / "results").iterdir())
    assert lint(book) == first
    assert lint(book, "--no-cache") == first


@pytest.mark.parametrize("form", ["text", "json", "github", "gitlab", "sarif"])
def test_the_same_on_one_processor_and_on_two(book, form):
    runs = [(count, seed) for count in ("1", "2") for seed in ("1", "2")]
    outputs = {
        lint(book, "--no-cache", form=form, ONEVOICE_PROCESSORS=count, PYTHONHASHSEED=seed) for count, seed in runs
    }
    assert len(outputs) == 1
    from onevoice.run import pieces

    size = sum(path.stat().st_size for path in (book / "docs").iterdir())
    assert size > pieces.PARALLEL_BYTES, "these documents are not worth a second process"


def test_the_same_where_a_process_cannot_be_copied(book):
    script = "from onevoice import process; from onevoice.commands import main; process.START_METHOD = 'spawn'; main()"
    options = ["lint", "--no-vale", "--no-cache", "--format", "json", "docs"]
    env = environment(book, ONEVOICE_PROCESSORS="2")
    done = subprocess.run(
        [sys.executable, "-c", script, *options], cwd=book, env=env, capture_output=True, text=True, check=False
    )
    assert done.stderr.count("Traceback") == 0
    assert done.stdout == lint(book, "--no-cache", ONEVOICE_PROCESSORS="1")


def test_a_changed_file_is_checked_again(book):
    before = levels(lint(book))
    (book / "docs" / "3.md").write_text("We utilize it.\n")
    assert sorted([*before, ("docs/3.md", "utilize", "error")]) == sorted(levels(lint(book)))


def test_the_same_bytes_under_another_name(book):
    lint(book)
    (book / "docs" / "0.md").rename(book / "docs" / "zero.md")
    assert "docs/zero.md" in [path for path, *_ in levels(lint(book))]


def test_changed_terms_are_noticed(book):
    lint(book)
    (book / "terminology" / "terms.yaml").write_text(TERMS.replace("- utilize", "- employ"))
    assert "utilize" not in [match for _, match, _ in levels(lint(book))]


def test_days_on_which_a_word_begins_to_count_are_noticed(book):
    before = levels(lint(book))
    assert before == levels(lint(book, ONEVOICE_TODAY="2026-11-30"))
    after = levels(lint(book, ONEVOICE_TODAY="2026-12-01"))
    assert "leverage" not in [match for _, match, _ in before]
    assert "leverage" in [match for _, match, _ in after]
    assert {level for _, match, level in before if match == "synergize"} == {"warning"}
    assert {level for _, match, level in after if match == "synergize"} == {"error"}


def test_a_damaged_memory_is_made_again(book):
    first = lint(book)
    for path in (book / ".cache" / "results").iterdir():
        path.write_bytes(b"damaged")
    assert lint(book) == first


def test_a_memory_that_cannot_be_written_costs_only_time(book):
    (book / ".cache").write_text("a file in the way")
    assert len(json.loads(lint(book))) == 21


def test_a_closed_pipe_ends_it_quietly(book):
    many = book / "docs" / "many.md"
    many.write_text("We utilize it.\n\n" * 20_000)
    command = [sys.executable, "-m", "onevoice", "lint", "--no-vale", "docs/many.md"]
    with subprocess.Popen(
        command, cwd=book, env=environment(book), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout.readline().startswith(b"docs/many.md:1:4  error")
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
        assert process.wait(60) in (0, 1)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise")
def test_ctrl_c_ends_it_quietly(book):
    many = book / "docs" / "many.md"
    many.write_text("We utilize it, and so do they.\n\n" * 60_000)
    (book / "docs" / "more.md").write_bytes(many.read_bytes())
    command = [sys.executable, "-m", "onevoice", "lint", "--no-vale", "--no-cache", "docs"]
    env = environment(book, ONEVOICE_PROCESSORS="2")
    with subprocess.Popen(
        command, cwd=book, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        time.sleep(1.5)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
        assert b"Traceback" not in err
        assert process.returncode in (130, 1)
        assert process.returncode == 1 or b"many.md" not in out
