"""`onevoice check` a second time: what is kept says the same as a check that has nothing kept, whatever was edited."""

import marshal
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from handbook.test_broken import BROKEN
from handbook.test_broken import write as write_case
from onevoice import cache
from onevoice.commands import cli
from onevoice.lint import selftest
from onevoice.run import ahead, check, inspect, lexicon
from rounds import choose_count

TERM = """\
  - id: {0}
    preferred: {0} unit
    definition: What it means.
    avoid:
      - term: {0} thing
        why: It's longer.
      - {0} stuff
"""
WORDS = ("amber", "basalt", "cedar", "delta", "ember", "fjord")
FILES = {
    "content/brand.yaml": "brand:\n  name: Fernway\n  review: {default: 6 months}\n",
    "content/identity.yaml": """\
identity:
  logos:
    - {name: Main, file: identity/logo.svg, alt: The word Fernway, use: Always.}
  colors:
    - {name: Ink, hex: "#123456", use: Text.}
""",
    "content/identity/logo.svg": '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z" fill="#123456"/></svg>',
    **{
        f"terminology/part{number}.yaml": "terms:\n" + "".join(TERM.format(word) for word in WORDS[number::3])
        for number in range(3)
    },
}
# What may be written over a place in a file: mistakes of all kinds, and words that other terms have.
PIECES = (
    *("amber stuff", "cedar unit", "", "\n", "  - ", "\t", ": ", "'", "#x", "id: amber", "status: retired\n    "),
    *("reviewed: {date: 2026-01-01}\n    ", "case: exact\n    ", "nonsense: 1\n    ", "é", "“", "[", "\x00"),
)


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def run(*args, cache_folder: Path, today="2026-11-21") -> tuple[int, str, str]:
    env = {"ONEVOICE_CACHE": str(cache_folder), "ONEVOICE_TODAY": today}
    result = CliRunner().invoke(cli, ["check", *args], env=env, standalone_mode=False)
    assert result.exception is None, result.exception
    return result.return_value, result.stdout, result.stderr


def edit(dice: random.Random, folder: Path) -> None:
    """Change something, as a person or a program might."""
    path = dice.choice(sorted(path for path in folder.rglob("*") if path.is_file()))
    way = dice.randrange(8)
    if way == 0:
        path.rename(path.with_name(dice.choice(("other.yaml", "other.yaml.txt", "part1.yml", "logo.svg"))))
    elif way == 1 and path.suffix == ".svg":
        path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><text>{dice.random()}</text></svg>')
    elif way == 2:
        path.unlink()
        path.symlink_to(folder.parent / "outside.svg")
    elif way == 3:
        path.write_bytes(b"")
    else:
        text = path.read_bytes().decode("utf-8")
        at = dice.randrange(len(text) + 1)
        path.write_text(text[:at] + dice.choice(PIECES) + text[at + dice.choice((0, 0, 1, 5)) :], "utf-8")


@pytest.mark.parametrize("seed", range(choose_count(6, 200)))
def test_what_is_kept_says_what_a_new_check_says(tmp_path, seed):
    dice = random.Random(seed)
    (tmp_path / "outside.svg").write_text(FILES["content/identity/logo.svg"])
    folder, states = tmp_path / "book", []
    for step in range(12):
        # Some edits are made in a whole handbook, some on top of others; some are taken back.
        if step % 4 == 0:
            for path in [path for path in folder.rglob("*") if not path.is_dir()]:
                path.unlink()
            write(folder, FILES)
        else:
            edit(dice, folder)
        args = [*(["--strict"] if dice.random() < 0.3 else []), "--handbook", str(folder)]
        today = dice.choice(("2026-11-21", "2026-11-21", "2027-03-01"))
        if not any(folder.glob("terminology/*.y*ml")):
            continue
        fresh = run(*args, cache_folder=tmp_path / f"fresh{step}", today=today)
        kept = [run(*args, cache_folder=tmp_path / "kept", today=today) for _ in range(2)]
        assert kept == [fresh, fresh]
        states.append(fresh)
    assert len(states) > 3


def test_a_check_of_an_unchanged_handbook_reads_no_record(tmp_path, monkeypatch):
    folder = write(tmp_path / "book", FILES)
    first = run("--handbook", str(folder), cache_folder=tmp_path / "kept")
    monkeypatch.setattr(check, "_make_report", None)
    assert run("--handbook", str(folder), cache_folder=tmp_path / "kept") == first


@pytest.mark.parametrize("name", ["terminology/part1.yaml", "content/identity/logo.svg", "content/identity.yaml"])
def test_each_file_counts(tmp_path, monkeypatch, name):
    folder = write(tmp_path / "book", FILES)
    run("--handbook", str(folder), cache_folder=tmp_path / "kept")
    (folder / name).write_text(f"{(folder / name).read_text()}\n")
    asked = []
    make = check._make_report
    monkeypatch.setattr(check, "_make_report", lambda *args: asked.append(args) or make(*args))
    run("--handbook", str(folder), cache_folder=tmp_path / "kept")
    assert len(asked) == 1


