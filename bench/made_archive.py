"""A made archive for the benchmarks: pages, decks and PDFs, the same bytes for the same number on every machine.

    python bench/made_archive.py FOLDER [DOCUMENTS]

Of 100 documents 55 are Markdown, 20 HTML, 12 Word, 7 PDF, 4 PowerPoint and 2 plain text, with 150 to 1,000 words. Word,
PowerPoint and PDF files have pictures, that is, bytes that can't be packed: with these, 100,000 documents have about
2 GB. Every fortieth sentence has a word that Ferrywell's handbook avoids. One document in 50 is another one with one
sentence changed, and one in 100 is another one again.

The first tenth of the documents is a folder of its own.
"""

from __future__ import annotations

import io
import itertools
import multiprocessing
import random
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import made

SHARES = {".md": 55, ".html": 20, ".docx": 12, ".pdf": 7, ".pptx": 4, ".txt": 2}
ENDINGS = [ending for ending, share in SHARES.items() for _ in range(share)]
FOLDERS, TEAMS = 10, 40
AVOIDED = ("utilize", "world-class", "success stories", "leverage", "customer journeys", "white paper")
# How many bytes the pictures of a file have, at least and at most.
PICTURES = {".docx": (5_000, 100_000), ".pptx": (10_000, 200_000), ".pdf": (5_000, 110_000)}
# Of every other hundred, the numbers that repeat the document a hundred before them.
_NEAR, _SAME = {17, 42, 67, 92}, {33, 83}

_NAMES = " ".join(
    f'xmlns:{name}="http://schemas.openxmlformats.org/{place}"'
    for name, place in {
        "w": "wordprocessingml/2006/main",
        "p": "presentationml/2006/main",
        "a": "drawingml/2006/main",
        "r": "officeDocument/2006/relationships",
    }.items()
)
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_CHROME = (
    "<style>\n" + "".join(f".part{n} {{ margin: {n}px; color: #{n:03}; }}\n" for n in range(60)) + "</style>\n"
    "<nav><ul>" + "".join(f'<li><a href="/part{n}/">Part {n}</a></li>\n' for n in range(20)) + "</ul></nav>\n"
)


