"""Our scripts and templates turn no text into HTML or code: what could is written nowhere, not even with a constant."""

import re

import pytest

from handbooks import ROOT

PACKAGE = ROOT / "scripts" / "onevoice"
# What a browser takes for HTML, for code, or for a style that a policy stops.
SINK = re.compile(
    r"""(?x)
    \b(?:inner|outer)HTML\b | \binsertAdjacentHTML\b | \bsetHTML(?:Unsafe)?\b | \bparseFromString\b
    | \bcreateContextualFragment\b | \bdocument\s*\.\s*write(?:ln)?\b | \beval\s*\( | \bnew\s+Function\b
    | \bset(?:Timeout|Interval)\s*\(\s*["'`] | \bsetAttribute\s*\(\s*["'`](?:on|style|srcdoc) | \bcssText\b
    | \bimport\s*\( | \bsrcdoc\s*=\s*+(?!"<!doctype\ html>";)
    """
)
# A page's own style or script, a handler, or an address that runs; and what no filter has made safe.
MARKUP = re.compile(r"(?i)<[a-z][^>]*\s(?:style|on[a-z]+)\s*=|<style\b|<script>|javascript:|\|\s*safe\b")
# What a template may say all the same: structured data, which site/escape.py makes safe for its place; the Markdown of
# a colleague's page; the docstrings of our rules, which are Markdown; what sets light or dark before a page is shown.
ALLOWED = {
    "theme/main.html": ["| safe"],
    "theme/partials/javascripts/palette.html": ["<script>"],
    "templates/guide.md": ["|safe"] * 2,
    "templates/rules.md": ["|safe"] * 4,
}


def list_scripts():
    return sorted(path for path in PACKAGE.rglob("*.js") if "sample" not in path.parts)


def list_templates():
    found = (path for folder in ("templates", "theme") for path in (PACKAGE / "site" / folder).rglob("*"))
    return sorted(path for path in found if path.is_file())


def test_there_is_something_to_read():
    assert len(list_scripts()) > 10 and len(list_templates()) > 30


@pytest.mark.parametrize("path", list_scripts(), ids=lambda path: path.name)
def test_no_script_of_ours_reads_text_as_html_or_code(path):
    assert SINK.findall(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", list_templates(), ids=lambda path: path.name)
def test_no_template_has_a_style_a_script_or_text_as_it_is(path):
    name = path.relative_to(PACKAGE / "site").as_posix()
    assert MARKUP.findall(path.read_text("utf-8")) == ALLOWED.get(name, [])


@pytest.mark.parametrize("path", sorted((PACKAGE / "site").glob("*.py")), ids=lambda path: path.name)
def test_no_drawing_has_a_style_or_a_handler(path):
    # Emails have no style sheet: the signature that people copy has its own.
    signature = [' style="'] if path.name == "kit.py" else []
    assert re.findall(r"\s(?:style|on[a-z]+)=[\"']", path.read_text("utf-8")) == signature


@pytest.mark.parametrize(
    "planted",
    [
        "box.innerHTML = text;", "box.outerHTML += text", "box.insertAdjacentHTML('beforeend', text)", "eval(text)",
        "document.write(text)", "document . writeln(text)", "new Function(text)", "setTimeout('go()', 1)",
        "box.setAttribute('onclick', text)", 'box.setAttribute("style", text)', "box.style.cssText = text",
        "new DOMParser().parseFromString(text, 'text/html')", "box.setHTMLUnsafe(text)", "import(text)",
        "frame.srcdoc = text;",
    ],
)  # fmt: skip
def test_a_planted_sink_is_found(planted):
    assert SINK.search(planted)


@pytest.mark.parametrize(
    "planted",
    [
        '<div style="color: {{ x }}">',
        "<a onclick=go()>",
        "<style>",
        "<script>",
        "{{ x | safe }}",
        '<a href="javascript:x">',
    ],
)
def test_a_planted_style_or_script_is_found(planted):
    assert MARKUP.search(planted)
