"""Forms: a link that opens a form already filled in, and the issue forms of a repository, from one record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from onevoice.records.form import Form, Question

# Browsers and mail programs cut addresses that are longer; the longest values are shortened first.
MAX_URL_LENGTH = 7500
# RFC 6068: a line of the body ends in CR LF.
LINE_BREAK = re.compile(r"\r\n|\r|\n")
PLACEHOLDER = re.compile(r"\{([a-z0-9-]+)\}")


def fill_values(form: Form, given: Mapping[str, str]) -> dict[str, str]:
    """What a page fills in, by the id of the question.

    given: values by the names of `fill` (persona, stage, page, title, record, nearest, team, why, word,
        verdict).
    """
    filled = {question.id: given.get(question.fill or "", "") for question in form.questions}
    return {id: value for id, value in filled.items() if value}


def build_form_link(form: Form, given: Mapping[str, str]) -> str:
    """The address that opens the form with what the page knows already filled in.

    Every value is percent-encoded as UTF-8, so that no character of it can end or change the address (RFC 3986;
    RFC 6068 for mail). Addresses longer than MAX_URL_LENGTH are shortened at their longest value.
    """
    known = fill_values(form, given)
    address = _build_link(form, known)
    while len(address) > MAX_URL_LENGTH and any(known.values()):
        longest = max(known, key=lambda id: len(known[id]))
        known[longest] = known[longest][: len(known[longest]) // 2].rstrip()
        address = _build_link(form, known)
    return address


def _build_link(form: Form, known: dict[str, str]) -> str:
    return LINK_BUILDERS[form.backend](form, known)


def _build_subject(form: Form, known: Mapping[str, str]) -> str:
    text = PLACEHOLDER.sub(lambda hole: known.get(hole[1], ""), form.subject or form.title)
    return " ".join(text.split()).rstrip(": ") or form.title


def _encode_query(pairs: list[tuple[str, str]]) -> str:
    # `quote` writes a space as %20, which every service and mail program understands; `+` is a plus sign to some.
    return urlencode(pairs, quote_via=quote, safe="")


def _build_github_link(form: Form, known: Mapping[str, str]) -> str:
    pairs = [("template", f"{form.id}.yml"), ("title", _build_subject(form, known)), *known.items()]
    return f"{form.to.rstrip('/')}/issues/new?{_encode_query(pairs)}"


def _build_web_link(form: Form, known: Mapping[str, str]) -> str:
    parts = urlsplit(PLACEHOLDER.sub(lambda hole: quote(known.get(hole[1], ""), safe=""), form.to))
    named = set(PLACEHOLDER.findall(form.to))
    pairs = [(q.param, known[q.id]) for q in form.questions if q.param and q.id in known and q.id not in named]
    query = "&".join(part for part in (parts.query, _encode_query(pairs)) if part)
    return urlunsplit(parts._replace(query=query))


def _build_mail_link(form: Form, known: Mapping[str, str]) -> str:
    body = "\n\n".join(f"{question.label}\n{known.get(question.id, '')}" for question in form.questions)
    return build_mail_link(form.to, _build_subject(form, known), body)


def build_mail_link(to: str, subject: str, body: str) -> str:
    """The address that opens an email (RFC 6068). to: an email address, or "" for the writer to fill in."""
    pairs = [("subject", subject), ("body", LINE_BREAK.sub("\r\n", body))]
    return f"mailto:{quote(to, safe='@')}?{_encode_query(pairs)}"


LINK_BUILDERS = {"github": _build_github_link, "url": _build_web_link, "mailto": _build_mail_link}


def list_options(question: Question, lists: Mapping[str, list[str]]) -> list[str]:
    """What can be chosen. `personas`, `stages` or `teams` alone means the names in `lists`."""
    return (
        lists.get(question.options[0], list(question.options)) if len(question.options) == 1 else list(question.options)
    )


def build_issue_form(form: Form, lists: Mapping[str, list[str]]) -> dict[str, object]:
    """The record as a GitHub issue form (docs.github.com, "Syntax for GitHub's form schema"), as plain data."""
    body: list[dict[str, object]] = [{"type": "markdown", "attributes": {"value": form.summary}}]
    for question in form.questions:
        kind = {"text": "input", "area": "textarea", "choice": "dropdown"}[question.type]
        attributes: dict[str, object] = {"label": question.label}
        if question.help:
            attributes["description"] = question.help
        if kind == "dropdown":
            attributes["options"] = list_options(question, lists)
        field = {"type": kind, "id": question.id, "attributes": attributes}
        body.append({**field, "validations": {"required": question.required}})
    return {
        "name": form.title,
        "description": form.summary,
        "title": PLACEHOLDER.sub("", form.subject or form.title),
        **({"labels": list(form.labels)} if form.labels else {}),
        "body": body,
    }
