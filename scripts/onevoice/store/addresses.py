"""The pages of a website as its sitemaps or a list of addresses name them, and what is at each."""

from __future__ import annotations

import gzip
import io
import mimetypes
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from onevoice import limits
from onevoice.errors import OnevoiceError
from onevoice.prose.files import read_file_bytes
from onevoice.prose.formats import find_ending, find_format
from onevoice.prose.xml import Node, convert_to_utf8, parse_xml
from onevoice.store.file import SourceFile, StoredFile
from onevoice.store.site import find_site
from onevoice.store.web import Answer, clean_address, is_same_site, is_web

# The endings under which what servers send is read; of other kinds, the address's own counts.
_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "message/rfc822": ".eml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.presentation": ".odp",
}
_MEDIA = ("image/", "audio/", "video/", "font/", "text/css", "text/javascript", "application/javascript")
# About what a page has: nobody says how large they are. Parts get so many pages that little is lost if one is stopped.
_PAGE_BYTES = 200_000


def is_address_list(source: str) -> bool:
    """Whether a file on this disk is a list of addresses: a text with nothing but one in each line."""
    if not source.lower().endswith(".txt") or not Path(source).is_file():
        return False
    return bool(_split_addresses(read_file_bytes(Path(source))))


def list_pages(source: str) -> list[StoredFile]:
    """The pages that a site's sitemaps name, or a list of addresses. Raises OnevoiceError if there are none."""
    if not is_web(source):
        pages = [StoredFile(clean_address(line), 0, "") for line in _split_addresses(read_file_bytes(Path(source)))]
    else:
        pages = _list_site(clean_address(source))
    found = {page.uri: page for page in pages}
    if len(found) > limits.MAX_PAGES:
        raise OnevoiceError(f"{source}: it names more than {limits.MAX_PAGES:,} pages. Split it.")
    return [_describe_page(page) for page in found.values()]


def read_page(address: str) -> SourceFile:
    """A page. Raises OnevoiceError if it can't be read."""
    answer = find_site(address).fetch_page(address)
    path = urlsplit(address).path
    ending = _ENDINGS.get(answer.media_type) or (find_ending(path).lower() if find_format(path) else "")
    if not ending and answer.media_type == "text/plain":
        ending = ".txt"
    if not ending:
        raise OnevoiceError(f"{address}: cannot read this kind of file ({answer.media_type}).")
    name = address if find_ending(address).lower() == ending else f"{address}{ending}"
    return SourceFile(name, _recode_page(answer))


def _recode_page(answer: Answer) -> bytes:
    """The page in UTF-8, if it's a text whose encoding the server names."""
    if answer.charset and answer.media_type.startswith("text/"):
        try:
            return answer.data.decode(answer.charset).encode()
        except (UnicodeError, LookupError):
            pass  # Its reader says what is wrong with it.
    return answer.data


def _list_site(source: str) -> list[StoredFile]:
    site = find_site(source)
    if urlsplit(source).path.strip("/") or urlsplit(source).query:
        answer = site.fetch_page(source, limits.MAX_SITEMAP_BYTES)
        root = _parse_sitemap(answer)
        if root is None:
            listed = _split_addresses(answer.data) if answer.media_type == "text/plain" else []
            return [_keep_home(clean_address(line), source, "") for line in listed] or [StoredFile(source, 0, "")]
        return [*_iter_sitemap(root, source, is_top=True)]
    named = [urljoin(source, address) for address in [*site.robots.sitemaps] or ["/sitemap.xml"]]
    return [page for address in named for page in _iter_named_sitemap(clean_address(address), source, is_top=True)]


def _iter_named_sitemap(address: str, source: str, *, is_top: bool) -> Iterator[StoredFile]:
    """The pages of a sitemap. One that can't be read is in the place of its pages: who reads it says why."""
    if not is_same_site(address, source):
        yield _keep_home(address, source, "")
        return
    try:
        root = _parse_sitemap(find_site(address).fetch_page(address, limits.MAX_SITEMAP_BYTES))
    except OnevoiceError:
        yield StoredFile(address, 0, "")
        return
    if root is None:
        yield StoredFile(address, 0, "", reason="this is no sitemap")
    else:
        yield from _iter_sitemap(root, source, is_top=is_top)


def _iter_sitemap(root: Node, source: str, *, is_top: bool) -> Iterator[StoredFile]:
    for node in root.children[: limits.MAX_PAGES + 1]:
        place, day = node.find_child("loc"), node.find_child("lastmod")
        if place is None:
            continue
        address = clean_address(urljoin(source, place.text.strip()))
        if node.tag == "url":
            yield _keep_home(address, source, day.text.strip()[:40] if day else "")
        elif node.tag == "sitemap" and is_top:
            yield from _iter_named_sitemap(address, source, is_top=False)
        elif node.tag == "sitemap":
            yield StoredFile(address, 0, "", reason="an index of sitemaps within another one isn't read")


def _parse_sitemap(answer: Answer) -> Node | None:
    """The root of a sitemap or an index of some; None if it's something else. Raises OnevoiceError if it is broken."""
    data = answer.data
    try:
        if data.startswith(b"\x1f\x8b"):
            data = gzip.GzipFile(fileobj=io.BytesIO(data)).read(limits.MAX_SITEMAP_BYTES + 1)
            if len(data) > limits.MAX_SITEMAP_BYTES:
                raise OnevoiceError(f"it unpacks to more than {limits.MAX_SITEMAP_BYTES >> 20} MB")
        if not data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") or b"<html" in data[:2000].lower():
            return None
        root = parse_xml(convert_to_utf8(data))
    except (OSError, EOFError, zlib.error):
        raise OnevoiceError(f"{answer.address}: cannot be read (it is damaged).") from None
    except OnevoiceError as error:
        raise OnevoiceError(f"{answer.address}: cannot be read ({error}).") from None
    return root if root.tag in ("urlset", "sitemapindex") else None


def _split_addresses(data: bytes) -> list[str]:
    """The addresses of a list; none, if it's another kind of text. Lines that begin with `#` are remarks."""
    lines = [line.strip() for line in data.decode("utf-8-sig", "replace").splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    return lines if all(map(is_web, lines)) else []


def _keep_home(address: str, source: str, version: str) -> StoredFile:
    """The page, if it's on the site of its source."""
    reason = "" if is_same_site(address, source) else "it's on another host than its sitemap"
    return StoredFile(address, 0, version, reason=reason)


def _describe_page(page: StoredFile) -> StoredFile:
    reason = page.reason or find_site(page.uri).explain_refusal(page.uri)
    inner = unquote(urlsplit(page.uri).path).strip("/")
    return page._replace(size=_PAGE_BYTES, inner=inner, is_read=not _is_media(page.uri), reason=reason)


def _is_media(address: str) -> bool:
    return (mimetypes.guess_type(urlsplit(address).path)[0] or "").startswith(_MEDIA)
