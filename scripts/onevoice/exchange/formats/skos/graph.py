"""RDF of strangers -> its statements, by rdflib, which would fetch what a file names: such a file is refused."""

from __future__ import annotations

import contextlib
import json
import logging
import re
import warnings
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from onevoice import limits
from onevoice.errors import MissingToolError, OnevoiceError

# Characters of an entity that an RDF/XML file declares, which is the beginning of an address.
_MAX_ENTITY_CHARS = 300
_JSON, _XML = (".jsonld", ".json"), re.compile(rb"\s*<(?:\?xml|rdf:RDF|!DOCTYPE|!--)")

# Objects by subject and property, in the order of the file: rdflib's URIRef, BNode and Literal, which are texts.
Graph = dict[str, dict[str, list[Any]]]


def load_graph(name: str, data: bytes) -> Graph:
    """The statements of a file in Turtle, N-Triples, RDF/XML or JSON-LD.

    Raises OnevoiceError, with file and line, if it can't be read, is too large or names something to fetch, and
    MissingToolError if rdflib isn't installed.
    """
    if len(data) > limits.MAX_GRAPH_BYTES:
        most = f"{limits.MAX_GRAPH_BYTES // 2**20} MB"
        raise OnevoiceError(f"{name}:1: the file has more than {most}. Export the part of it that your texts need.")
    try:
        import rdflib
        from rdflib.plugins.stores.memory import Memory
    except ImportError:
        raise MissingToolError(
            f'{name}: reading SKOS needs rdflib. Install it: pip install "onevoice[exchange]"'
        ) from None
    graph: Graph = {}
    count = 0

    class Collector(Memory):
        """Takes the statements in instead of indexing them three times."""

        def add(self, triple: Any, context: Any, quoted: bool = False) -> None:
            nonlocal count
            count += 1
            if count > limits.MAX_GRAPH_STATEMENTS:
                most = f"{limits.MAX_GRAPH_STATEMENTS:,} statements"
                raise OnevoiceError(f"{name}: the file has more than {most}. Export the part that your texts need.")
            subject, predicate, value = triple
            values = graph.setdefault(subject, {}).setdefault(str(predicate), [])
            values.append(value)

    form, prepared = _prepare(name, data)
    try:
        with _quiet(rdflib):
            rdflib.Graph(store=Collector()).parse(data=prepared, format=form, publicID="https://handbook.invalid/")
    except OnevoiceError:
        raise
    except Exception as error:  # rdflib raises whatever its parsers come across
        raise OnevoiceError(f"{name}:{_find_line(error)}: {_explain(error, form)}") from None
    return graph


@contextlib.contextmanager
def _quiet(rdflib: Any) -> Iterator[None]:
    """Without remarks on standard error, and without writing out numbers: 1e999999999 would fill the memory."""
    logger, normalizes = logging.getLogger("rdflib"), rdflib.NORMALIZE_LITERALS
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    rdflib.NORMALIZE_LITERALS = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)
        rdflib.NORMALIZE_LITERALS = normalizes


def _prepare(name: str, data: bytes) -> tuple[str, Any]:
    """The format of a file as rdflib calls it, and what to give it."""
    if _XML.match(data.removeprefix(b"\xef\xbb\xbf")) or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        _check_xml(name, data)
        return "xml", data
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise OnevoiceError(f"{name}:{line}: this isn't UTF-8. Save the file as UTF-8.") from None
    if name.lower().endswith(_JSON) or text.lstrip()[:1] == "{":
        return "json-ld", _load_json(name, text)
    return "turtle", text


def _load_json(name: str, text: str) -> Any:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise OnevoiceError(f"{name}:{error.lineno}:{error.colno}: the JSON is broken here ({error.msg}).") from None
    except (RecursionError, ValueError):
        raise OnevoiceError(f"{name}:1: the JSON goes far deeper than any real file.") from None
    left = [content]
    while left:
        item = left.pop()
        left += item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
        if isinstance(item, dict):
            for address in _iter_addresses(item):
                line = text[: text.find(json.dumps(address, ensure_ascii=False))].count("\n") + 1
                raise OnevoiceError(
                    f"{name}:{line}: the file's context is elsewhere, at {address}, and onevoice fetches nothing. "
                    "Put the context itself there, or save the file as Turtle."
                )
    if not isinstance(content, (dict, list)):
        raise OnevoiceError(f"{name}:1: this isn't JSON-LD: it has no objects.")
    return content if isinstance(content, dict) else {"@graph": content}


def _iter_addresses(item: dict[str, Any]) -> Iterator[str]:
    """Contexts that a JSON-LD object names instead of having them."""
    contexts = item.get("@context")
    for context in [*contexts, item.get("@import")] if isinstance(contexts, list) else [contexts, item.get("@import")]:
        if isinstance(context, str):
            yield context


def _check_xml(name: str, data: bytes) -> None:
    """Refuse what makes a small file huge or fetches another one. RDF/XML abbreviates addresses with entities."""
    parser = expat.ParserCreate()
    depth = size = 0

    def refuse(reason: str) -> OnevoiceError:
        return OnevoiceError(f"{name}:{parser.CurrentLineNumber}: {reason}")

    def handle_start(_name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, size
        depth += 1
        size += sum(map(len, attributes.values()))
        if depth > limits.MAX_XML_DEPTH:
            raise refuse(f"elements are more than {limits.MAX_XML_DEPTH} levels deep. No real file is.")
        if size > 4 * limits.MAX_GRAPH_BYTES:
            raise refuse("entities make the file far larger than it is. Write what they stand for.")

    def handle_end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def handle_text(text: str) -> None:
        nonlocal size
        size += len(text)

    def handle_entity(entity: str, is_parameter: bool, value: str | None, *_: object) -> None:
        if is_parameter or value is None or "&" in value or "<" in value or len(value) > _MAX_ENTITY_CHARS:
            raise refuse(f"the entity `{entity}` isn't just the beginning of an address. Write what it stands for.")

    parser.StartElementHandler, parser.EndElementHandler = handle_start, handle_end
    parser.CharacterDataHandler, parser.EntityDeclHandler = handle_text, handle_entity
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = f"the XML is broken here ({expat.ErrorString(error.code)}). Export the file again, or repair the line."
        raise OnevoiceError(f"{name}:{error.lineno}: {reason}") from None
    except (ValueError, LookupError):
        raise OnevoiceError(f"{name}:1: this encoding is unknown. Save the file as UTF-8.") from None
    finally:
        parser.StartElementHandler = parser.EndElementHandler = None
        parser.CharacterDataHandler = parser.EntityDeclHandler = None


def _find_line(error: Exception) -> int:
    """The line that an error of rdflib's names; 1 if it names none."""
    if hasattr(error, "getLineNumber"):
        return int(error.getLineNumber() or 1)
    lines = getattr(error, "lines", None)
    return lines + 1 if isinstance(lines, int) else 1


def _explain(error: Exception, form: str) -> str:
    label = {"xml": "RDF/XML", "turtle": "Turtle", "json-ld": "JSON-LD"}[form]
    if isinstance(error, RecursionError):
        return "brackets go far deeper here than in any real file."
    reason = getattr(error, "_why", "") or str(error)
    said = " ".join(str(reason).split())[:200]
    return f"this can't be read as {label} ({said or type(error).__name__}). Repair the line, or export the file again."