class Vocabulary:
    """Made words, of which a few come often and most hardly ever, as in any language."""

    def __init__(self) -> None:
        self._words = made.words(20_000)
        self._weights = [*itertools.accumulate(1 / (rank + 8) for rank in range(len(self._words)))]

    def make_sentences(self, chance: random.Random, count: int) -> list[str]:
        """So many sentences of about fourteen words."""
        words = iter(chance.choices(self._words, cum_weights=self._weights, k=20 * count))
        return [self._make_sentence(chance, words) for _ in range(count)]

    def _make_sentence(self, chance: random.Random, words: Iterator[str]) -> str:
        found = [*itertools.islice(words, chance.randint(8, 20))]
        if chance.random() < 1 / 40:
            found[len(found) // 2] = chance.choice(AVOIDED)
        return f"{' '.join(found).capitalize()}."


def make_archive(folder: Path, count: int, processes: int = 2) -> int:
    """Write documents; how many bytes they have."""
    for number, team in itertools.product(range(FOLDERS), range(TEAMS)):
        (folder / f"part{number}" / f"team{team:02}").mkdir(parents=True, exist_ok=True)
    with multiprocessing.Pool(processes) as pool:
        return sum(pool.imap_unordered(partial(_write_document, folder, count), range(count), chunksize=200))


def _write_document(folder: Path, count: int, number: int) -> int:
    ending = ENDINGS[number * 37 % len(ENDINGS)]
    place = folder / f"part{number * FOLDERS // count}" / f"team{number % TEAMS:02}" / f"{number:06}{ending}"
    return place.write_bytes(make_document(number, ending))


_vocabulary = Vocabulary()


def make_document(number: int, ending: str) -> bytes:
    """A document with a title, some headings, and paragraphs."""
    rest = number % 100 if number // 100 % 2 else None
    chance = random.Random(number - 100 if rest in _NEAR | _SAME else number)
    sentences = _vocabulary.make_sentences(chance, chance.randint(10, 70))
    if rest in _NEAR:
        sentences[len(sentences) // 2] = f"This is number {number}."
    paragraphs = [" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4)]
    title = " ".join(paragraphs[0].split()[:4])
    low, high = PICTURES.get(ending, (0, 0))
    return _MAKERS[ending](number, title, paragraphs, random.Random(number + 18).randbytes(chance.randint(low, high)))


def _make_markdown(number: int, title: str, paragraphs: list[str], picture: bytes) -> bytes:
    head = f"---\nid: doc-{number}\ntitle: {title}\nowner: team{number % 7}\ndate: 20{10 + number % 16}-03-14\n---\n\n"
    parts = [f"# {title}"]
    for at, text in enumerate(paragraphs):
        if at % 5 == 2:
            parts.append(f"## {' '.join(text.split()[:3])}")
        if at % 5 == 4:
            text = "\n".join(f"- {item}" for item in text.split(". "))
        elif at % 3 == 1:
            first, _, rest = text.partition(" ")
            text = f"[{first}](../team01/{number:06}.md) **{rest[:20]}**{rest[20:]}"
        parts.append(text)
    return (head + "\n\n".join(parts) + "\n").encode()


def _make_html(number: int, title: str, paragraphs: list[str], picture: bytes) -> bytes:
    text = "\n".join(
        f"<h2>{' '.join(part.split()[:3])}</h2>\n<p>{part}</p>" if at % 5 == 2 else f"<p>{part}</p>"
        for at, part in enumerate(paragraphs)
    )
    head = f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>\n'
    return f"{head}</head><body>\n{_CHROME}<main><h1>{title}</h1>\n{text}\n</main></body></html>\n".encode()


def _make_text(number: int, title: str, paragraphs: list[str], picture: bytes) -> bytes:
    return f"{title}\n\n{chr(10).join(part + chr(10) for part in paragraphs)}".encode()


def _make_word(number: int, title: str, paragraphs: list[str], picture: bytes) -> bytes:
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{part}</w:t></w:r></w:p>' for part in (title, *paragraphs))
    return _zip_parts(
        {
            "[Content_Types].xml": _list_types("word/document.xml", f"{_OFFICE}.wordprocessingml.document.main+xml"),
            "_rels/.rels": _relate({"officeDocument": "word/document.xml"}),
            "word/_rels/document.xml.rels": _relate({"image": "media/image1.png"}),
            "word/document.xml": f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>",
            "word/media/image1.png": picture,
        }
    )


def _make_deck(number: int, title: str, paragraphs: list[str], picture: bytes) -> bytes:
    slides = {f"slide{at}": part for at, part in enumerate(paragraphs, 1)}
    ids = "".join(f'<p:sldId r:id="r{at}"/>' for at in range(1, len(slides) + 1))
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _list_types("ppt/presentation.xml", f"{_OFFICE}.presentationml.presentation.main+xml"),
        "_rels/.rels": _relate({"officeDocument": "ppt/presentation.xml"}),
        "ppt/presentation.xml": f"<p:presentation {_NAMES}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": _relate({name: f"slides/{name}.xml" for name in slides}),
        "ppt/media/image1.png": picture,
    }
    for name, text in slides.items():
        lines = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in text.split(". "))
        shape = f"<p:sp><p:nvSpPr><p:cNvPr/><p:nvPr/></p:nvSpPr><p:txBody>{lines}</p:txBody></p:sp>"
        parts[f"ppt/slides/{name}.xml"] = f"<p:sld {_NAMES}><p:cSld><p:spTree>{shape}</p:spTree></p:cSld></p:sld>"
    return _zip_parts(parts)


def _list_types(place: str, kind: str) -> str:
    ends = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    ends += '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    own = f'<Override PartName="/{place}" ContentType="{kind}"/>'
    return f'<Types xmlns="{_PACKAGE}/content-types">{ends}{own}</Types>'


def _relate(targets: dict[str, str]) -> str:
    links = "".join(
        f'<Relationship Id="r{at}" Type="{_LINK}/{name.rstrip("0123456789")}" Target="{target}"/>'
        for at, (name, target) in enumerate(targets.items(), 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _zip_parts(parts: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compresslevel=1) as package:
        for name, data in parts.items():
            way = zipfile.ZIP_STORED if isinstance(data, bytes) else zipfile.ZIP_DEFLATED
            package.writestr(zipfile.ZipInfo(name), data, way)
    return stream.getvalue()


def _make_pdf(number: int, title: str, paragraphs: list[str], picture: bytes) -> bytes:
    """Two columns of Helvetica on as many pages as it takes, and a picture."""
    lines = [line for part in paragraphs for line in (*_wrap_text(part, 46), "")]
    columns = [lines[at : at + 58] for at in range(0, len(lines), 58)]
    pages = [columns[at : at + 2] for at in range(0, len(columns), 2)]
    kids = " ".join(f"{10 + 2 * at} 0 R" for at in range(len(pages)))
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        4: f"<< /Type /XObject /Subtype /Image /Width {len(picture)} /Height 1 /ColorSpace /DeviceGray "
           f"/BitsPerComponent 8 /Length {len(picture)} >>\nstream\n".encode() + picture + b"\nendstream",
        5: f"<< /Title ({title}) >>".encode(),
    }  # fmt: skip
    for at, page in enumerate(pages):
        drawn = "".join(
            f"BT /F 9 Tf 12 TL {50 + 260 * side} 780 Td\n" + "".join(f"({line}) Tj T*\n" for line in column) + "ET\n"
            for side, column in enumerate(page)
        )
        packed = zlib.compress(f"{drawn}q 90 0 0 40 50 20 cm /I Do Q\n".encode(), 1)
        own = 10 + 2 * at
        objects[own] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {own + 1} 0 R "
            "/Resources << /Font << /F 3 0 R >> /XObject << /I 4 0 R >> >> >>".encode()
        )
        objects[own + 1] = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(packed), packed)
    return _write_objects(objects)


def _wrap_text(text: str, width: int) -> Iterator[str]:
    line = ""
    for word in text.split():
        if line and len(line) + len(word) >= width:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    yield line


def _write_objects(objects: dict[int, bytes]) -> bytes:
    pieces, places, length = [b"%PDF-1.7\n"], {}, 9
    for number, body in sorted(objects.items()):
        places[number] = length
        pieces.append(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        length += len(pieces[-1])
    count = max(objects) + 1
    rows = [b"%010d 00000 n \n" % places[at] if at in places else b"0000000000 65535 f \n" for at in range(count)]
    pieces += [b"xref\n0 %d\n" % count, *rows]
    pieces.append(b"trailer << /Size %d /Root 1 0 R /Info 5 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, length))
    return b"".join(pieces)


_MAKERS: dict[str, Callable[[int, str, list[str], bytes], bytes]] = {
    ".md": _make_markdown,
    ".html": _make_html,
    ".txt": _make_text,
    ".docx": _make_word,
    ".pptx": _make_deck,
    ".pdf": _make_pdf,
}

if __name__ == "__main__":
    print(f"{make_archive(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10_000) / 1e6:,.0f} MB")
