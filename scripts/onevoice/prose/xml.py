"""The XML of an office file -> a tree of nodes that know where they are in its bytes.

The names of Office Open XML come in two families, strict and transitional; a node's tag has one short prefix for both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from xml.parsers import expat

from onevoice import limits
from onevoice.errors import OnevoiceError

_OPEN, _STRICT = "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"
_OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns:"
# The tag of texts in a tree that keeps them between the elements.
TEXT = "#text"
PREFIXES = {
    f"{_OPEN}package/2006/relationships": "rel",
    f"{_OPEN}package/2006/content-types": "ct",
    f"{_OPEN}markup-compatibility/2006": "mc",
    "urn:schemas-microsoft-com:vml": "v",
    "http://purl.org/dc/elements/1.1/": "dc",
    f"{_OPEN_DOCUMENT}svg-compatible:1.0": "svg",
    **{
        f"{_OPEN_DOCUMENT}{name}:1.0": name
        for name in ("office", "text", "table", "draw", "presentation", "style", "manifest")
    },
    **{
        f"{family}{name}": prefix
        for prefix, name in (
            ("w", "wordprocessingml/{}main"),
            ("p", "presentationml/{}main"),
            ("a", "drawingml/{}main"),
            ("c", "drawingml/{}chart"),
            ("dgm", "drawingml/{}diagram"),
            ("wp", "drawingml/{}wordprocessingDrawing"),
            ("m", "officeDocument/{}math"),
            ("r", "officeDocument/{}relationships"),
        )
        for family, name in ((_OPEN, name.format("2006/")), (_STRICT, name.format("")))
    },
}

_TAG = re.compile(rb"""<(?:[^"'>]++|"[^"]*+"|'[^']*+')*+>""")
_DECLARATION = re.compile(r"\A\ufeff?<\?xml\b.*?\?>", re.DOTALL)
_ENCODING = re.compile(rb"""\A<\?xml\b[^>]*?\bencoding=["']([\w.:-]+)["']""")


class Node:
    """An element.

    tag: such as `w:p`; without prefix if the name is none of Office Open XML's. attributes: likewise. text: what
    is directly in it. children: the elements in it. start: where its first byte is. head: after its start tag. tail:
    before its end tag. end: after its last byte; `head`, `tail` and `end` are equal if it is one empty tag.
    """

    __slots__ = ("attributes", "children", "end", "head", "start", "tag", "tail", "text")

    def __init__(self, tag: str, attributes: dict[str, str], start: int, head: int) -> None:
        self.tag, self.attributes, self.start, self.head = tag, attributes, start, head
        self.children: list[Node] = []
        self.text = ""
        self.tail = self.end = head

    def get(self, name: str, default: str = "") -> str:
        """The value of an attribute."""
        return self.attributes.get(name, default)

    def find_child(self, *path: str) -> Node | None:
        """The first element at this path of tags."""
        node = self
        for tag in path:
            kid = next((kid for kid in node.children if kid.tag == tag), None)
            if kid is None:
                return None
            node = kid
        return node

    def iter_descendants(self, *tags: str) -> Iterator[Node]:
        """Every element below with one of these tags, in order."""
        left = self.children[::-1]
        while left:
            node = left.pop()
            if node.tag in tags:
                yield node
            left += node.children[::-1]


def convert_to_utf8(data: bytes) -> bytes:
    """The same XML in UTF-8. Raises OnevoiceError if it cannot be decoded."""
    named = _ENCODING.match(data)
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else named[1].decode() if named else "utf-8"
    if encoding.lower() in ("utf-8", "utf8", "us-ascii"):
        return data
    try:
        return _DECLARATION.sub("", data.decode(encoding)).encode()
    except (UnicodeError, LookupError):
        raise OnevoiceError(f"its text is not {encoding}, although it says so") from None


def parse_xml(data: bytes, *, mixed: bool = False) -> Node:
    """The root of the tree.

    data: XML in UTF-8, which is what `utf8` makes. mixed: texts are nodes between the others (TEXT). Raises
    OnevoiceError if it is not well-formed, declares entities (nothing that Office writes does, and they can make a
    small file huge or fetch another one), or is far too large.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    # Each parser takes so much room, used or not, and a deck of slides has hundreds of parts.
    parser.buffer_size = 1 << 14
    top = Node("", {}, 0, 0)
    stack = [top]
    # The texts of the open elements, put together once: others can be between them.
    texts: list[list[str]] = [[]]
    count = 0

    def handle_start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > limits.MAX_XML_NODES:
            raise OnevoiceError(f"it is far larger than any real document (over {limits.MAX_XML_NODES:,} elements)")
        if len(stack) > limits.MAX_XML_DEPTH:
            most = f"over {limits.MAX_XML_DEPTH} elements within each other"
            raise OnevoiceError(f"it is far larger than any real document ({most})")
        at = parser.CurrentByteIndex
        node = Node(
            shorten_name(name),
            {shorten_name(key): value for key, value in attributes.items()} if attributes else {},
            at,
            at,
        )
        stack[-1].children.append(node)
        stack.append(node)
        texts.append([])

    def handle_end(_name: str) -> None:
        node = stack.pop()
        node.tail = parser.CurrentByteIndex
        node.text = "".join(texts.pop())

    def handle_text(text: str) -> None:
        if mixed:
            node = Node(TEXT, {}, 0, 0)
            node.text = text
            stack[-1].children.append(node)
        else:
            texts[-1].append(text)

    def handle_doctype(*_: object) -> None:
        raise OnevoiceError("it declares entities, which no Office program writes")

    parser.StartElementHandler, parser.EndElementHandler = handle_start, handle_end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = handle_text, handle_doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise OnevoiceError(f"it is broken (line {error.lineno}: {expat.ErrorString(error.code)})") from None
    except (ValueError, LookupError):
        raise OnevoiceError("its encoding is unknown") from None
    finally:
        # What it calls knows it in turn, and would keep it alive.
        parser.StartElementHandler = parser.EndElementHandler = None
        parser.CharacterDataHandler = parser.StartDoctypeDeclHandler = None
    return top.children[0]


def resolve_bounds(data: bytes, node: Node) -> Node:
    """The node, with `head` and `end` worked out: that takes a look at the bytes, and few nodes need it."""
    match = _TAG.match(data, node.start)
    node.head = match.end() if match else node.start
    if data.endswith(b"/>", node.start, node.head):
        node.tail = node.end = node.head
    else:
        node.end = data.index(b">", node.tail) + 1
    return node


@lru_cache(maxsize=4096)
def shorten_name(name: str) -> str:
    """`w:p` for a name that the parser gives as address, space, local name."""
    address, _, local = name.rpartition(" ")
    prefix = PREFIXES.get(address)
    return f"{prefix}:{local}" if prefix else local