def test_what_someone_saves_meanwhile_is_not_kept_for_what_was_there(tmp_path, monkeypatch):
    folder = write(tmp_path / "book", FILES)
    make = check._make_report

    def save_and_make(*args):
        (folder / "terminology/part0.yaml").write_text("terms: oops\n")
        return make(*args)

    monkeypatch.setattr(check, "_make_report", save_and_make)
    assert "oops" not in run("--handbook", str(folder), cache_folder=tmp_path / "kept")[1]
    monkeypatch.setattr(check, "_make_report", make)
    write(folder, FILES)
    fresh = run("--handbook", str(folder), cache_folder=tmp_path / "fresh")
    assert fresh[0] == 0
    assert run("--handbook", str(folder), cache_folder=tmp_path / "kept") == fresh


DAMAGES = {"empty": b"", "zeros": bytes(9), "noise": b"nonsense", "brackets": b"[" * 5000}
STRANGE = {
    "a number": 5,
    "too few": ([], []),
    "no findings": (5, {}, (), ""),
    "other columns": (([[1]], [(1,)]), {}, (), ""),
}


def damage(tmp_path, make) -> None:
    folder = write(tmp_path / "book", FILES)
    first = run("--handbook", str(folder), cache_folder=tmp_path / "kept")
    (entry,) = (tmp_path / "kept" / check.CACHE_SECTION).iterdir()
    entry.write_bytes(make(entry))
    assert run("--handbook", str(folder), cache_folder=tmp_path / "kept") == first


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_report_is_made_again(tmp_path, name):
    damage(tmp_path, lambda entry: DAMAGES[name])


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_report_is_made_again(tmp_path, name):
    data = marshal.dumps(STRANGE[name])
    damage(tmp_path, lambda entry: cache._sum_bytes(entry, data) + data)


@pytest.mark.parametrize(
    ("old", "new", "is_tried"),
    [
        ("It's longer.", "It isn't ours.", False),
        ("What it means.", "What we mean.", False),
        ("term: amber thing", "term: amber thingy", True),
        ("- amber stuff", "- {term: amber stuff, use: amber units}", True),
        ("preferred: amber unit", "preferred: amber unit\n    case: exact", True),
        ("preferred: amber unit", "preferred: amber unit\n    status: retired", True),
        ("- amber stuff", "- {term: amber stuff, since: 2026-12-01}", True),
    ],
)
def test_words_are_tried_once(tmp_path, monkeypatch, old, new, is_tried):
    folder, asked = write(tmp_path / "book", FILES), []
    run("--handbook", str(folder), cache_folder=tmp_path / "kept")
    monkeypatch.setattr(selftest, "run_selftest", lambda *args: asked.append(args) or ())
    path = folder / "terminology/part0.yaml"
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    assert run("--handbook", str(folder), cache_folder=tmp_path / "kept")[0] == 0
    assert bool(asked) == is_tried


def test_a_lexicon_whose_words_are_lost_is_made_again(tmp_path, monkeypatch):
    folder = write(tmp_path / "book", FILES)
    monkeypatch.setenv("ONEVOICE_CACHE", str(tmp_path / "kept"))
    key, made = lexicon.hash_records(folder), lexicon.read_lexicon(folder)
    known = lexicon.recall_lexicon(folder, key)
    assert [*known.matcher.compiled.patterns] == [*made.matcher.compiled.patterns]
    (entry,) = (tmp_path / "kept" / lexicon.WORDS_SECTION).iterdir()
    for damage in (lambda: entry.write_bytes(b"junk"), entry.unlink):
        damage()
        assert lexicon.recall_lexicon(folder, key) is None
        assert [*lexicon.read_lexicon(folder).matcher.compiled.patterns] == [*made.matcher.compiled.patterns]


@pytest.mark.rounds
def test_two_processes_say_what_one_says(tmp_path, monkeypatch):
    step = max(1, len(BROKEN) // choose_count(60, len(BROKEN)))
    for number, case in enumerate(BROKEN[::step]):
        folder = write_case(tmp_path / str(number), case["files"], case.get("encoding", "utf-8"))
        said = []
        for least in (10**9, 0):
            monkeypatch.setattr(inspect, "PARALLEL_RECORDS", least)
            monkeypatch.setattr(ahead, "PARALLEL_BYTES", least)
            said.append(run("--handbook", str(folder), cache_folder=tmp_path / f"cache-{number}-{least}"))
        assert said[0] == said[1], case["id"]
