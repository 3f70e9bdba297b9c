"""The site's Content-Security-Policy: a page runs our scripts and the theme's, and nothing that a text has brought in.

Each page says its own policy in a `<meta>`; `_headers` says one for all pages to hosts that read it.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

from onevoice.errors import OnevoiceError

# The key below `extra` in mkdocs.yml with which an owner allows more: {directive: sources}.
SETTING = "content_security_policy"
HEADERS_FILE, HEADER_NAME = "_headers", "Content-Security-Policy"
# `data:` is for the theme's icons, which its style sheet has inside.
DIRECTIVES = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
# What a browser obeys in a header only.
HEADER_DIRECTIVES = {"frame-ancestors": "'self'"}
# Hosts refuse long headers. Beyond this number, the header allows all style attributes, and each page its own.
MAX_HEADER_STYLES = 12

# What the theme fills into a script of its own: an address or a name, never a sign that ends a string.
TEMPLATE_VALUE = r"[\w./:@%~+=-]*"
TEMPLATE_TAG = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", re.S)
# A pattern that begins with letters in one case is found many times as fast.
# One without an end goes to the end of the page, so that it is read once.
SCRIPT, ANY_SCRIPT = (
    re.compile(r"<script\b([^>]*+)(?:>(.*?)(?:</script\s*+>|\Z)|\Z)", re.S | flag) for flag in (0, re.I)
)
# Data blocks: no browser runs them.
DATA_TYPE = re.compile(r"""\btype\s*=\s*["']?(?:application/(?:ld\+)?json)["'\s>]?""", re.I)
SOURCE_ATTRIBUTE = re.compile(r"\bsrc\s*=", re.I)
# Of a page's bytes in small letters: text takes ten times as long to get them.
MAYBE_INLINE = [
    re.compile(pattern) for pattern in (rb"style(?<![\w.-]style)\s*=", rb"<style\b", rb"on(?<![\w.-]on)[a-z]+\s*=")
]
# Browsers look for the charset in the first 1,024 bytes, and a policy can be longer.
CHARSET, HEAD = re.compile(r"<meta\b[^>]*\bcharset\b[^>]*>", re.I), re.compile(r"<head\b[^>]*>", re.I)
META = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')

TAG = re.compile(r"""<[a-z](?:[^<>"']|"[^"]*"|'[^']*')*>""", re.I)
TITLE = re.compile(r"""(\stitle\s*=\s*)("[^"]*"|'[^']*'|[^\s"'<>]+)""", re.I)
# The entities of `<`: `&lt;`, `&#60;`, `&nvlt;`.
MAYBE_TITLE = re.compile(
    rb"""title(?<![\w.-]title)\s*=\s*(?:"[^"]*?(?:<|&[#ln])|'[^']*?(?:<|&[#ln])|[^\s"'<>]*?&[#ln])"""
)
CUT_LABEL = re.compile(r'(<span class="md-ellipsis">)(.*?)(</span>)', re.S)
ANGLE_SUBSTITUTES = str.maketrans("<>", "‹›")
ANGLE_ENTITIES = re.compile(r"&(?:lt|gt|#0*6[02]|#x0*3[ce]);", re.I)


class SitePolicy:
    """Says which inline scripts and styles the pages of a site need, and makes each page say it.

    templates: the folders of the theme's templates, in which each script that may run is written. more: what the owner
    allows besides, by directive. theme: what the theme cannot do without. offline: the site is opened from a folder.

    A script is allowed by its hash only if one of the templates has it: one that a text has brought into a page would
    allow itself otherwise. Styles are allowed wherever they are: they run nothing. `hashes` has what the pages so far
    need, by directive, and `blocked` what will not run, each with the pages that have it.
    """

    def __init__(
        self, templates: Iterable[Path], more: object = None, *, theme: object = None, offline: bool = False
    ) -> None:
        self._script_patterns = [re.compile(pattern) for folder in templates for pattern in _read_patterns(folder)]
        self._directives = _merge_directives((theme, more), offline)
        self._hash_by_script: dict[str, str | None] = {}
        self.hashes: dict[str, dict[str, None]] = {}
        self.blocked: dict[str, dict[str, None]] = {}

    def secure_page(self, page: str, place: str) -> str:
        """A page with its policy, and with nothing that the theme's tooltips would take for HTML.

        page: HTML. place: what notes call it.
        """
        small = lower_page(page)
        page = neutralize_tooltips(page, small)
        needed: dict[str, dict[str, None]] = {}
        for text in find_inline_scripts(page, small):
            if value := self._hash_theme_script(text):
                needed.setdefault("script-src", {})[value] = None
            else:
                self._note_blocked(place, "a script", f"allow {hash_source(text)} in mkdocs.yml (extra: {SETTING})")
        if any(pattern.search(small) for pattern in MAYBE_INLINE):
            found = _InlineFinder(page)
            if found.styles:
                needed["style-src"] = dict.fromkeys(map(hash_source, found.styles))
            if found.attributes:
                values = dict.fromkeys(("'unsafe-hashes'", *map(hash_source, found.attributes)))
                needed["style-src-attr"] = values
            for name in found.handlers:
                self._note_blocked(place, f"`{name}`", "let a script add the listener")
        self.add_findings(needed, {})
        policy = html.escape(self._render_policy(needed), quote=False).replace('"', "&quot;")
        meta = f'<meta http-equiv="{HEADER_NAME}" content="{policy}">'
        start = CHARSET.search(page) or HEAD.search(page)
        return f"{page[: start.end()]}{meta}{page[start.end() :]}" if start else page

    def add_findings(self, hashes: Mapping[str, Mapping[str, None]], blocked: Mapping[str, Mapping[str, None]]) -> None:
        """Learn what the pages need that another process has made: its `hashes` and `blocked`."""
        for known, given in ((self.hashes, hashes), (self.blocked, blocked)):
            for name, values in given.items():
                known.setdefault(name, {}).update(values)

    def list_notes(self) -> list[str]:
        """What will not run, and on which pages, for people."""
        notes = []
        for what, places in sorted(self.blocked.items()):
            place, *others = sorted(places)
            more = f" and {len(others)} more {'page' if len(others) == 1 else 'pages'}" if others else ""
            notes.append(f"{place}{more}: {what}")
        return notes

    def render_headers(self) -> bytes:
        """The file that Netlify, Cloudflare Pages and others read: what to send with every page."""
        needed = {name: {**values} for name, values in sorted(self.hashes.items())}
        for name, values in needed.items():
            if name != "script-src" and len(values) > MAX_HEADER_STYLES:
                needed[name] = {"'unsafe-inline'": None}
        needed = {name: dict.fromkeys(sorted(values)) for name, values in needed.items()}
        lines = [f"{HEADER_NAME}: {self._render_policy(needed, HEADER_DIRECTIVES)}", "X-Content-Type-Options: nosniff"]
        return "".join(f"{line}\n" for line in ("/*", *(f"  {line}" for line in lines))).encode()

    def _render_policy(self, needed: Mapping[str, Iterable[str]], others: Mapping[str, str] | None = None) -> str:
        directives = {**self._directives, **(others or {})}
        for name, values in needed.items():
            given = directives.get(name) or ("" if name == "style-src-attr" else "'self'")
            # 'unsafe-inline' counts for nothing where a hash stands.
            directives[name] = given if "'unsafe-inline'" in given else " ".join(filter(None, (given, *values)))
        return "; ".join(f"{name} {values}" for name, values in directives.items())

    def _hash_theme_script(self, text: str) -> str | None:
        if text not in self._hash_by_script:
            known = any(pattern.fullmatch(text) for pattern in self._script_patterns)
            self._hash_by_script[text] = hash_source(text) if known else None
        return self._hash_by_script[text]

    def _note_blocked(self, place: str, what: str, fix: str) -> None:
        line = f"browsers won't run {what} in the page itself. Put it into a file, or {fix}."
        self.blocked.setdefault(line, {})[place] = None


def lower_page(page: str) -> bytes:
    """A page as bytes with small letters, in which signs of HTML are found fast."""
    return page.encode("utf-8", "replace").lower()


def find_inline_scripts(page: str, small: bytes) -> Iterator[str]:
    """The text of each script that a browser would run, and that is in the page itself. small: its `lower_page`."""
    pattern = SCRIPT if page.count("<script") == small.count(b"<script") else ANY_SCRIPT
    for attributes, text in pattern.findall(page):
        if not SOURCE_ATTRIBUTE.search(attributes) and not DATA_TYPE.search(attributes):
            yield text


def hash_source(text: str) -> str:
    """How a policy names a script or style: by its SHA-256."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def neutralize_tooltips(page: str, small: bytes) -> str:
    """A page in which nothing that Material's tooltips read has a sign of HTML. small: its `lower_page`.

    They write the `title` of an element, and a label that is too long for its place, into the page as HTML.
    """
    if MAYBE_TITLE.search(small):
        page = TAG.sub(lambda tag: TITLE.sub(_neutralize_title, tag[0]) if "title" in tag[0].lower() else tag[0], page)
    return CUT_LABEL.sub(
        lambda label: (
            label[1] + ANGLE_ENTITIES.sub(_replace_angle, label[2]) + label[3] if "&" in label[2] else label[0]
        ),
        page,
    )


def _neutralize_title(match: re.Match[str]) -> str:
    text = html.unescape(match[2][1:-1] if match[2][0] in "\"'" else match[2])
    return f'{match[1]}"{html.escape(text.translate(ANGLE_SUBSTITUTES))}"' if "<" in text else match[0]


def _replace_angle(match: re.Match[str]) -> str:
    return html.unescape(match[0]).translate(ANGLE_SUBSTITUTES)


def read_policy(page: bytes) -> str:
    """The policy of a page as a header: what the page says itself, and what only a header may say."""
    match = META.search(page)
    policy = html.unescape(match[1].decode("ascii", "replace")) if match else _join_directives(DIRECTIVES)
    return f"{policy}; {_join_directives(HEADER_DIRECTIVES)}"


def _join_directives(directives: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {values}" for name, values in directives.items())


def _merge_directives(others: Iterable[object], offline: bool) -> dict[str, str]:
    """The directives with what else is allowed. Raises OnevoiceError if that is no mapping of sources."""
    # In a folder, not every browser takes its files for its own.
    own = "'self' file:" if offline else "'self'"
    directives = {name: values.replace("'self'", own) for name, values in DIRECTIVES.items()}
    for more in others:
        if more is None:
            continue
        if not isinstance(more, Mapping):
            raise OnevoiceError(
                f"mkdocs.yml: `extra: {SETTING}` must map directives to sources, such as img-src: https:"
            )
        for name, values in more.items():
            given = " ".join(map(str, values)) if isinstance(values, list) else str(values)
            if not re.fullmatch(r"[a-z-]+", str(name)) or not re.fullmatch(r"[!#-+\--:<-~ ]+", given):
                raise OnevoiceError(
                    f"mkdocs.yml: `extra: {SETTING}`: `{name}: {given}` is no directive with its sources."
                )
            before = directives.get(name, own)
            directives[name] = given if before == "'none'" else f"{before} {given}"
    return directives


def _read_patterns(folder: Path) -> Iterator[str]:
    """What each inline script of a theme's templates looks like on a page."""
    for path in sorted(path for path in folder.rglob("*.html") if path.is_file()):
        template = path.read_text("utf-8", "replace")
        for text in find_inline_scripts(template, lower_page(template)):
            parts = TEMPLATE_TAG.split(text)
            # What a page has of a script with conditions or loops, only the theme knows.
            if not any(part.startswith("{%") for part in parts[1::2]):
                yield "".join(
                    (TEMPLATE_VALUE if part.startswith("{{") else "") if number % 2 else re.escape(part)
                    for number, part in enumerate(parts)
                )


class _InlineFinder(HTMLParser):
    """The style elements, style attributes and event handlers of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.styles: list[str] = []
        self.attributes: list[str] = []
        self.handlers: dict[str, None] = {}
        self._in_style = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        for name, value in attrs:
            if name == "style":
                self.attributes.append(value or "")
            elif name.startswith("on"):
                self.handlers[name] = None

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.styles.append(data)
