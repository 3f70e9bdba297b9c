"""Zensical as the engine: it builds what MkDocs builds, and refuses in words that people can use."""

import dataclasses
import re

import pytest

from onevoice.engine.policy import hash_source
from onevoice.engine.site import SiteSource, build_site
from onevoice.errors import OnevoiceError

CONFIG = """
theme:
  name: material
  palette: {primary: custom}
plugins: [search]
"""


@pytest.fixture
def source(tmp_path) -> SiteSource:
    """A site of one page."""
    (tmp_path / "mkdocs.yml").write_text(CONFIG)
    (tmp_path / "build" / "docs").mkdir(parents=True)
    write_page(tmp_path, "# Home\n\nWords.\n")
    (tmp_path / "theme").mkdir()
    (tmp_path / "frame.yml").touch()
    return SiteSource(
        tmp_path / "mkdocs.yml", tmp_path / "frame.yml", tmp_path / "build", "Title", "Summary", "", "key"
    )


def write_page(folder, text: str) -> None:
    (folder / "build" / "docs" / "index.md").write_text(text)


def test_a_site_has_the_header_that_the_logo_is_made_for(source):
    assert build_site(source, "zensical", print)
    page = (source.out / "site" / "index.html").read_text("utf-8")
    assert "<title>Home - Title</title>" in page and "assets/stylesheets/classic/" in page
    assert sorted(path.name for path in source.out.iterdir()) == ["docs", "site", "site.stamp"]


@pytest.mark.parametrize(
    ("page", "told"),
    [("See [it](nowhere.md).", "page does not exist"), ("See [it](#nowhere).", "anchor does not exist")],
)
def test_a_broken_link_is_refused_without_a_traceback(source, page, told):
    write_page(source.out.parent, page)
    with pytest.raises(OnevoiceError, match=told) as refusal:
        build_site(source, "zensical", print)
    assert "index.md:1" in str(refusal.value) and "Zensical says:" in str(refusal.value)
    assert "Traceback" not in str(refusal.value) and "--strict" not in str(refusal.value)
    assert not (source.out / "site").exists()


def test_an_unknown_extension_is_named(source):
    source.config_file.write_text(f"{CONFIG}\nmarkdown_extensions: [nonsense]\n")
    with pytest.raises(OnevoiceError, match=r"ModuleNotFoundError: .*nonsense") as refusal:
        build_site(source, "zensical", print)
    assert "Traceback" not in str(refusal.value)


def test_a_site_for_a_folder_is_not_offered(source):
    offline = dataclasses.replace(source, offline=True)
    with pytest.raises(OnevoiceError, match="--offline"):
        build_site(offline, "zensical", print)


def test_every_page_says_what_may_run_there(source):
    write_page(source.out.parent, '# Home\n\n<script>alert(1)</script>\n\n[x](index.md "A &lt;b&gt;")\n')
    notes = []
    assert build_site(source, "zensical", notes.append)
    headers = (source.out / "site" / "_headers").read_text("utf-8")
    for name in ("index.html", "404.html"):
        page = (source.out / "site" / name).read_text("utf-8")
        assert page.index('http-equiv="Content-Security-Policy"') < page.index("<script")
        assert {*re.findall("'sha256-[^']+'", page)} <= {*re.findall("'sha256-[^']+'", headers)} != set()
        assert hash_source("alert(1)") not in page
    (note,) = notes
    assert note.startswith("index.html: browsers won't run a script ") and hash_source("alert(1)") in note
    assert 'title="A ‹b›"' in (source.out / "site" / "index.html").read_text("utf-8")
