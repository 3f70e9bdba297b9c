"""News as an email: plain text, HTML, and both in one message that any mail program can send as is (RFC 5322)."""

from __future__ import annotations

import hashlib
import textwrap
from collections.abc import Iterator, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from typing import NamedTuple

from onevoice.exchange.feeds import render_change_html as marked
from onevoice.handbook.handbook import Handbook
from onevoice.handbook.news import (
    AnsweredRequest,
    History,
    News,
    count_records,
    format_day,
    group_news,
    split_additions,
    summarize_news,
    tell_opening,
)
from onevoice.phrases.catalog import mark_text, translate_text, translate_word

WIDTH = 72
ANSWERED_TITLE = mark_text("Sales asked, we delivered")


class MeetingNews(NamedTuple):
    """What a meeting will talk about. title: of its agenda. path: of its page. lines: (how deep in the list, text)."""

    title: str
    path: str
    lines: tuple[tuple[int, str], ...]


def format_mail_subject(handbook: Handbook, history: History) -> str:
    """What the email is about."""
    assert history.since is not None, "only a history from Git can be mailed"
    # A line break would end the header.
    name = " ".join(handbook.brand.name.split())
    return translate_text("%(name)s handbook: what changed since %(day)s", name=name, day=format_day(history.since))


def _format_beginning(history: History) -> str:
    return tell_opening(history.beginning) if history.beginning else ""


def _format_no_changes(history: History) -> str:
    return "" if history.news or history.beginning or history.caveat else translate_text("Nothing changed.")


def render_mail_text(handbook: Handbook, history: History, meetings: Sequence[MeetingNews] = ()) -> str:
    """The email as plain text, in lines of at most WIDTH characters, except for addresses."""
    parts = [format_mail_subject(handbook, history)]
    parts += [_wrap_text(part) for part in (translate_word(history.caveat), _format_no_changes(history)) if part]
    parts += [_wrap_text(sentence.text) for sentence in summarize_news(history.news)]
    if history.answered_requests:
        parts.append(_underline_title(translate_text(ANSWERED_TITLE)))
        parts += [
            _wrap_text(f"- {_format_request(heard)}", "  ") + _format_address(handbook, heard.path)
            for heard in history.answered_requests
        ]
    for group, items in group_news(history.news):
        parts.append(_underline_title(_name_group(group)))
        single, lists = split_additions(items)
        for added in lists:
            names = ", ".join(item.label for item in added)
            parts.append(_wrap_text(_format_added(added, names)))
        parts += ["\n".join(_iter_item_lines(handbook, item)) for item in single]
    for meeting in meetings:
        parts.append(_underline_title(meeting.title))
        lines = (_wrap_text(f"{'  ' * depth}* {text}", "  " * (depth + 1)) for depth, text in meeting.lines)
        parts.append("\n".join(lines) + _format_address(handbook, meeting.path))
    parts += [_wrap_text(part) for part in (_format_beginning(history),) if part]
    return "\n\n".join(parts) + "\n"


def _format_added(added: Sequence[News], names: str) -> str:
    count = count_records(len(added), added[0].kind)
    return f"{translate_text('Added %(count)s:', count=count)} {names}."


def _name_group(group: str) -> str:
    word = translate_word(group)
    return word[:1].upper() + word[1:]


def _underline_title(title: str) -> str:
    return f"{title}\n{'-' * len(title)}"


def _format_request(heard: AnsweredRequest) -> str:
    return translate_text(
        "%(request)s (%(team)s, %(day)s): %(why)s Delivered: “%(asset)s”.",
        request=heard.request, team=heard.team, day=format_day(heard.request_date), why=heard.why, asset=heard.asset,
    )  # fmt: skip


def _iter_item_lines(handbook: Handbook, item: News) -> Iterator[str]:
    yield _wrap_text(f"* {item.label} ({translate_word(item.singular)})", "  ")
    for line in item.lines:
        yield _wrap_text(f"  - {line.sentence}", "    ")
    if item.path:
        yield _format_address(handbook, item.path).lstrip("\n")


