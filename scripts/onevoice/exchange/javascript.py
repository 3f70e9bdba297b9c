"""Compiled terms -> `terms.js`, and the rules of the lint -> `rules.js`: what the page that checks drafts reads in the
browser (site/check.js).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any

from onevoice.matcher.compile import CompiledTerms
from onevoice.matcher.pattern import ROLES, Form, Pattern
from onevoice.output import Artifact

PATH = "docs/assets/check/terms.js"
RULES_PATH = "docs/assets/check/rules.js"
# Fields that are written by position; the others are written only if they differ from the default.
_POSITIONAL_FIELDS = ("term", "role", "forms")
_FIELD_DEFAULTS = {field.name: field.default for field in fields(Pattern) if field.name not in _POSITIONAL_FIELDS}
assert MISSING not in _FIELD_DEFAULTS.values()


def write(compiled: CompiledTerms, *, english: bool) -> list[Artifact]:
    """The terms as a script that sets `onevoiceTerms`. english: the handbook's language has `a` and `an`."""
    return [_write_script(PATH, "onevoiceTerms", build_terms_data(compiled, english=english))]


def write_rules(data: Mapping[str, Any]) -> list[Artifact]:
    """The rules as a script that sets `onevoiceRules`. data: from run/browser.py."""
    return [_write_script(RULES_PATH, "onevoiceRules", data)]


def _write_script(path: str, name: str, data: Any) -> Artifact:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Artifact(path, f"window.{name} = {text};\n".encode())


def build_terms_data(compiled: CompiledTerms, *, english: bool) -> dict[str, Any]:
    """The same as plain data, in the order of the terms.

    terms: lists of a term's id and its patterns, without those that no finding can meet. A pattern is its role's
    number, its forms and its other fields. A form is a text; a list of one text if it is a plural; a list of a text
    and its replacement if it is irregular; with 1 as a third part if it is found only as it is written.
    """
    near = {number for places in compiled.reportable_forms.values() for number, _ in places}
    terms: list[list[Any]] = []
    for number, pattern in enumerate(compiled.patterns):
        if number not in near:
            continue
        if not terms or terms[-1][0] != pattern.term:
            terms.append([pattern.term])
        terms[-1].append(_encode_pattern(pattern))
    language = {} if compiled.language == "en" else {"language": compiled.language}
    return {"english": english, **language, "roles": ROLES, "terms": terms}


def _encode_pattern(pattern: Pattern) -> list[Any]:
    rest = {name: value for name, default in _FIELD_DEFAULTS.items() if (value := getattr(pattern, name)) != default}
    if not any(pattern.names):
        rest.pop("names", None)
    forms = [_encode_form(form) for form in pattern.forms]
    return [ROLES.index(pattern.role), forms, rest] if rest else [ROLES.index(pattern.role), forms]


def _encode_form(form: Form) -> str | list[Any]:
    if form.cased:
        return [form.text, form.use, 1]
    if form.use is not None:
        return [form.text, form.use]
    return [form.text] if form.plural else form.text
