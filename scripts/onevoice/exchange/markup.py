"""XML of strangers -> its entries, one after another, with their lines: of a large file, one is kept at a time."""

from __future__ import annotations

import html
from collections.abc import Iterator, Set
from xml.parsers import expat

from onevoice import limits
from onevoice.errors import OnevoiceError

# Bytes that are read between two looks at what is finished.
CHUNK = 1 << 16


class Element:
    """An element. tag: its name without prefix. prefix: of its name. line: where it begins.

    parts: its texts and elements, in order.
    """

    __slots__ = ("attributes", "line", "parts", "prefix", "tag")

    def __init__(self, name: str, attributes: dict[str, str], line: int) -> None:
        self.prefix, _, self.tag = name.rpartition(":")
        self.attributes, self.line = attributes, line
        self.parts: list[str | Element] = []

    @property
    def children(self) -> list[Element]:
        """The elements in it."""
        return [part for part in self.parts if isinstance(part, Element)]

    def get(self, name: str) -> str:
        """The value of an attribute, whatever the prefix of its name; "" if there is none."""
        return next((value for key, value in self.attributes.items() if key.rpartition(":")[2] == name), "")

    def join_text(self) -> str:
        """All text in it."""
        return "".join(part if isinstance(part, str) else part.join_text() for part in self.parts)

    def iter_descendants(self, tags: Set[str]) -> Iterator[Element]:
        """Every element below with one of these tags, in order; none that is in another one of them."""
        for child in self.children:
            if child.tag in tags:
                yield child
            else:
                yield from child.iter_descendants(tags)


def iter_elements(data: bytes, name: str, tags: Set[str]) -> Iterator[Element]:
    """The elements with these tags, each when it ends, and last the root, without them.

    name: of the file, for messages. Nothing that a DTD names is fetched. Raises OnevoiceError, with file and line, if
    it isn't well-formed, declares entities (with which a small file can become huge), or goes too deep.
    """
    reader = _Reader(name, tags)
    for start in range(0, max(len(data), 1), CHUNK):
        reader.feed(data[start : start + CHUNK], start + CHUNK >= len(data))
        yield from reader.finished
        reader.finished.clear()


class _Reader:
    def __init__(self, name: str, tags: Set[str]) -> None:
        self._name, self._tags = name, tags
        self._stack: list[Element] = []
        self._count = 0
        self.finished: list[Element] = []
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._start, self._end
        self._parser.CharacterDataHandler = self._add_text
        self._parser.EntityDeclHandler = self._refuse_entity
        self._parser.SkippedEntityHandler = self._name_entity

    def feed(self, data: bytes, is_last: bool) -> None:
        """Read on."""
        try:
            self._parser.Parse(data, is_last)
        except expat.ExpatError as error:
            raise OnevoiceError(
                f"{self._name}:{error.lineno}: the XML is broken here ({expat.ErrorString(error.code)}). "
                "Export the file again, or repair the line."
            ) from None
        except (ValueError, LookupError):
            raise OnevoiceError(f"{self._name}:1: this encoding is unknown. Save the file as UTF-8.") from None

    def _refuse(self, reason: str) -> OnevoiceError:
        return OnevoiceError(f"{self._name}:{self._parser.CurrentLineNumber}: {reason}")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = Element(name, attributes, self._parser.CurrentLineNumber)
        self._count += 1
        if self._count > limits.MAX_ENTRY_NODES:
            raise self._refuse(f"one entry has more than {limits.MAX_ENTRY_NODES:,} elements. No real one does.")
        if len(self._stack) >= limits.MAX_XML_DEPTH:
            raise self._refuse(f"elements are more than {limits.MAX_XML_DEPTH} levels deep. No real file is.")
        self._stack.append(element)

    def _end(self, _name: str) -> None:
        element = self._stack.pop()
        if element.tag in self._tags or not self._stack:
            self.finished.append(element)
            self._count = 0
        else:
            self._stack[-1].parts.append(element)

    def _add_text(self, text: str) -> None:
        # Between the entries there are only blanks.
        if self._stack and (len(self._stack) > 1 or not text.isspace()):
            self._stack[-1].parts.append(text)

    def _refuse_entity(self, entity: str, *_: object) -> None:
        raise self._refuse(f"the file declares an entity, `{entity}`. Write what it stands for, and delete the line.")

    def _name_entity(self, entity: str, is_parameter: bool) -> None:
        """An entity of a DTD that isn't here."""
        text = html.unescape(f"&{entity};")
        if text == f"&{entity};" and not is_parameter:
            raise self._refuse(f"nobody knows what `&{entity};` stands for. Write the text itself.")
        if not is_parameter:
            self._add_text(text)
