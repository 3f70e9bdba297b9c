"""Pages of a website: as its sitemaps name them, no faster than it wants, and from nowhere else."""

import csv
import gzip
import http.server
import itertools
import sys
import threading
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from onevoice import __version__, limits
from onevoice.commands import cli
from onevoice.errors import OnevoiceError
from onevoice.store.site import find_site
from onevoice.store.web import clean_address

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits that tests lower count only in copies of us")
PAGE = ("text/html; charset=utf-8", b"<title>Seats</title><p>We utilize it.</p>")


class Website(http.server.ThreadingHTTPServer):
    """A site on this machine. pages: from path to media type and bytes, a status and a place, or what fails first."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.top = f"http://127.0.0.1:{self.server_port}"
        self.pages: dict[str, object] = {}
        self.asked: list[tuple[float, str, str]] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def add_sitemap(self, *paths: str, path: str = "/sitemap.xml", packed: bool = False, day: str = "") -> None:
        lastmod = f"<lastmod>{day}</lastmod>" if day else ""
        urls = "".join(f"<url><loc>{one if '://' in one else self.top + one}</loc>{lastmod}</url>" for one in paths)
        data = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()
        self.pages[path] = ("application/xml", gzip.compress(data) if packed else data)


class Handler(http.server.BaseHTTPRequestHandler):
    server: Website

    def do_GET(self) -> None:
        self.server.asked.append((time.monotonic(), self.path, self.headers["User-Agent"]))
        found = self.server.pages.get(self.path, (404, ""))
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        if found == "break":
            self.connection.close()
            return
        if isinstance(found[0], int):
            self.send_response(found[0])
            if found[1]:
                self.send_header("Location", found[1])
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Type", found[0])
        self.send_header("Content-Length", str(len(found[1]) + (found[2] if len(found) > 2 else 0)))
        self.end_headers()
        self.wfile.write(found[1])

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site(tmp_path, monkeypatch):
    (tmp_path / "book" / "terminology").mkdir(parents=True)
    (tmp_path / "book" / "terminology" / "terms.yaml").write_text(
        "terms:\n  - {id: use, preferred: use, definition: d, part_of_speech: verb, avoid: [{term: utilize, why: w}]}\n"
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setenv("ONEVOICE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(limits, "CRAWL_SECONDS", 0.01)
    monkeypatch.setattr(limits, "RETRY_SECONDS", (0.01, 0.01))
    site = Website()
    yield site
    site.shutdown()
    site.server_close()


def run(*arguments: str, day: str = "2026-11-21"):
    return CliRunner().invoke(
        cli, ["audit", *arguments, "--out", "out", "--handbook", "book", "--processes", "2"],
        env={"ONEVOICE_TODAY": day}, standalone_mode=False,
    )  # fmt: skip


def read_rows(site: Website) -> dict[str, tuple[str, str]]:
    with Path("out/documents.csv").open(newline="", encoding="utf-8") as file:
        return {row["uri"].removeprefix(site.top): (row["state"], row["why"]) for row in csv.DictReader(file)}


def count_asked(site: Website) -> dict[str, int]:
    return {path: len([*group]) for path, group in itertools.groupby(sorted(path for _, path, _ in site.asked))}


def test_the_pages_of_sitemaps_are_read(site):
    site.pages |= {
        "/robots.txt": ("text/plain", b"User-agent: *\nDisallow: /private/\nDisallow: /*?print\nSitemap: /maps.xml\n"),
        "/maps.xml": (
            "text/xml",
            f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>{site.top}/a.xml.gz</loc>'
            f"</sitemap><sitemap><loc>{site.top}/gone.xml</loc></sitemap></sitemapindex>".encode(),
        ),
        "/guides/seats": PAGE,
        "/guides/notes.txt": ("text/plain; charset=latin-1", "café, and we utilize it.\n".encode("latin-1")),
        "/logo": ("image/png", b"x"),
        "/private/plan": PAGE,
        "/guides/seats?print": PAGE,
    }
    site.add_sitemap(
        "/guides/seats", "/guides/notes.txt", "/private/plan", "/guides/seats?print", "/logo", "/picture.png", "/none",
        "http://example.com/x", path="/a.xml.gz", packed=True,
    )  # fmt: skip
    done = run(site.top)
    assert done.exception is None, done.exception
    rows = read_rows(site)
    assert rows.pop("/guides/seats") == rows.pop("/guides/notes.txt") == ("read", "it has 1 error")
    for closed in ("/private/plan", "/guides/seats?print"):
        assert rows.pop(closed) == ("skipped", "its robots.txt doesn't allow it")
    assert rows.pop("http://example.com/x") == ("skipped", "it's on another host than its sitemap")
    assert rows.pop("/none") == ("failed", "cannot be read (there is nothing there: 404).")
    assert rows.pop("/gone.xml")[0] == "failed"
    assert rows.pop("/logo") == ("failed", "cannot read this kind of file (image/png).")
    assert rows == {} and "1 .png" in done.stdout
    assert "/private/plan" not in count_asked(site) and "/picture.png" not in count_asked(site)
    assert {agent for *_, agent in site.asked} == {f"onevoice/{__version__} (audit of an archive)"}


def test_a_page_is_read_again_if_its_date_or_the_day_has_changed(site):
    site.pages |= {"/a": PAGE, "/b": PAGE}
    site.add_sitemap("/a", day="2026-11-01")
    site.add_sitemap("/b", path="/other.xml")
    sources = [f"{site.top}/sitemap.xml", f"{site.top}/other.xml"]
    run(*sources)
    run(*sources)
    run(*sources, day="2026-11-22")
    asked = count_asked(site)
    assert (asked["/a"], asked["/b"]) == (1, 2)
    site.add_sitemap("/a", day="2026-11-20")
    run(*sources, day="2026-11-22")
    assert count_asked(site)["/a"] == 2
    assert ",2026-11-20," in Path("out/documents.csv").read_text()


def test_a_list_of_addresses_is_read(site):
    site.pages |= {"/a": PAGE, "/b": PAGE}
    Path("pages.txt").write_text(f"# Old ones\n{site.top}/a\n\n{site.top}/b#part\n{site.top}/a\n")
    assert run("pages.txt").return_value == 1
    assert read_rows(site) == dict.fromkeys(["/a", "/b"], ("read", "it has 1 error"))
    Path("pages.txt").write_text(f"See {site.top}/a, where we utilize it.\n")
    run("pages.txt")
    assert read_rows(site) == {"pages.txt": ("read", "it has 1 error")}


def test_a_site_is_not_read_by_a_cluster(site):
    site.pages["/a"] = PAGE
    site.add_sitemap("/a")
    assert "websites are read by one machine" in str(run(f"{site.top}/sitemap.xml", "--dask", "local").exception)


def test_a_site_is_asked_no_faster_than_it_wants(site):
    site.pages["/robots.txt"] = ("text/plain", b"User-agent: onevoice\nRequest-rate: 4/1\n")
    paths = [f"/{number}" for number in range(5)]
    site.pages |= dict.fromkeys(paths, PAGE)
    site.add_sitemap(*paths)
    run(f"{site.top}/sitemap.xml")
    times = sorted(moment for moment, path, _ in site.asked if path in paths)
    # Two processes take turns. Who waits longer is no problem.
    assert len(times) == 5 and times[-1] - times[0] > 4 * 0.25 - 0.2


def test_a_site_that_wants_too_much_time_is_said(site):
    site.pages |= {"/robots.txt": ("text/plain", b"User-agent: *\nCrawl-delay: 3600\n"), "/a": PAGE}
    Path("pages.txt").write_text(f"{site.top}/a\n")
    run("pages.txt")
    assert read_rows(site)["/a"][0] == "skipped" and "3600 seconds between pages" in read_rows(site)["/a"][1]


def test_nothing_is_read_if_nobody_knows_what_is_allowed(site):
    site.pages |= {"/robots.txt": (503, ""), "/a": PAGE}
    Path("pages.txt").write_text(f"{site.top}/a\n")
    run("pages.txt")
    assert read_rows(site)["/a"][0] == "failed" and "the server answers 503" in read_rows(site)["/a"][1]
    assert "/a" not in count_asked(site)


def test_faults_that_pass_are_borne(site):
    site.pages |= {
        "/busy": [(503, ""), PAGE], "/broken": ["break", PAGE], "/short": [(*PAGE, 9), PAGE], "/ever": (503, ""),
    }  # fmt: skip
    site.add_sitemap("/busy", "/broken", "/short", "/ever")
    run(f"{site.top}/sitemap.xml")
    rows = read_rows(site)
    assert rows.pop("/ever") == ("failed", "cannot be read (the server answers 503).")
    assert rows == dict.fromkeys(["/busy", "/broken", "/short"], ("read", "it has 1 error"))


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("/b", ""),
        ("/private", "its robots.txt doesn't allow it"),
        ("http://localhost:9/", "it leads to localhost, which is not followed"),
        ("http://127.0.0.1:9/", "it leads to 127.0.0.1 by another way, which is not followed"),
        ("http://169.254.169.254/latest/", "it leads to 169.254.169.254, which is not followed"),
        ("//10.0.0.1/", "it leads to 10.0.0.1, which is not followed"),
        ("file:///etc/passwd", "it leads to a `file:` address, which is not followed"),
        ("http://me:secret@127.0.0.1/", "has a password in it"),
        ("/a", "it leads on and on"),
    ],
)
def test_only_the_same_site_is_followed(site, target, said):
    site.pages |= {
        "/robots.txt": ("text/plain", b"User-agent: *\nDisallow: /private\n"),
        "/a": (302, target),
        "/b": PAGE,
    }
    if not said:
        assert find_site(site.top).fetch_page(f"{site.top}/a").data == PAGE[1]
        return
    with pytest.raises(OnevoiceError) as error:
        find_site(site.top).fetch_page(f"{site.top}/a")
    assert said in str(error.value) and "secret" not in str(error.value)


def test_the_pages_of_a_source_and_the_steps_to_a_page_are_limited(site, monkeypatch):
    site.pages |= dict.fromkeys(["/0", "/1"], PAGE)
    site.add_sitemap("/0", "/1")
    monkeypatch.setattr(limits, "MAX_PAGES", 2)
    assert run(f"{site.top}/sitemap.xml").exception is None
    monkeypatch.setattr(limits, "MAX_PAGES", 1)
    assert "more than 1 pages" in str(run(f"{site.top}/sitemap.xml").exception)
    most = limits.MAX_REDIRECTS
    site.pages |= {f"/step{number}": (302, f"/step{number + 1}") for number in range(most + 1)}
    site.pages[f"/step{most + 1}"] = PAGE
    assert find_site(site.top).fetch_page(f"{site.top}/step1").data == PAGE[1]
    with pytest.raises(OnevoiceError, match="on and on"):
        find_site(site.top).fetch_page(f"{site.top}/step0")


def test_large_and_slow_answers_are_cut_off(site, monkeypatch):
    site.pages |= {"/large": ("text/html", b"x" * 70_000), "/slow": PAGE}
    with pytest.raises(OnevoiceError, match="more than"):
        find_site(site.top).fetch_page(f"{site.top}/large", 69_999)
    assert len(find_site(site.top).fetch_page(f"{site.top}/large", 70_000).data) == 70_000
    monkeypatch.setattr(limits, "FETCH_SECONDS", -1)
    with pytest.raises(OnevoiceError, match="takes more than"):
        find_site(site.top).fetch_page(f"{site.top}/slow")


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]><urlset>&a;</urlset>",
        b"<urlset><url>",
        gzip.compress(b"<urlset>" + b" " * 2_000_000),
        gzip.compress(b"<urlset/>")[:-9],
    ],
    ids=["entities", "open", "bomb", "cut"],
)
def test_a_hostile_sitemap_is_said(site, monkeypatch, body):
    monkeypatch.setattr(limits, "MAX_SITEMAP_BYTES", 1_000_000)
    site.pages["/sitemap.xml"] = ("text/xml", body)
    error = run(f"{site.top}/sitemap.xml").exception
    assert isinstance(error, OnevoiceError) and "/sitemap.xml: cannot be read" in str(error)


def test_an_address_with_a_password_is_refused_without_telling_it(site):
    error = run("https://me:secret@example.com/sitemap.xml").exception
    assert "password" in str(error) and "secret" not in str(error)
    with pytest.raises(OnevoiceError, match="no address"):
        clean_address("https://[::1")
    assert clean_address("https://example.com/ü b?q=ä#x") == "https://example.com/%C3%BC%20b?q=%C3%A4"


def test_without_what_reads_robots_txt_nothing_is_asked(site, monkeypatch):
    monkeypatch.setitem(sys.modules, "protego", None)
    done = run(site.top)
    assert isinstance(done.exception, OnevoiceError)
    assert str(done.exception).endswith('Get it with `pip install "onevoice[audit-remote]"`.')
    assert site.asked == []
