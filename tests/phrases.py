"""The messages of the site's own words, read from the code, and the message files brought up to date.

    python tests/phrases.py

adds what is new to each file in scripts/onevoice/phrases, without a translation, and takes out what is gone.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from onevoice.phrases.catalog import FOLDER, LABEL, list_script_texts
from onevoice.records import KINDS
from onevoice.records.asset import Asset
from onevoice.records.brand import ASSET_TYPES
from onevoice.records.envelope import Group, Job, Record
from onevoice.records.play import Play
from onevoice.records.proof import Proof
from onevoice.records.request import Request
from onevoice.records.term import Context, Term
from onevoice.records.tool import Tool
from onevoice.site.messaging import ANSWERS

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "scripts" / "onevoice"
KEYWORDS = {"translate_text": None, "mark_text": None, "translate_count": (1, 2)}
# Texts of scripts that look like words, and are none that people read.
NO_WORDS = frozenset(
    (
        *(
            "OffscreenCanvas",
            "ArrowDown",
            "ArrowUp",
            "Enter",
            "Escape",
            "replaceState",
            "pushState",
            "DOMContentLoaded",
        ),
        *(
            "serviceWorker",
            "lead stage",
            "onevoice draft ${SITE.pathname}",
            "Brand.${issue.hit.term}",
            "Voice.${rule.id}",
        ),
        *("share ${formatRatio(share)}", "times ${value}", "money ${formatRatio(amount)}"),
        *("${figure.value} of ${word}", "higher lower greater bigger larger faster better growth increase rise"),
        '${text.slice(end, end + AROUND).replace(/\\s\\S*$/, "")}…',
    )
)
_WORDS = re.compile(
    r"[A-Z][a-z]+(?:[ .!?:]|$)|[A-Za-z]{2,} \$\{|[a-z]{2,}[,;:.]? [a-z]{2,}|^[A-Z][a-z]+ \$|[a-z]: \$\{"
)
_CODE = re.compile(
    r"[\[\]<>=#@\\_|]|\bov-|use strict|^\.|md-|/\$|\$\{[^}]*\}/|https?:|:\$|^[a-z]+-[a-z-]+$|focusin|polite"
)

Message = tuple[str | None, str, str | None]


def list_choices() -> list[str]:
    """The words of ours that come from lists: choices that pages show, and what people call a record of each kind."""
    fields = ((Record, "status"), (Request, "state"), (Proof, "standing"), (Play, "type"), (Tool, "type"),
              (Term, "part_of_speech"), (Asset, "job"))  # fmt: skip
    choices = [choice for model, name in fields for choice in _list_literals(model.model_fields[name].annotation)]
    choices += [
        *get_args(Group),
        *get_args(Context),
        *get_args(Job),
        *ANSWERS,
        "unknown",
        "soon",
        "overdue",
        "fresh",
        "expired",
    ]
    choices += [kind.name for kind in ASSET_TYPES]
    choices += [model.SINGULAR for model in KINDS.values()]
    return list(dict.fromkeys(choices))


def _list_literals(kind: object) -> list[str]:
    inner = get_args(kind)
    return [one for arg in inner for one in ([arg] if isinstance(arg, str) else _list_literals(arg))]


def is_said(text: str) -> bool:
    """Whether a text of a script is one that people read."""
    return bool(_WORDS.search(text)) and not _CODE.search(re.sub(r"\$\{[^}]*\}", "${x}", text)) and text not in NO_WORDS


def iter_messages() -> Iterator[tuple[Message, str]]:
    """(context, message, plural) of each message of the code, with the file that it is in."""
    for path in sorted((PACKAGE / "site" / "templates").glob("*.md")):
        found = babel_extract(
            io.BytesIO(path.read_bytes()), ("_", "gettext", "ngettext"), (), {"newstyle_gettext": "true"}
        )
        for _, _, message, _ in found:
            yield _make_message(message), path.name
    for path in sorted(PACKAGE.rglob("*.py")):
        if "sample" in path.relative_to(PACKAGE).parts or path.parent.name == "phrases":
            continue
        with path.open("rb") as file:
            for _, message, _, _ in extract("python", file, keywords=KEYWORDS):
                yield _make_message(message), path.name
    for path in [*sorted((PACKAGE / "site").rglob("*.js")), *sorted((PACKAGE / "lint").glob("*.js"))]:
        for context, text in list_script_texts(path.read_text("utf-8")):
            if is_said(text) or (context == LABEL and re.fullmatch(r" ?[A-Za-z-]+ ?[a-z]*", text)):
                yield (context, text, None), path.name
    for word in list_choices():
        yield (None, word, None), "records"
    for model in KINDS.values():
        yield (None, f"%(num)s {model.SINGULAR}", f"%(num)s {model.SINGULAR}s"), "records"


def _make_message(message: object) -> Message:
    if isinstance(message, tuple) and message[1] is None:
        message = message[0]
    if isinstance(message, tuple):
        return None, str(message[0]), str(message[1])
    return None, str(message), None


def build_template() -> dict[Message, list[str]]:
    """All messages, each with the files that it is in."""
    found: dict[Message, list[str]] = {}
    for message, name in iter_messages():
        places = found.setdefault(message, [])
        if name not in places:
            places.append(name)
    # What is counted somewhere needs no entry of its own.
    counted = {(context, one) for context, one, several in found if several}
    return {key: places for key, places in found.items() if key[2] or key[:2] not in counted}


def load_catalog(language: str) -> Catalog:
    """A message file."""
    with FOLDER.joinpath(f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def update_catalog(language: str, translations: dict[Message, object] | None = None) -> None:
    """Write a message file with exactly the messages of the code."""
    path = FOLDER / f"{language}.po"
    old = load_catalog(language) if path.exists() else Catalog(locale=language)
    new = Catalog(locale=language, project="onevoice", fuzzy=False, charset="utf-8")
    new.header_comment = f"# The site's own words in {new.locale.english_name}. tests/phrases.py brings it up to date."
    for (context, one, several), places in build_template().items():
        known = old.get(one if not several else (one, several), context=context)
        string = (translations or {}).get((context, one, several)) or (known.string if known else "")
        new.add((one, several) if several else one, string or ("" if not several else ("", "")), context=context,
                locations=[(name, None) for name in sorted(places)], flags=())  # fmt: skip
    out = io.BytesIO()
    write_po(out, new, width=0, include_lineno=False, sort_output=True, omit_header=False)
    text = re.sub(r"^#, python-[a-z-]+\n", "", out.getvalue().decode("utf-8"), flags=re.M)
    text = re.sub(r'^"(?:POT-Creation-Date|PO-Revision-Date|Last-Translator|Report-Msgid-Bugs-To|Generated-By|'
                  r'Language-Team|Project-Id-Version)[^\n]*\n', "", text, flags=re.M)  # fmt: skip
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:] or [path.stem for path in FOLDER.glob("*.po")]:
        update_catalog(name)
