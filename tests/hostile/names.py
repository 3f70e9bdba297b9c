"""Hostile names and folders: what is no file, what is very large, very deep, very many, or leads in circles."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

from hostile.trial import GOOD, TERM, Case

BAD = b"We utilize that.\n"
NAMES = {
    "a newline": b"a\nb.md",
    "a return": b"a\rb.md",
    "not UTF-8": b"a\xff\xfe.md",
    "half a letter": b"a\xc3.md",
    "latin-1": b"caf\xe9.md",
    "255 bytes": b"a" * 252 + b".md",
    "a dash": b"-a.md",
    "two dashes": b"--fix.md",
    "an option": b"--handbook=x.md",
    "a command": b"::error::a.md",
    "a mask": b"::add-mask::a.md",
    "percent": b"%s%n%0A.md",
    "braces": b"{0}{a}.md",
    "brackets": b"[a].md",
    "[bold]": b"[bold]a.md",
    "backslash": b"a\\b.md",
    "quotes": b"a'\"`.md",
    "dollar": b"$(touch x).md",
    "semicolon": b"a;b&c|d.md",
    "blanks": b"  a  .md",
    "only a blank": b" .md",
    "a tab": b"a\tb.md",
    "an escape": b"\x1b[31ma.md",
    "a bell": b"\x07.md",
    "delete": b"\x7f.md",
    "right to left": "\u202edm.a.md".encode(),
    "zero width": "a\u200b.md".encode(),
    "a mark": "\ufeffa.md".encode(),
    "decomposed": "u\u0308.md".encode(),
    "next line": "a\u0085b.md".encode(),
    "separator": "a\u2028b.md".encode(),
    "emoji": "👩\u200d👧.md".encode(),
    "con": b"con.md",
    "aux": b"AUX.MD",
    "dots": b"...md",
    "a dot": b"a..md",
    "capitals": b"A.MD",
    "tilde": b"~.md",
    "a star": b"*.md",
    "colon": b"c:a.md",
    "html": b"<img src=x>.md",
    "comma": b"a,b.md",
    "hash": b"a#b.md",
    "question": b"a?b=c.md",
    "equals": b"a=b.md",
    "surrogate": b"\xed\xa0\x80.md",
    "Word's note": b"~$a.docx",
    "only ending": b".md",
    "noncharacter": "\uffff.md".encode(),
    "an ideograph 84 times": ("\u6211" * 84).encode() + b".md",
}


def put(folder: Path, name: bytes, data: bytes = BAD) -> None:
    """A file whose name is bytes."""
    with open(os.path.join(os.fsencode(folder), name), "wb") as file:  # noqa: PTH118, PTH123
        file.write(data)


def put_socket(folder: Path) -> None:
    """A socket with the name of a document."""
    here = os.open(folder, os.O_RDONLY)
    place = Path(f"/proc/self/fd/{here}/bad.md")  # The path of a socket may have 107 bytes.
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(place))
    os.close(here)


def put_sparse(folder: Path, size: int, name: str = "bad.md") -> None:
    """A file that takes no room and says that it is large."""
    with (folder / name).open("wb") as file:
        file.truncate(size)


def put_deep(folder: Path, depth: int, name: str = "d") -> None:
    """Folders in folders, with a document in the last; deeper than a path may be long."""
    before = os.open(".", os.O_RDONLY)
    try:
        os.chdir(folder)
        for _ in range(depth):
            Path(name).mkdir()
            os.chdir(name)
        Path("bad.md").write_bytes(BAD)
    finally:
        os.fchdir(before)
        os.close(before)


def put_many(folder: Path, count: int) -> None:
    """Very many small documents."""
    for number in range(count):
        (folder / f"{number}.md").write_bytes(b"Fine words.\n")


def link(name: str, target: str) -> Callable[[Path], None]:
    """A symbolic link."""
    return lambda folder: (folder / name).symlink_to(target)


def put_circle(folder: Path) -> None:
    """Links that lead to each other."""
    (folder / "a.md").symlink_to("b.md")
    (folder / "b.md").symlink_to("a.md")
    (folder / "c").symlink_to("d")
    (folder / "d").symlink_to("c")


def put_chain(folder: Path, count: int) -> None:
    """A link to a link to ... a document."""
    (folder / "0.md").write_bytes(BAD)
    for number in range(count):
        (folder / f"{number + 1}.md").symlink_to(f"{number}.md")


def put_closed(folder: Path) -> None:
    """Files and folders that only root may read."""
    (folder / "bad.md").write_bytes(BAD)
    (folder / "bad.md").chmod(0)
    (folder / "inside").mkdir()
    (folder / "inside" / "bad.md").write_bytes(BAD)
    (folder / "inside").chmod(0)


FOLDERS: dict[str, Callable[[Path], object]] = {
    "a pipe": lambda folder: os.mkfifo(folder / "bad.md"),
    "a pipe for Word": lambda folder: os.mkfifo(folder / "bad.docx"),
    "a socket": put_socket,
    "a folder for a document": lambda folder: (folder / "bad.md").mkdir(),
    "a link to a device": link("bad.md", "/dev/zero"),
    "a link to noise": link("bad.md", "/dev/urandom"),
    "a link to the terminal": link("bad.md", "/dev/tty"),
    "a link to standard input": link("bad.md", "/dev/stdin"),
    "a link to the memory": link("bad.md", "/proc/self/mem"),
    "a link to the environment": link("bad.md", "/proc/self/environ"),
    "a link to a map": link("bad.md", "/proc/self/pagemap"),
    "a link to nothing": link("bad.md", "none"),
    "a link to itself": link("bad.md", "bad.md"),
    "links to each other": put_circle,
    "a link to the folder above": link("up", ".."),
    "a link to its folder": link("here", "."),
    "a link to everything": link("root", "/"),
    "a link to all processes": link("proc", "/proc"),
    "30 links in a row": lambda folder: put_chain(folder, 30),
    "60 links in a row": lambda folder: put_chain(folder, 60),
    "a link to a long name": link("bad.md", "a" * 4000),
    "a hard link": lambda folder: os.link(folder.parent / "good.md", folder / "bad.md"),
    "a link out": link("bad.md", "/etc/passwd"),
    "4 GB of nothing": lambda folder: put_sparse(folder, 2**32),
    "8 EB of nothing": lambda folder: put_sparse(folder, 2**43),
    "128 MB of nothing": lambda folder: put_sparse(folder, 2**27),
    "4 GB of nothing in Word": lambda folder: put_sparse(folder, 2**32, "bad.docx"),
    "100 folders deep": lambda folder: put_deep(folder, 100),
    "1,500 folders deep": lambda folder: put_deep(folder, 1500),
    "a path of 5,000 bytes": lambda folder: put_deep(folder, 24, "d" * 200),
    "10,000 documents": lambda folder: put_many(folder, 10_000),
    "closed to us": put_closed,
    "a hidden folder": lambda folder: (folder / ".git").mkdir(),
    "a folder named build": lambda folder: (folder / "build").mkdir(),
    "files without an ending": lambda folder: put(folder, b"utilize"),
}
HEAVY = {"10,000 documents", "128 MB of nothing", "a link to everything"}
NAMED = {
    "a device": "/dev/zero",
    "noise": "/dev/urandom",
    "nothing": "/dev/null",
    "full": "/dev/full",
    "the terminal": "/dev/tty",
    "standard input": "/dev/stdin",
    "a descriptor": "/proc/self/fd/0",
    "a descriptor that is not there": "/proc/self/fd/99",
    "the memory": "/proc/self/mem",
    "the kernel's memory": "/proc/kcore",
    "the root": "/dev",
    "a pipe": "{here}/pipe.md",
    "a socket": "{here}/bad.md",
    "a folder": "{here}",
    "itself": "{here}/../{here}",
    "nowhere": "none.md",
    "a long name": "a" * 5000 + ".md",
    "long folders": "a/" * 3000 + "b.md",
    "a file as folder": "drafts/good.md/a.md",
    "a dot": ".",
    "two dots": "..",
    "a blank": " ",
    "empty": "",
    "a newline": "a\nb.md",
    "not UTF-8": "a\udcff.md",
    "an address": "https://example.com/a.md",
    "a star": "*",
    "tilde": "~",
    "null": "nul",
    "a dash in a path": "./-",
}


def put_named(folder: Path) -> None:
    """What the named paths lead to."""
    os.mkfifo(folder / "pipe.md")
    put_socket(folder)


def put_book(change: Callable[[Path], object]) -> Callable[[Path], None]:
    """A handbook of its own, changed."""

    def fill(folder: Path) -> None:
        (folder / "terminology").mkdir()
        (folder / "terminology" / "good.yaml").write_text(TERM)
        (folder / "content" / "pages").mkdir(parents=True)
        (folder / "content" / "identity").mkdir()
        (folder / "content" / "submissions").mkdir()
        (folder / "content" / "submissions" / "good.md").write_text(GOOD)
        (folder / "mkdocs.yml").write_text("site_name: a\ntheme: {name: material}\n")
        change(folder)

    return fill


def replace(path: str, make: Callable[[Path], object]) -> Callable[[Path], None]:
    """Put something else at a path of a handbook."""

    def change(folder: Path) -> None:
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.is_dir():
            place.rmdir()
        place.unlink(missing_ok=True)
        make(place)

    return change


STRANGE: dict[str, Callable[[Path], object]] = {
    "a pipe": os.mkfifo,
    "a folder": Path.mkdir,
    "a device": lambda place: place.symlink_to("/dev/zero"),
    "a link to nothing": lambda place: place.symlink_to("none"),
    "a link to itself": lambda place: place.symlink_to(place.name),
    "4 GB": lambda place: put_sparse(place.parent, 2**32, place.name),
    "noise": lambda place: place.write_bytes(bytes(range(256))),
}
PLACES = (
    "terminology/bad.yaml",
    "content/messages.yaml",
    "content/pages/bad.md",
    "content/identity/bad.svg",
    "content/submissions/bad.md",
    ".vale.ini",
    ".onevoice.yaml",
)
SITE_PLACES = (
    "mkdocs.yml",
    "build",
    "build/manifest.json",
    "build/site.stamp",
    "build/.lock",
    "build/docs",
    "build/site",
    "build/vale",
    "build/.site-old",
)


def iter_cases() -> Iterator[Case]:
    """All of this family."""
    for name, raw in NAMES.items():
        yield Case(f"name: {name}", lambda folder, raw=raw: put(folder, raw))
        yield Case(f"name of a folder: {name}", lambda folder, raw=raw: put_inside(folder, raw))
    for name, fill in FOLDERS.items():
        yield Case(f"folder: {name}", fill, heavy=name in HEAVY, shared=name not in HEAVY)
    for name, path in NAMED.items():
        lost = (
            path in ("none.md", "/dev/tty", "", " ", "*", "~", "nul", "./-", "a\nb.md", "a\udcff.md")
            or "aaaa" in path
            or "a/a" in path
            or ":" in path
            or "99" in path
            or (path == "/proc/kcore" and not Path(path).exists())
            or "{here}/.." in path
        )
        command = ("lint", "--no-vale", "--", "drafts/good.md", path)
        yield Case(
            f"path: {name}",
            put_named,
            command,
            shared=False,
            neighbor="" if lost or path.endswith(".md/a.md") else "good.md:1:4  error",
        )
    for form in ("json", "sarif", "github", "gitlab"):
        command = ("lint", "--no-vale", "--format", form, "{here}", "drafts/good.md")
        yield Case(
            f"names as {form}",
            lambda folder: [put(folder, raw) for raw in NAMES.values()],
            command,
            shared=False,
            neighbor="good.md",
        )
    for place in PLACES:
        for name, make in STRANGE.items():
            fill = put_book(replace(place, make))
            reads = place.startswith(("terminology", "content/messages", ".vale.ini", ".onevoice"))
            neighbor = "" if reads else "good.md:1:4  error"
            yield Case(
                f"{place}: {name}, lint", fill, ("lint", "--no-vale"), "here", neighbor, shared=False, is_outside=True
            )
            yield Case(f"{place}: {name}, check", fill, ("check",), "here", "", shared=False, is_outside=True)
    for place in SITE_PLACES:
        for name, make in STRANGE.items():
            fill = put_book(replace(place, make))
            yield Case(
                f"{place}: {name}, build", fill, ("build",), "here", "", shared=False, is_outside=True, heavy=True
            )
    for place in ("content/pages/bad.md", "content/identity/bad.svg", "terminology/bad.yaml"):
        for name, make in STRANGE.items():
            fill = put_book(replace(place, make))
            yield Case(
                f"{place}: {name}, build", fill, ("build",), "here", "", shared=False, is_outside=True, heavy=True
            )


def put_inside(folder: Path, raw: bytes) -> None:
    """A document in a folder with a hostile name."""
    inside = os.path.join(os.fsencode(folder), raw)  # noqa: PTH118
    os.mkdir(inside)  # noqa: PTH102
    with open(inside + b"/bad.md", "wb") as file:  # noqa: PTH123
        file.write(BAD)
