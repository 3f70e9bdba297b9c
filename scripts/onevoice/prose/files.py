"""Which files to lint, and what is in them."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

from onevoice import limits
from onevoice.errors import OnevoiceError
from onevoice.prose.formats import EXTRA, find_ending, find_format, needs_extra

# Folders of other people's or generated files. Hidden folders (.git, .venv) are left out too.
_SKIPPED_FOLDERS = {"node_modules", "build", "__pycache__", "venv", "site-packages"}

# What people write in and we cannot read: named before images and code. And how many kinds are named.
_DOCUMENTS = {
    *(".pdf", ".doc", ".dot", ".rtf", ".odt", ".pages", ".wpd", ".wps", ".ppt", ".pps", ".odp", ".key", ".pub"),
    *(".xls", ".xlsx", ".xlsm", ".ods", ".numbers", ".csv", ".tsv", ".msg", ".eml", ".mbox", ".one", ".vsd", ".vsdx"),
    *(".rst", ".adoc", ".asciidoc", ".org", ".textile", ".tex", ".epub", ".wiki", ".mediawiki", ".ipynb", ".xml"),
    *(".indd", ".idml", ".srt", ".vtt", ".po", ".strings", ".xlf", ".xliff", ".mhtml", ".mht", ".xhtml", ".gdoc"),
}
_LABELS = {".pdf": "PDF", "": "without an ending"}
MAX_SHOWN_KINDS = 6


def expand_paths(
    paths: Sequence[str],
    root: Path,
    unread: dict[str, int] | None = None,
    find_ignored: Callable[[Path], Collection[str]] = lambda folder: (),
) -> list[str]:
    """The files in these files and folders, each once, as the user named them, with slashes.

    paths: relative to `root`, or absolute. A file is always taken; of a folder, the files with a known ending, in the
        order of their names. unread: the other files of folders are counted here, by their endings in lowercase.
        find_ignored: the files and folders to pass over in a folder, by their paths from there with slashes.
        Raises OnevoiceError for a path that does not exist.
    """
    found, skipped = list_files(paths, root, find_ignored)
    if unread is not None:
        for name in skipped:
            ending = find_ending(name).lower()
            unread[ending] = unread.get(ending, 0) + 1
    return found


def list_files(
    paths: Sequence[str], root: Path, find_ignored: Callable[[Path], Collection[str]] = lambda folder: ()
) -> tuple[list[str], set[str]]:
    """What `expand_paths` finds, and the names of the other files of folders."""
    # Names rather than paths: pathlib takes as long for a thousand files as all else that is done before they're read.
    found: dict[str, None] = {}
    skipped: set[str] = set()
    for path in paths:
        named = Path(path)
        place = root / named
        if place.is_dir():
            inside: list[list[str]] = []
            for inner, is_known in iter_folder_files(place, find_ignored):
                if is_known:
                    inside.append(inner.split("/"))
                else:
                    skipped.add(os.path.join(place, inner))  # noqa: PTH118
            start = "" if named == Path() else f"{named.as_posix().rstrip('/')}/"
            found.update(dict.fromkeys(start + "/".join(parts) for parts in sorted(inside)))
        elif place.exists():
            found[named.as_posix()] = None
        else:
            raise OnevoiceError(f"{path}: there is no such file or folder. Check the spelling.")
    # A folder may be named twice, once with another one around it.
    return list(found), {os.path.normpath(name).replace(os.sep, "/") for name in skipped}


def iter_folder_files(folder: Path, find_ignored: Callable[[Path], Collection[str]]) -> Iterator[tuple[str, bool]]:
    """The files of a folder by their paths from there with slashes, in order, and whether we read files of their kind.

    No more is held at a time than the names in the open folders.
    """
    passed_over = find_ignored(folder)
    # A loop rather than calls: folders may be deeper than Python's stack.
    waiting = [("", _list_names(os.fspath(folder)))]
    while waiting:
        inner, names = waiting[-1]
        if not names:
            waiting.pop()
            continue
        path = inner + names.pop()
        if path.rstrip("/") in passed_over:
            continue
        if path.endswith("/"):
            waiting.append((path, _list_names(os.path.join(folder, path))))  # noqa: PTH118
        else:
            yield path, find_format(path) is not None


def _list_names(folder: str) -> list[str]:
    """The names in a folder that aren't passed over, the last one first."""
    names = []
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if not _is_folder(entry):
                if not is_hidden_file(entry.name):
                    names.append(entry.name)
            elif not is_skipped_folder(entry.name) and not entry.is_symlink():
                # In the order of whole paths, the slash counts, too.
                names.append(f"{entry.name}/")
    return sorted(names, reverse=True)


def is_skipped_folder(name: str) -> bool:
    """Whether a folder with this name is passed over in another one: it's hidden, other people's, or generated."""
    return name in _SKIPPED_FOLDERS or name.startswith(".")


def is_hidden_file(name: str) -> bool:
    """Whether a file with this name is passed over in a folder. `~$` marks the note that Word leaves next to one."""
    return name.startswith((".", "~$"))


def is_document_name(path: str) -> bool:
    """Whether people write in files of this kind, though we may not be able to read it."""
    return find_ending(path).lower() in _DOCUMENTS


def describe_unread(counts: Mapping[str, int]) -> str:
    """The files that can't be read, as `12 PDF, 3 .msg, 7 others`: documents first; "" if there are none.

    counts: by ending in lowercase; "" are names without one.
    """
    order = sorted(counts, key=lambda ending: (ending not in _DOCUMENTS, -counts[ending], ending))
    parts = [f"{counts[ending]} {_describe_kind(ending)}" for ending in order[:MAX_SHOWN_KINDS]]
    if rest := sum(counts[ending] for ending in order[MAX_SHOWN_KINDS:]):
        parts.append(f"{rest} other{'s' * (rest != 1)}")
    return ", ".join(parts)


def _describe_kind(ending: str) -> str:
    label = _LABELS.get(ending, ending)
    return f"{label} (install {EXTRA} to read them)" if needs_extra(f"x{ending}") else label


def read_file_bytes(path: Path | str) -> bytes:
    """What is in a file. Raises OnevoiceError if it cannot be read, is no regular file, or is larger than any document.

    A pipe would make us wait forever, and a device or a sparse file would fill the memory.
    """
    try:
        found = os.stat(path)  # noqa: PTH116 - a name needn't become a path
        if not stat.S_ISREG(found.st_mode):
            raise OnevoiceError(f"{_show(path)}: cannot be read (not a regular file). Leave it out.")
        if found.st_size > limits.MAX_FILE_BYTES:
            raise OnevoiceError(
                f"{_show(path)}: cannot be read ({found.st_size >> 20} MB; "
                f"at most {limits.MAX_FILE_BYTES >> 20} MB are). Split it, or leave it out."
            )
        # Path.read_bytes makes four calls of the system more for each file.
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            return file.read()
    except OSError as error:
        raise OnevoiceError(f"{_show(path)}: cannot be read ({error.strerror or error}). Check the file.") from None


def _show(path: Path | str) -> str:
    return Path(path).as_posix()


def is_path_inside(path: Path, root: Path) -> bool:
    """Whether a path, links followed, leads to something below a folder."""
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return False  # a link in a circle


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False  # A link in a circle; reading it says so.
