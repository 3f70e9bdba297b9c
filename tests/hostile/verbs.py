"""Hostile commands: odd options, values and paths for every verb."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from hostile.names import put_book
from hostile.trial import Case
from repository import Repository

REVISIONS = (
    "",
    " ",
    "-",
    "--",
    "--output=stolen",
    "-O/tmp",
    "HEAD@{99999}",
    "HEAD~99999",
    "a..b",
    "...",
    ":/",
    ":",
    "@{",
    "^",
    "HEAD:drafts",
    "0" * 40,
    "f" * 40,
    "\n",
    "a\nb",
    "HEAD --",
    "refs/heads/*",
    "a" * 5000,
    "\udcff",
    "HEAD^{/a}",
    "HEAD^{tree}",
    "$(touch stolen)",
    "--upload-pack=a",
    "@{-1}",
    "main@{yesterday}",
)
WORDS = (
    "",
    " ",
    "-",
    "use",
    "Brand.use",
    "brand.USE",
    "Brand.",
    ".",
    "..",
    "../../etc/passwd",
    "/",
    "terms/use",
    "terms/",
    "/use",
    "none",
    "(a+)+$",
    "[",
    "\\",
    "%s",
    "{0}",
    "a" * 100_000,
    "\n",
    "\udcff",
    "\x1b[31m",
    "::error::a",
    "Vale.Spelling",
    "unsourced-number",
    "file",
    "Suppression",
    "utilize\nutilize",
    "我们",
    "🙂",
)
FOLDERS = (
    "",
    " ",
    ".",
    "..",
    "/",
    "none",
    "drafts",
    "terminology",
    "terminology/good.yaml",
    "/dev/null",
    "/dev/zero",
    "/dev",
    "/proc/self",
    "a" * 5000,
    "a\nb",
    "\udcff",
    "-",
    "--",
    "~",
    "pipe",
    "loop",
)
FILES = (
    "",
    " ",
    ".",
    "..",
    "/",
    "none",
    "drafts",
    "drafts/good.md",
    "/dev/null",
    "/dev/zero",
    "/dev/full",
    "/dev/stdin",
    "pipe",
    "loop",
    "a" * 5000,
    "a/b/c",
    "a\nb",
    "\udcff",
    "-",
    "nested",
    "noise",
    "entries",
    "4gb",
    "link-out",
    "list",
    "number",
)
DAYS = (
    "",
    " ",
    "0001-01-01",
    "9999-12-31",
    "2024-02-30",
    "0000-00-00",
    "today",
    "-1",
    "2024-1-1",
    "10000-01-01",
    "٢٠٢٤-٠١-٠١",
    "1" * 5000,
)
FORMATS = ("", " ", "xml", "TEXT", "../json", "text.py", "__init__", "\udcff", "a" * 5000)
COUNTS = ("", "-1", "65536", "99999999999999999999", "a", "1e3", "0x10", " ")
BASELINES = {
    "nested": "[" * 100_000,
    "noise": "\0\1\2",
    "entries": '{"version": 1, "entries": [1, null, {}, [], {"path": 1}, {"path": {}, "count": -1}]}',
    "list": "[]",
    "number": "9" * 5000,
}


def put_repository(folder: Path) -> None:
    """A handbook in a repository with a commit, and files that are none."""
    put_book(lambda place: None)(folder)
    (folder / "drafts").mkdir()
    (folder / "drafts" / "good.md").write_text("We utilize it.\n")
    repository = Repository(folder)
    repository.commit("2026-01-01", {})
    os.mkfifo(folder / "pipe")
    (folder / "loop").symlink_to("loop")
    (folder / "link-out").symlink_to("../book/terminology/good.yaml")
    for name, text in BASELINES.items():
        (folder / name).write_text(text)
    with (folder / "4gb").open("wb") as file:
        file.truncate(2**32)


def call(*command: str, neighbor: str = "", **more: object) -> Case:
    """A case of one command in such a repository."""
    name = " ".join(part if len(part) < 60 else f"{part[:9]}...({len(part)})" for part in command)
    return Case(
        f"onevoice {name!r}",
        put_repository,
        command,
        "here",
        neighbor,
        (0, 1, 2, 3),
        is_outside=True,
        shared=False,
        **more,
    )


def iter_cases() -> Iterator[Case]:
    """All of this family."""
    for revision in REVISIONS:
        yield call("lint", "--no-vale", "--since", revision, "drafts")
        yield call("impact", "--since", revision)
    for word in WORDS:
        yield call("explain", word)
        yield call("explain", "--regex", "--", word)
        yield call("sign", "--as", "sales", "--", word)
    for folder in FOLDERS:
        yield call("lint", "--no-vale", "--handbook", folder, "drafts/good.md")
        yield call("check", "--handbook", folder)
        if folder != "/":  # It would read the whole machine.
            yield call("prove", "--", folder)
    for folder in ("", "none", "/dev/null", "loop", "drafts"):
        for verb in (
            ("build", "--dry-run"),
            ("digest",),
            ("impact",),
            ("doctor",),
            ("sign", "use", "--as", "sales"),
            ("serve",),
            ("explain", "use"),
            ("baseline", "update", "b.json"),
        ):
            if (verb, folder) != (("serve",), ""):  # It would serve.
                yield call(*verb, "--handbook", folder)
    for file in FILES:
        yield call("lint", "--no-vale", "--baseline", file, "drafts/good.md")
        yield call("lint", "--no-vale", "--comment", file, "drafts/good.md")
        if file.startswith("/"):
            continue  # What writes is never sent out of its folder: a test may run as root.
        yield call("baseline", "update", "--no-vale", "--", file, "drafts")
        yield call("lint", "--no-vale", "--comment", f"{file}.docx", "none.docx")
        yield call("lint", "--no-vale", "--fix", "--", file)
        yield call("lint", "--no-vale", "--diff", "--", file)
    for day in DAYS:
        yield call("digest", "--since", day)
    for form in FORMATS:
        yield call("lint", "--no-vale", "--format", form, "drafts")
        yield call("digest", "--format", form)
        yield call("lint", "--no-vale", "--fail-on", form, "drafts")
        yield call("build", "--engine", form)
    for count in COUNTS:
        yield call("serve", "--port", count)
    for options in (
        ("--fix", "--diff"),
        ("--fix", "-"),
        ("--diff", "-"),
        ("-", "-"),
        ("--fix", "-", "drafts"),
        ("--since", "HEAD", "-"),
        ("--no-vale", "--require-vale"),
        ("--comment", "a.docx"),
        ("--no-cache", "--no-cache"),
        ("--format", "json", "--format", "sarif"),
        ("--unknown",),
        ("--",),
        ("-x",),
        ("--fix=a",),
        ("--=a",),
    ):
        yield call("lint", *options)
        yield call("lint", "--no-vale", *options, "drafts/good.md")
    yield call("lint", "--no-vale", *["drafts/good.md"] * 5000, neighbor="good.md:1:4  error")
    yield call("lint", "--no-vale", *[f"none{number}.md" for number in range(5000)])
    yield call(
        "lint", "--no-vale", "drafts", "drafts/../drafts", "./drafts", "{here}/drafts", neighbor="good.md:1:4  error"
    )
    for verb in (
        "",
        " ",
        "none",
        "Lint",
        "lint ",
        "../lint",
        "_terminal",
        "__init__",
        "--help",
        "--version",
        "-h",
        "--none",
        "-",
        "--",
        "\udcff",
        "a" * 5000,
    ):
        yield call(verb)
    for verb in (
        "baseline",
        "build",
        "check",
        "digest",
        "doctor",
        "explain",
        "impact",
        "lint",
        "prove",
        "serve",
        "sign",
    ):
        yield call(verb, "--help")
        yield call(verb, "--none")
        yield call(verb, "\udcff", "\udcfe", "\udcfd")
    yield call("check", "--strict")
    yield call("baseline")
    yield call("baseline", "none")
    yield call("baseline", "update")
