"""Where a resource is described in a file: rdflib forgets the lines."""

from __future__ import annotations

import re

# What may stand for a resource: an address, a prefix and a name, or a name.
_TOKEN = re.compile(r"""[^\s<>"',;()\[\]{}]+""")
_PREFIX = re.compile(r"""(?:prefix\s+|xmlns:|")([\w.-]*)(?::\s*<|\s*=\s*["']|"\s*:\s*")([^"'<>\s]+)""", re.I)
# Behind these, the subject of statements follows.
_ABOUT = frozenset(("rdf:about=", "rdf:ID=", "@id"))


class Lines:
    """The lines of a file on which resources are named."""

    def __init__(self, name: str, data: bytes) -> None:
        self._name = name
        text = data.decode("utf-8", "replace")
        self._prefixes = {address: prefix for prefix, address in _PREFIX.findall(text)}
        self._subjects: dict[str, int] = {}
        self._mentions: dict[str, int] = {}
        for number, line in enumerate(text.split("\n"), 1):
            before = "" if line[:1].strip() else " "
            for token in _TOKEN.findall(line):
                if before in _ABOUT or not before:
                    self._subjects.setdefault(token, number)
                self._mentions.setdefault(token, number)
                before = token if token != ":" else before

    def locate(self, address: str) -> str:
        """The place of a resource: where its description begins, else where it's named first, else the first line."""
        # An address of rdflib's is a text that equals none.
        address = str(address)
        spellings = [address, *self._list_short_names(address)]
        for lines in (self._subjects, self._mentions):
            for spelling in spellings:
                if spelling in lines:
                    return f"{self._name}:{lines[spelling]}"
        return f"{self._name}:1"

    def _list_short_names(self, address: str) -> list[str]:
        start = max(address.rfind("/"), address.rfind("#")) + 1
        names = []
        for end in {start, *(match.end() for match in re.finditer("[/#:]", address))}:
            if (prefix := self._prefixes.get(address[:end])) is not None:
                names.append(f"{prefix}:{address[end:]}")
        return [*names, f"#{address[start:]}", address[start:]]
