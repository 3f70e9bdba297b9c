"""What onevoice reads in Word and PowerPoint files next to python-docx, python-pptx and LibreOffice: a table of words.

    python bench/office.py FOLDER

This is why we read these files ourselves. The two libraries are asked for all that they offer as text: paragraphs,
tables in tables, headers and footers; shapes, groups, tables and notes. LibreOffice, if it is installed, opens each
file and writes it as flat OpenDocument, which has everything that it shows: body, tables, text boxes, notes, headers
and footers, slides. All texts become bags of words, because each has its own order of stories.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import pptx

from onevoice.errors import OnevoiceError
from onevoice.prose.block import OBJECT
from onevoice.prose.read import read_prose

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _OFFICE, _DRAW = f"{_OASIS}text:1.0}}", f"{_OASIS}office:1.0}}", f"{_OASIS}drawing:1.0}}"
_STYLE, _SVG, _SHOW = f"{_OASIS}style:1.0}}", f"{_OASIS}svg-compatible:1.0}}", f"{_OASIS}presentation:1.0}}"
# What no writer has written, and comments: the list of changes, the numbers of notes and slides.
_APART = ("annotation", "tracked-changes", "note-citation", "binary-data", "page-number")
_SPACES = {f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"}
_PARAGRAPHS = {f"{_TEXT}p", f"{_TEXT}h", f"{_SVG}desc"}
# A frame, a box or a note hangs in a paragraph, and has paragraphs of its own.
_HANGS = (_DRAW, f"{_TEXT}note", f"{_SVG}desc")
# What stands on every page of a text; the frames of a deck's pages are filled by its slides.
_EDGES = ("header", "footer", "header-first", "footer-first", "header-left", "footer-left")
_FRAME = ("date-time", "page-number", "header", "footer")


def find() -> str | None:
    """LibreOffice on this machine."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(program: str, files: list[Path], ending: str, folder: Path) -> list[Path]:
    """Let LibreOffice write files in another format into a folder; the new files, as far as it made them."""
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    command = [program, home, "--headless", "--convert-to", ending, "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=600, check=True)
    return [made for file in files if (made := folder / f"{file.stem}.{ending.partition(':')[0]}").is_file()]


def theirs(path: Path) -> Counter[str]:
    """The words of a flat OpenDocument file."""
    root = ElementTree.parse(path).getroot()
    reader = _Reader(root, deck=path.suffix == ".fodp")
    stories = [root.find(f"{_OFFICE}body")]
    used = {node.get(f"{_STYLE}master-page-name") for node in root.iter()} | {"Standard"}
    for page in root.iter(f"{_STYLE}master-page"):
        if path.suffix == ".fodt" and page.get(f"{_STYLE}name") in used:
            stories += [edge for name in _EDGES for edge in page.iter(f"{_STYLE}{name}")]
    return Counter(word for story in stories for text in reader.paragraphs(story) for word in text.split())


class _Reader:
    """Reads what is shown, without what a change has deleted, and what a style hides."""

    def __init__(self, root: ElementTree.Element, *, deck: bool) -> None:
        self._deck, self._inside = deck, set()
        self._gone = {
            region.get(f"{_TEXT}id")
            for region in root.iter(f"{_TEXT}changed-region")
            if region.find(f"{_TEXT}deletion") is not None
        }
        self._hidden = {
            style.get(f"{_STYLE}name")
            for style in root.iter(f"{_STYLE}style")
            for look in style.iter(f"{_STYLE}text-properties")
            if look.get(f"{_TEXT}display") == "none"
        }

    def paragraphs(self, node: ElementTree.Element, notes: bool = False) -> Iterator[str]:
        notes = notes or node.tag == f"{_SHOW}notes"
        if self._apart(node) or (notes and node.get(f"{_SHOW}class") in _FRAME):
            return
        if node.tag in _PARAGRAPHS:
            yield "".join(self._words(node))
        for kid in node:
            yield from self.paragraphs(kid, notes)

    def _apart(self, node: ElementTree.Element) -> bool:
        name = node.tag.rpartition("}")[2]
        return name in _APART and (self._deck or name != "page-number")

    def _words(self, node: ElementTree.Element) -> Iterator[str]:
        hidden = node.get(f"{_TEXT}style-name") in self._hidden
        yield self._seen(node.text, hidden)
        for kid in node:
            if kid.tag == f"{_TEXT}change-start":
                self._inside |= {kid.get(f"{_TEXT}change-id")} & self._gone
            elif kid.tag == f"{_TEXT}change-end":
                self._inside.discard(kid.get(f"{_TEXT}change-id"))
            elif kid.tag in _SPACES:
                yield " "
            elif kid.tag == f"{_DRAW}a" or not (self._apart(kid) or kid.tag.startswith(_HANGS)):
                yield from self._words(kid)
            yield self._seen(kid.tail, hidden)

    def _seen(self, text: str | None, hidden: bool) -> str:
        return "" if hidden or self._inside else text or ""


def ours(path: Path) -> Counter[str]:
    """The words that onevoice reads."""
    try:
        prose = read_prose(path.name, path.read_bytes())
    except OnevoiceError:
        return Counter()
    return Counter(word for block in prose.blocks for word in block.text.replace(OBJECT, " ").split())


def read_with_library(path: Path) -> Counter[str]:
    """The words that python-docx or python-pptx offers as text; none of a file that it cannot open."""
    read = _iter_docx_texts if path.suffix.lower() == ".docx" else _iter_pptx_texts
    try:
        return Counter(word for text in read(path) for word in text.split())
    except Exception:  # of what is in a broken file each library raises what it meets
        return Counter()


def _iter_docx_texts(path: Path) -> Iterator[str]:
    document = docx.Document(str(path))
    yield from _iter_story_texts(document)
    for section in document.sections:
        for name in ("header", "footer"):
            for edge in (f"first_page_{name}", f"even_page_{name}", name):
                story = getattr(section, edge)
                if not story.is_linked_to_previous:
                    yield from _iter_story_texts(story)


def _iter_story_texts(story: Any) -> Iterator[str]:
    for block in story.iter_inner_content():
        if hasattr(block, "rows"):
            # Cells that are merged are there once for each place that they take.
            cells = {cell._tc: cell for row in block.rows for cell in row.cells}
            for cell in cells.values():
                yield from _iter_story_texts(cell)
        else:
            yield block.text


def _iter_pptx_texts(path: Path) -> Iterator[str]:
    for slide in pptx.Presentation(str(path)).slides:
        yield from _iter_shape_texts(slide.shapes)
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame:
            yield slide.notes_slide.notes_text_frame.text


def _iter_shape_texts(shapes: Any) -> Iterator[str]:
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _iter_shape_texts(shape.shapes)
        elif shape.has_text_frame:
            yield shape.text_frame.text
        elif shape.has_table:
            yield from (cell.text for row in shape.table.rows for cell in row.cells)


def convert_all(program: str, files: list[Path], folder: Path) -> dict[str, Path]:
    """The files as LibreOffice writes them, by their stems."""
    made = {}
    for kind, ending in ((".docx", "fodt"), (".pptx", "fodp")):
        some = [path for path in files if path.suffix.lower() == kind]
        made |= {path.stem: path for path in (convert(program, some, ending, folder) if some else ())}
    return made


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, usage="%(prog)s FOLDER"
    )
    parser.add_argument("folder", type=Path, help="with .docx and .pptx files, at any depth")
    folder = parser.parse_args().folder
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".docx", ".pptx"))
    program = find()
    if not program:
        print("LibreOffice is not on this machine: its columns stay empty", file=sys.stderr)
    heads = (
        "file",
        "seconds",
        "words, ours",
        "the library",
        "it misses",
        "it adds",
        "LibreOffice",
        "it misses",
        "it adds",
    )
    print(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    total, missing, incomplete = 0, 0, 0
    with tempfile.TemporaryDirectory() as place:
        made = convert_all(program, files, Path(place)) if program else {}
        for path in files:
            start = time.perf_counter()
            mine = ours(path)
            took = time.perf_counter() - start
            library = read_with_library(path)
            other = theirs(made[path.stem]) if path.stem in made else None
            total, missing = total + mine.total(), missing + (mine - library).total()
            incomplete += bool(mine - library)
            cells = [f"{took:.2f}", mine.total(), library.total(), _list(mine - library), _list(library - mine)]
            cells += ["", "", ""] if other is None else [other.total(), _list(mine - other), _list(other - mine)]
            print(f"| {path.name} | {' | '.join(map(str, cells))} |")
    print(f"\nThe libraries miss {missing:,} of {total:,} words, in {incomplete} of {len(files)} files.")
    return 0


def _list(words: Counter[str]) -> str:
    if not words:
        return "-"
    some = [f"{word} x{count}" if count > 1 else word for word, count in sorted(words.items())]
    text = ", ".join(some[:30]).replace("|", "\\|")
    return f"{words.total()}: {text}{', ...' if len(some) > 30 else ''}"


if __name__ == "__main__":
    sys.exit(main())
