"""SKOS, the W3C's vocabulary for thesauri, in RDF: for knowledge graphs, search engines and taxonomy tools.

Read: Turtle, N-Triples, RDF/XML and JSON-LD, with labels that are resources (SKOS-XL). Written: Turtle. Words to avoid
are hidden labels, which say how to find a concept and not how to name it; that they're deprecated, why, and what
replaces them, is said of the same label as a resource. Of a file that isn't ours, someone has to say what its hidden
labels are: misspellings to avoid, or plurals and stems for a search engine, which would break documents.
"""

from __future__ import annotations

from collections.abc import Sequence

from onevoice.exchange.entry import Reading, Settings, Source
from onevoice.exchange.formats import Export, Format
from onevoice.output import Artifact

ENDINGS = (".ttl", ".nt", ".rdf", ".jsonld")
_NAMESPACES = (b"http://www.w3.org/2004/02/skos/core", b"http://www.w3.org/2008/05/skos-xl")


def _recognize(source: Source) -> int:
    known = [name for name in source.files if name.lower().endswith((*ENDINGS, ".xml", ".json", ".skos"))]
    if not any(namespace in source.files[name] for name in known for namespace in _NAMESPACES):
        return int(any(name.lower().endswith(ENDINGS) for name in known))
    return 9 if len(source.files) == 1 else 3


def _read(source: Source, settings: Settings) -> Reading:
    from onevoice.exchange.formats.skos.read import read_vocabulary

    return read_vocabulary(source, settings)


def _write(export: Export) -> Sequence[Artifact]:
    from onevoice.exchange.formats.skos.write import write_vocabulary

    return write_vocabulary(export)


FORMAT = Format("SKOS vocabulary", ENDINGS, _recognize, _read, _write, rank=40)
