"""Reads a built site as a browser would: its pages, what they link to, and the anchors they have."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

HOST = "http://site.test"


class Page(HTMLParser):
    """The links, anchors, tags and text of one page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.tags: list[tuple[str, dict]] = []
        self.text = ""
        self._hidden = 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append((tag, found))
        self.anchors.update(value for name, value in attrs if name in ("id", "name") and value)
        for name in ("href", "src"):
            if found.get(name) and tag != "base":
                self.links.append(found[name])
        if tag == "meta" and found.get("http-equiv") == "refresh":
            self.links.append(found["content"].partition("url=")[2])
        self._hidden += tag in ("script", "style")

    def handle_endtag(self, tag):
        self._hidden -= tag in ("script", "style")

    def handle_data(self, data):
        if not self._hidden:
            self.text += data


def pages(site: Path) -> dict[str, Page]:
    """The pages of a site by their address, such as `/glossary/lead/`."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        address = "/" + path.relative_to(site).as_posix().removesuffix("index.html")
        found[address] = Page(path.read_text("utf-8"))
    return found


def broken(site: Path) -> list[str]:
    """Every internal link that leads to no file or no anchor, as `page -> link`."""
    known = pages(site)
    wrong = []
    for address, page in known.items():
        if address == "/404.html":
            continue
        for link in page.links:
            target = urlsplit(urljoin(HOST + address, link))
            if f"{target.scheme}://{target.netloc}" != HOST:
                continue
            path = unquote(target.path)
            if path in known:
                if target.fragment and unquote(target.fragment) not in known[path].anchors | {"__top"}:
                    wrong.append(f"{address} -> {link} (no such anchor)")
            elif not (site / path.lstrip("/")).is_file():
                wrong.append(f"{address} -> {link} (no such page)")
    return wrong


def read_headers(site: Path) -> list[tuple[str, str]]:
    """What a site asks its host to send with every page (`_headers`)."""
    path = site / "_headers"
    lines = path.read_text("utf-8").splitlines() if path.is_file() else ["/*"]
    assert lines[0] == "/*" and all(line.startswith("  ") for line in lines[1:])
    return [tuple(line.strip().split(": ", 1)) for line in lines[1:]]
