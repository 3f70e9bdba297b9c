"""What a page says may run: the theme's own scripts by their hash, and nothing that a text has brought in."""

import html

import pytest

from crawl import Page
from onevoice.engine.policy import META, SitePolicy, hash_source, lower_page, neutralize_tooltips, read_policy
from onevoice.errors import OnevoiceError

TEMPLATE = """<head><meta charset="utf-8"></head>
<script>start(new URL("{{ base_url }}", location))</script>
<script src="{{ bundle }}"></script>
{% if more %}<script>{% if a %}one(){% endif %}</script>{% endif %}
<script id="data" type="application/json">{{ data }}</script>
"""


@pytest.fixture
def templates(tmp_path):
    (tmp_path / "partials").mkdir()
    (tmp_path / "partials" / "base.html").write_text(TEMPLATE, "utf-8")
    return [tmp_path]


def read_meta(page: str) -> dict[str, list[str]]:
    """The directives that a page says, with their sources."""
    (policy,) = (found["content"] for tag, found in Page(page).tags if found.get("http-equiv"))
    return {name: values for name, *values in (part.split() for part in policy.split("; "))}


def make_page(*parts: str) -> str:
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>x</title></head><body>{"".join(parts)}</body></html>'
    )


@pytest.mark.parametrize("base", ["", ".", "../..", "/", "https://handbook.example/a"])
def test_a_script_of_the_theme_is_allowed_by_its_hash(templates, base):
    script = f'start(new URL("{base}", location))'
    policy = SitePolicy(templates)
    page = policy.secure_page(make_page(f"<script>{script}</script>"), "a.md")
    assert read_meta(page)["script-src"] == ["'self'", hash_source(script)]
    assert page.index("charset") < page.index("http-equiv") < page.index("<script>")
    assert hash_source(script).encode() in policy.render_headers()
    assert policy.list_notes() == []


@pytest.mark.parametrize(
    "script",
    [
        'start(new URL("a"+alert(1)+"", location))',
        'start(new URL("a", location));alert(1)',
        'alert(1);start(new URL("a", location))',
        "one()",
        "alert(1)",
        " ",
        "{{ base_url }}",
    ],
)
@pytest.mark.parametrize("tag", ["script", "SCRIPT", 'script type="module"', "script id=x"])
def test_a_script_that_no_template_has_is_not_allowed_and_is_named(templates, script, tag):
    policy = SitePolicy(templates)
    page = policy.secure_page(make_page(f"<{tag}>{script}</script>"), "a.md")
    assert read_meta(page)["script-src"] == ["'self'"]
    assert "sha256" not in policy.render_headers().decode()
    (note,) = policy.list_notes()
    assert note.startswith("a.md: ") and hash_source(script) in note


def test_many_pages_with_one_fault_are_one_note(templates):
    policy, other = SitePolicy(templates), SitePolicy(templates)
    for policy_of_process, name in ((policy, "b.md"), (other, "a.md"), (other, "c.md")):
        policy_of_process.secure_page(make_page("<script>x()</script><p onclick='y()'>z</p>"), name)
    policy.add_findings(other.hashes, other.blocked)
    assert len(policy.list_notes()) == 2
    assert all(note.startswith("a.md and 2 more pages: browsers won't run ") for note in policy.list_notes())


def test_data_and_files_need_no_hash(templates):
    policy = SitePolicy(templates)
    parts = (f'<script type="application/{kind}">[1]</script>' for kind in ("json", "ld+json"))
    page = policy.secure_page(make_page(*parts, '<script src="a.js"></script>'), "a.md")
    assert read_meta(page)["script-src"] == ["'self'"] and policy.list_notes() == []


def test_styles_in_a_page_are_allowed_there_and_in_the_header(templates):
    policy = SitePolicy(templates)
    page = policy.secure_page(make_page('<p style="text-align: right;">x</p><style>p { top: 0 }</style>'), "a.md")
    directives = read_meta(page)
    assert directives["style-src"] == ["'self'", hash_source("p { top: 0 }")]
    assert directives["style-src-attr"] == ["'unsafe-hashes'", hash_source("text-align: right;")]
    assert hash_source("text-align: right;") in policy.render_headers().decode()
    other = policy.secure_page(make_page("<p>x</p>"), "b.md")
    assert "style-src-attr" not in read_meta(other) and read_meta(other)["style-src"] == ["'self'"]


