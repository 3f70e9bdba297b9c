"""Ten rules that a vocabulary in SKOS has to keep: those of the reference, and what programs trip over."""

import re
from collections import Counter

from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import SKOS

XL = Namespace("http://www.w3.org/2008/05/skos-xl#")
LABELS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
LINKS = (SKOS.related, SKOS.broader, SKOS.narrower)
TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def list_concepts(graph: Graph) -> list[URIRef]:
    return sorted(graph.subjects(RDF.type, SKOS.Concept))


def check_names(graph):
    """Each concept has a preferred label."""
    return [one for one in list_concepts(graph) if not list(graph.objects(one, SKOS.prefLabel))]


def check_single_names(graph):
    """None has two in one language."""
    counts = Counter((one, text.language) for one, text in graph.subject_objects(SKOS.prefLabel))
    return [key for key, count in counts.items() if count > 1]


def check_disjoint_labels(graph):
    """None has the same label as preferred, other and hidden one."""
    counts = Counter((one, text) for kind in LABELS for one, text in set(graph.subject_objects(kind)))
    return [key for key, count in counts.items() if count > 1]


def check_empty_labels(graph):
    """No label is empty, or not a text."""
    found = (text for kind in LABELS for text in graph.objects(None, kind))
    return [text for text in found if not isinstance(text, Literal) or not text.strip()]


def check_languages(graph):
    """Each label and each text for readers has a language tag that is one."""
    kinds = (*LABELS, SKOS.definition, SKOS.note, SKOS.example)
    found = (text for kind in kinds for text in graph.objects(None, kind))
    return [text for text in found if not TAG.fullmatch(text.language or "")]


def check_links(graph):
    """Links go to concepts of the vocabulary, and not to themselves."""
    known = set(list_concepts(graph))
    pairs = (pair for kind in LINKS for pair in graph.subject_objects(kind))
    return [(one, other) for one, other in pairs if other not in known or one == other]


def check_hierarchy(graph):
    """No concept is broader than itself, or both related to another and broader or narrower than that."""
    above = {one: set(graph.transitive_objects(one, SKOS.broader)) - {one} for one in list_concepts(graph)}
    circles = [one for one, broader in above.items() if any(one in above.get(other, ()) for other in broader)]
    related = graph.subject_objects(SKOS.related)
    return circles + [
        pair for pair in related if pair[1] in above.get(pair[0], ()) or pair[0] in above.get(pair[1], ())
    ]


def check_kinds(graph):
    """A concept is no scheme, collection or label."""
    others = (SKOS.ConceptScheme, SKOS.Collection, XL.Label)
    return [one for one in list_concepts(graph) if any((one, RDF.type, kind) in graph for kind in others)]


def check_schemes(graph):
    """Each concept is in a scheme that is one."""
    schemes = set(graph.subjects(RDF.type, SKOS.ConceptScheme))
    return [one for one in list_concepts(graph) if not schemes & set(graph.objects(one, SKOS.inScheme))]


def check_label_resources(graph):
    """Each label that's a resource has one form, which is a plain label of its concept, too."""
    wrong = []
    for kind, plain in zip((XL.prefLabel, XL.altLabel, XL.hiddenLabel), LABELS, strict=True):
        for one, label in graph.subject_objects(kind):
            forms = list(graph.objects(label, XL.literalForm))
            if len(forms) != 1 or (one, plain, forms[0]) not in graph:
                wrong.append((one, forms))
    return wrong


CHECKS = [value for key, value in globals().items() if key.startswith("check_")]
