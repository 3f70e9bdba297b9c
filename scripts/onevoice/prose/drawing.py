"""Text in the drawings of an office file: shapes, charts and diagrams, which Word and PowerPoint share."""

from __future__ import annotations

from collections.abc import Iterator

from onevoice.prose.package import Package
from onevoice.prose.sheet import Line
from onevoice.prose.xml import Node

# What an author has not written: a diagram's arrows and its layout.
_LAYOUT = ("parTrans", "sibTrans", "pres")


def choice(node: Node) -> Node | None:
    """The one of `mc:AlternateContent` that a current program shows: the same thing stands in it several times."""
    return node.first("mc:Choice") or node.first("mc:Fallback")


def paragraph(node: Node, line: Line, anchor: Node | None = None) -> None:
    """Feed the text of an `a:p` to a line. anchor: what a comment on it is put around."""
    for kid in node.kids:
        if kid.tag in ("a:r", "a:fld"):
            start = line.length
            if kid.get("type") == "slidenum":
                line.thing(anchor)
                continue
            for text in kid.kids:
                if text.tag == "a:t":
                    line.words(text.text, None, anchor)
            if line.length > start and kid.first("a:rPr", "a:hlinkClick"):
                line.links.append((start, line.length))
        elif kid.tag == "a:br":
            line.line(anchor)
        elif kid.tag in ("mc:AlternateContent", "m"):
            line.thing(anchor)


def graphic(package: Package, part: str, data: Node) -> Iterator[tuple[str, Node | str]]:
    """The texts of a chart or a diagram: what it is, and an `a:p` or a plain text.

    part: where `data` (the `a:graphicData`) stands; the texts stand in other parts that it refers to.
    """
    for node in data.kids:
        if node.tag == "c:chart":
            root = _root(package, part, node.get("r:id"))
            yield from (("chart", text) for text in (_chart(root) if root else ()))
        elif node.tag == "dgm:relIds":
            root = _root(package, part, node.get("r:dm"))
            yield from (("diagram", text) for text in (_diagram(root) if root else ()))


def _root(package: Package, part: str, link: str) -> Node | None:
    _, target = package.related(part).get(link, ("", ""))
    return package.root(target) if package.once(target) else None


def _chart(root: Node) -> Iterator[Node | str]:
    seen = set()
    for node in root.all("a:p", "c:strCache", "c:multiLvlStrCache"):
        if node.tag == "a:p":
            yield node
            continue
        # Each series repeats the names of the categories.
        for value in node.all("c:v"):
            if value.text not in seen:
                seen.add(value.text)
                yield value.text


def _diagram(root: Node) -> Iterator[Node]:
    for point in root.all("dgm:pt"):
        settings = point.first("dgm:prSet")
        prompt = settings is not None and settings.get("phldr") in ("1", "true")
        text = point.first("dgm:t")
        if point.get("type") not in _LAYOUT and not prompt and text:
            yield from text.all("a:p")