def test_a_header_stays_short(templates):
    policy = SitePolicy(templates)
    policy.secure_page(make_page(*(f'<p style="top: {number}px">x</p>' for number in range(100))), "a.md")
    header = policy.render_headers().decode()
    assert "style-src-attr 'unsafe-inline'" in header and "script-src 'self';" in header
    assert max(map(len, header.splitlines())) < 2000


def test_an_owner_allows_more(templates):
    more = {"frame-src": "https://films.example", "img-src": ["https:", "blob:"], "object-src": "'self'"}
    directives = read_meta(SitePolicy(templates, more).secure_page(make_page(), "a.md"))
    assert directives["frame-src"] == ["'self'", "https://films.example"]
    assert directives["img-src"] == ["'self'", "data:", "https:", "blob:"]
    assert directives["object-src"] == ["'self'"]


def test_an_owner_s_unsafe_inline_is_not_undone_by_a_hash(templates):
    policy = SitePolicy(templates, {"script-src": "'unsafe-inline'"})
    page = policy.secure_page(make_page('<script>start(new URL("", location))</script>'), "a.md")
    assert read_meta(page)["script-src"] == ["'self'", "'unsafe-inline'"]


@pytest.mark.parametrize(
    "more",
    ["img-src https:", ["img-src"], {"img-src": "a; script-src *"}, {"img src": "a"}, {"img-src": 'a"'}, {1: "a"}],
)
def test_what_is_no_directive_is_refused_by_name(templates, more):
    with pytest.raises(OnevoiceError, match=r"mkdocs\.yml: `extra: content_security_policy`"):
        SitePolicy(templates, more)


def test_a_site_in_a_folder_takes_its_files_from_there(templates):
    page = SitePolicy(templates, offline=True).secure_page(make_page(), "a.md")
    assert read_meta(page)["script-src"] == ["'self'", "file:"]


def test_the_header_of_a_page_says_what_the_page_says_and_who_may_frame_it(templates):
    page = (
        SitePolicy(templates).secure_page(make_page('<script>start(new URL("a", location))</script>'), "a.md").encode()
    )
    assert read_policy(page) == f"{html.unescape(META.search(page)[1].decode())}; frame-ancestors 'self'"
    assert read_policy(b"no page").startswith("default-src 'self'; script-src 'self'; ")


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ('<a title="A &lt;img src=x onerror=ran()&gt; b">x</a>', "A ‹img src=x onerror=ran()› b"),
        ('<a title="A <img src=x onerror=ran()> b">x</a>', "A ‹img src=x onerror=ran()› b"),
        ("<a title='A &#60;b> \"c\"'>x</a>", 'A ‹b› "c"'),
        ("<a href=x title=&lt;b>x</a>", "‹b"),
        ('<a href="a>b" TITLE = "&LT;b&#x3E;">x</a>', "‹b›"),
        ('<img alt="x" title="&ltimg">', "‹img"),
        ('<a title="Q&amp;A &amp;lt;b&amp;gt;">x</a>', "Q&A &lt;b&gt;"),
        ('<a title="a > b">x</a>', "a > b"),
        ('<a title="&nvlt;b">x</a>', "‹\u20d2b"),
    ],
)
def test_no_title_is_html_to_the_theme(page, shown):
    ((_, found), *_) = Page(neutralize_tooltips(page, lower_page(page))).tags
    assert found["title"] == shown


def test_what_is_no_title_stays():
    page = '<p data-title="&lt;b>" id="a"> title="&lt;b&gt;" <code>&lt;a title=&quot;&lt;b&gt;&quot;&gt;</code></p>'
    assert neutralize_tooltips(page, lower_page(page)) == page


def test_a_label_that_is_cut_off_is_no_html_to_the_theme():
    page = '<span class="md-ellipsis">\n  A &lt;img&gt; &#60;b&#x3E; &amp;lt;\n</span><p>&lt;b&gt;</p>'
    wanted = '<span class="md-ellipsis">\n  A ‹img› ‹b› &amp;lt;\n</span><p>&lt;b&gt;</p>'
    assert neutralize_tooltips(page, lower_page(page)) == wanted