def _wrap_text(words: str, indent: str = "") -> str:
    return textwrap.fill(words, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _format_address(handbook: Handbook, path: str) -> str:
    return f"\n    {_build_url(handbook, path)}" if path else ""


def _build_url(handbook: Handbook, path: str) -> str:
    return f"{(handbook.brand.url or '').rstrip('/')}{path}"


def render_mail_html(handbook: Handbook, history: History, meetings: Sequence[MeetingNews] = ()) -> str:
    """The email as HTML, without anything that is fetched from elsewhere."""
    parts = [f"<h1>{escape(format_mail_subject(handbook, history))}</h1>"]
    parts += [
        f"<p>{escape(part)}</p>" for part in (translate_word(history.caveat), _format_no_changes(history)) if part
    ]
    parts += [
        f"<p>{''.join(_format_link_html(handbook, text, path) for text, path in sentence.parts)}</p>"
        for sentence in summarize_news(history.news)
    ]
    if history.answered_requests:
        parts.append(f"<h2>{translate_text(ANSWERED_TITLE)}</h2>")
        parts.append(
            f"<ul>{''.join(_format_request_html(handbook, heard) for heard in history.answered_requests)}</ul>"
        )
    for group, items in group_news(history.news):
        parts.append(f"<h2>{escape(_name_group(group))}</h2>")
        single, lists = split_additions(items)
        for added in lists:
            names = ", ".join(_format_link_html(handbook, item.label, item.path) for item in added)
            parts.append(f"<p>{escape(_format_added(added, '')[:-1].rstrip())} {names}.</p>")
        if single:
            parts.append(f"<ul>{''.join(_format_item_html(handbook, item) for item in single)}</ul>")
    for meeting in meetings:
        parts.append(f"<h2>{_format_link_html(handbook, meeting.title, meeting.path)}</h2>")
        parts.append(f"<ul>{''.join(map(_format_line_html, meeting.lines))}</ul>")
    parts += [f"<p>{escape(part)}</p>" for part in (_format_beginning(history),) if part]
    language = escape(handbook.brand.language)
    title = escape(format_mail_subject(handbook, history))
    body = "\n".join(parts)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head><meta charset="utf-8"><title>{title}</title></head>\n'
        f'<body style="font-family: sans-serif; max-width: 40em">\n{body}\n</body>\n</html>\n'
    )


def _format_link_html(handbook: Handbook, label: str, path: str) -> str:
    # An address without a host leads nowhere from an email.
    if not path or not handbook.brand.url:
        return escape(label)
    return f'<a href="{escape(_build_url(handbook, path))}">{escape(label)}</a>'


def _format_request_html(handbook: Handbook, heard: AnsweredRequest) -> str:
    delivered = escape(translate_text("Delivered"))
    asked = f"({escape(heard.team)}, {format_day(heard.request_date)})"
    asset = _format_link_html(handbook, heard.asset, heard.path)
    return f"<li><b>{escape(heard.request)}</b> {asked}: {escape(heard.why)} {delivered}: {asset}.</li>\n"


def _format_line_html(line: tuple[int, str]) -> str:
    depth, text = line
    return f"<li>{escape(text)}</li>\n" if not depth else f'<li style="margin-left: 1.5em">{escape(text)}</li>\n'


def _format_item_html(handbook: Handbook, item: News) -> str:
    lines = "".join(f"<li>{marked(line.text, line.before, line.after)}</li>" for line in item.lines)
    link = _format_link_html(handbook, item.label, item.path)
    return f"<li><b>{link}</b> ({escape(translate_word(item.singular))})<ul>{lines}</ul></li>\n"


def build_mail_message(handbook: Handbook, history: History, meetings: Sequence[MeetingNews] = ()) -> bytes:
    """Both as one message, without sender, recipient and date: the sending program adds those."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = format_mail_subject(handbook, history)
    plain, rich = render_mail_text(handbook, history, meetings), render_mail_html(handbook, history, meetings)
    # Every server passes it on unchanged.
    message.set_content(plain, cte="quoted-printable")
    message.add_alternative(rich, subtype="html", cte="quoted-printable")
    # The library would choose it at random; the same news must make the same bytes.
    message.set_boundary(f"onevoice-{hashlib.sha256(f'{plain}{rich}'.encode()).hexdigest()[:32]}")
    return message.as_bytes()
