"""Every label that people may search for, for the lookup box: `assets/labels.js`."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator

from onevoice.handbook.address import find_page_path
from onevoice.output import Artifact
from onevoice.phrases.catalog import translate_text, translate_word
from onevoice.records import KINDS, Record
from onevoice.records.asset import Asset
from onevoice.records.term import Term
from onevoice.site.glossary import build_avoid_anchor
from onevoice.site.view import View

# Kinds with a word of their own for what they are good for; the others have their name.
KIND_LABELS = {"assets": "asset", "messages": "message", "proof": "proof", "personas": "persona"}
# What the script writes a word into that has no rule.
WORD_HOLE = "{word}"

# Messages that are not simply said.
MESSAGE_TYPE_LABELS = {"objection": "objection", "question": "question", "versus": "versus"}


def write(view: View) -> Iterator[Artifact]:
    """A script that sets `onevoiceLabels`: a list of [address, how, name, other, ...], one for each page or entry; and
    `onevoiceSuggest`: the address of the form for a word without a rule, which goes where `{word}` is, or "".

    Another is [label, how, what to use, anchor], without empty values at its end. Nothing to use means the name, and
    no anchor means the plain one of the avoided word: a big handbook has tens of thousands.
    """
    rows: list[list[object]] = [
        [find_page_path(term)[1:], "preferred", term.preferred, *_iter_term_labels(term)]
        for term in view.handbook.list_approved("terms")
    ]
    for kind, model in KINDS.items():
        if model.SINGLE or kind == "terms":
            continue
        how = KIND_LABELS.get(kind, model.SINGULAR)
        rows += [
            [
                find_page_path(one)[1:],
                _find_asset_label(one, view.today) or MESSAGE_TYPE_LABELS.get(getattr(one, "type", ""), how),
                one.label,
                *_iter_objection_labels(one),
                *_iter_figure_labels(one),
                *_iter_former_labels(one),
            ]
            for one in view.handbook.list_approved(kind)
        ]
    # People look for a figure in the words that circulate, not in ours.
    rows += [
        [find_page_path(proof)[1:], "unsaid", text]
        for proof in view.handbook.list_approved("proof")
        for text in proof.say_not
    ]
    rows += _list_brand_rows(view)
    rows += [[hub.path[1:], "page", translate_word(hub.title or hub.tab)] for hub in view.list_hubs()]
    rows += [
        [f"request/who/#{team.id}", "team", team.name, *([subject, "subject"] for subject in team.ask_about)]
        for team in view.handbook.list_approved("teams")
        if team.ask_about
    ]
    rows += [
        [guide.path[1:], "page", guide.title, *([word, "guide"] for word in guide.keywords)] for guide in view.guides
    ]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    suggest = json.dumps(view.build_suggest_link(WORD_HOLE), ensure_ascii=False)
    script = f"window.onevoiceSuggest = {suggest};\nwindow.onevoiceLabels = [\n{lines}\n];\n"
    yield Artifact("docs/assets/labels.js", script.encode())


def _find_asset_label(record: Record, today: datetime.date) -> str:
    """What an asset that may not be sent is good for; "" for all others."""
    if not isinstance(record, Asset):
        return ""
    return "internal" if record.is_internal else "expired" if record.is_expired(today) else ""


def _iter_term_labels(term: Term) -> Iterator[list[str]]:
    if term.abbreviation:
        yield [term.abbreviation, "short"]
    for word in term.allowed:
        yield [word, "allowed"]
    for avoid in term.avoid:
        use = translate_text("leave it out") if avoid.remove else translate_text(" or ").join(avoid.use)
        yield _build_avoid_row(avoid.term, use, build_avoid_anchor(avoid.term))
        for form in avoid.forms:
            yield _build_avoid_row(form, avoid.forms[form], build_avoid_anchor(avoid.term))
    yield from _iter_former_labels(term)


def _build_avoid_row(label: str, use: str, place: str) -> list[str]:
    # find.js has the same.
    plain = re.sub("[^a-z0-9]+", "-", label.lower().replace("'", "")).strip("-")
    row = [label, "avoid", use, "" if place == f"avoid-{plain}" else place]
    while not row[-1]:
        row.pop()
    return row


def _list_brand_rows(view: View) -> Iterator[list[object]]:
    identity = view.handbook.find_single("identity")
    if identity:
        yield ["brand/#logo", "page", translate_text("Logo"), *([logo.name, "logo"] for logo in identity.logos)]
        yield [
            "brand/#colors",
            "page",
            translate_text("Colors"),
            *([text, "color"] for c in identity.colors for text in (c.name, c.hex)),
        ]
        if identity.typefaces:
            yield [
                "brand/#typefaces",
                "page",
                translate_text("Typefaces"),
                *([face.name, "typeface"] for face in identity.typefaces),
            ]
        if identity.templates:
            yield [
                "brand/#templates",
                "page",
                translate_text("Templates"),
                *([one.name, "template"] for one in identity.templates),
            ]
    if view.handbook.find_single("voice"):
        yield ["brand/#voice", "page", translate_text("Voice")]
    if journey := view.handbook.find_single("journey"):
        for stage in view.handbook.stages:
            yield [f"{find_page_path(journey)[1:]}#{stage.id}", "stage", stage.name]


def _iter_figure_labels(record: Record) -> Iterator[list[str]]:
    """People look for a claim by its figure."""
    if number := getattr(record, "number", None):
        yield [number, "proof"]


def _iter_objection_labels(record: Record) -> Iterator[list[str]]:
    """People look for an objection in the words they heard."""
    if heard := getattr(record, "they_say", None):
        yield [heard, "objection"]


def _iter_former_labels(record: Record) -> Iterator[list[str]]:
    for former in record.was:
        yield [former.replace("-", " "), "old"]
