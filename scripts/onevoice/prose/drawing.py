"""Text in the drawings of an office file: shapes, charts and diagrams, which Word and PowerPoint share."""

from __future__ import annotations

from collections.abc import Iterator

from onevoice.prose.package import Package
from onevoice.prose.sheet import Line
from onevoice.prose.xml import Node

# What an author has not written: a diagram's arrows and its layout.
_LAYOUT = ("parTrans", "sibTrans", "pres")


def choose_alternative(node: Node) -> Node | None:
    """The one of `mc:AlternateContent` that a current program shows: the same thing is in it several times."""
    return node.find_child("mc:Choice") or node.find_child("mc:Fallback")


def feed_paragraph(node: Node, line: Line, anchor: Node | None = None) -> None:
    """Feed the text of an `a:p` to a line. anchor: what a comment on it is put around."""
    for kid in node.children:
        if kid.tag in ("a:r", "a:fld"):
            start = line.length
            if kid.get("type") == "slidenum":
                line.add_object(anchor)
                continue
            for text in kid.children:
                if text.tag == "a:t":
                    line.add_words(text.text, None, anchor)
            if line.length > start and kid.find_child("a:rPr", "a:hlinkClick"):
                line.links.append((start, line.length))
        elif kid.tag == "a:br":
            line.add_break(anchor)
        elif kid.tag in ("mc:AlternateContent", "m"):
            line.add_object(anchor)


def iter_graphic_texts(package: Package, part: str, data: Node) -> Iterator[tuple[str, Node | str]]:
    """The texts of a chart or a diagram: what it is, and an `a:p` or a plain text.

    part: where `data` (the `a:graphicData`) is; the texts are in other parts that it refers to.
    """
    for node in data.children:
        if node.tag == "c:chart":
            root = _load_root_once(package, part, node.get("r:id"))
            yield from (("chart", text) for text in (_iter_chart_texts(root) if root else ()))
        elif node.tag == "dgm:relIds":
            root = _load_root_once(package, part, node.get("r:dm"))
            yield from (("diagram", text) for text in (_iter_diagram_paragraphs(root) if root else ()))


def _load_root_once(package: Package, part: str, link: str) -> Node | None:
    _, target = package.load_relationships(part).get(link, ("", ""))
    return package.load_root(target) if package.claim_part(target) else None


def _iter_chart_texts(root: Node) -> Iterator[Node | str]:
    seen = set()
    for node in root.iter_descendants("a:p", "c:strCache", "c:multiLvlStrCache"):
        if node.tag == "a:p":
            yield node
            continue
        # Each series repeats the names of the categories.
        for value in node.iter_descendants("c:v"):
            if value.text not in seen:
                seen.add(value.text)
                yield value.text


def _iter_diagram_paragraphs(root: Node) -> Iterator[Node]:
    for point in root.iter_descendants("dgm:pt"):
        settings = point.find_child("dgm:prSet")
        prompt = settings is not None and settings.get("phldr") in ("1", "true")
        text = point.find_child("dgm:t")
        if point.get("type") not in _LAYOUT and not prompt and text:
            yield from text.iter_descendants("a:p")
