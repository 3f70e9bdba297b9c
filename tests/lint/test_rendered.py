"""The lint finds what stands on the page as MkDocs makes it, and a fix changes that and nothing else."""

import datetime
import html.parser
import re

import markdown
from hypothesis import given
from hypothesis import strategies as st

from onevoice.lint import fix, terms
from onevoice.matcher.compile import compile_terms
from onevoice.matcher.matcher import Matcher
from onevoice.prose.markdown import read
from onevoice.records.term import Term

TODAY = datetime.date(2026, 11, 22)
TERMS = [
    {"id": "a", "preferred": "barzle", "definition": "d", "part_of_speech": "verb", "avoid": ["foozle"]},
    {"id": "b", "preferred": "barzle way", "definition": "d", "part_of_speech": "verb", "avoid": ["foozle path"]},
]
MATCHER = Matcher(compile_terms([Term.model_validate(term) for term in TERMS]))

EXTENSIONS = [
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "pymdownx.details",
    "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tilde",
]  # fmt: skip
SILENT = ("code", "pre", "script", "style", "blockquote", "q")
VOID = ("br", "img", "hr", "input", "col")

# Words in a line; § becomes what is avoided, or nothing.
LINES = [
    "some § words", "§", "A §, and §.", "the **§** way", "a _§_ here", "`§` and §", "(§)", "“§” said § they", "§’s end",
    "re-§ and §-like", "a <b>§</b> b", "x <!-- § --> y §", "&amp; § &lt;", r"\*§\*", "~~§~~ so", "a §\nline of §",
    "1 < 2 § > 0", "5\" § 6\"",
]  # fmt: skip
# And in what is no words to the lint, or not in the page's text.
ODD = [
    "[§](x/foozle.md) too", "![§](foozle.png) seen", "https://x.example/foozle/ §", "_foozle_x §", "a/§ or §", "#§ tag",
    "me@foozle.example §", "[a link](x.md \"§\") then", "@§ who", "§.js or x.§", "{% § %} §",
]  # fmt: skip
BLOCKS = [
    "{0}", "# {0}", "## {0} {{ #foozle .foozle }}", "- {0}\n- {1}", "1. {0}\n\n    {1}", "> {0}", "    {0}",
    "```\n{0}\n```", "!!! note\n\n    {0}", "!!! tip \"Title\"\n\n    - {0}\n    - {1}", "??? info \"More\"\n\n    {0}",
    "=== \"One\"\n\n    {0}\n\n=== \"Two\"\n\n    {1}", "Term\n:   {0}", "<div markdown>\n\n{0}\n\n</div>",
    "<p>a b</p>", "---", "<script>\nvar foozle = 1\n</script>", "```mermaid\nfoozle --> b\n```",
]  # fmt: skip
WORDS = ["foozle", "foozle", "foozle path", "Foozle", "foozles", "x"]


@st.composite
def pages(draw, kinds=(*LINES, *ODD)) -> str:
    parts = []
    for template in draw(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=5)):
        lines = []
        for _ in range(2):
            line = draw(st.sampled_from(kinds))
            if "\n" in template or template[0] in "#- >" or template[:2] == "1.":
                line = line.replace("\n", " ")
            lines.append(re.sub("§", lambda _: draw(st.sampled_from(WORDS)), line))
        parts.append(template.format(*lines))
    return "\n\n".join(parts) + "\n"


class Page(html.parser.HTMLParser):
    """What a reader sees of a page: its texts, alternative texts and titles; and all of its markup."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.seen, self.hidden, self.open = [], [], []
        self.feed(source)

    def handle_starttag(self, tag, attributes):
        # A break in a block's words is white space, and inline markup none.
        if tag not in ("b", "em", "strong", "a", "del", "span", "code", "sup", "sub", "q"):
            self.seen.append("\n\n")
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attributes:
            if name in ("alt", "title") and not any(one in SILENT for one in self.open):
                self.seen.insert(0, f"\n\n{value}\n\n")
            else:
                self.hidden.append(value or "")

    def handle_endtag(self, tag):
        if tag in self.open:
            while self.open.pop() != tag:
                pass
        if tag in ("p", "li", "td", "th", "h1", "h2", "dt", "dd", "div"):
            self.seen.append("\n\n")

    def handle_data(self, data):
        if any(tag in SILENT for tag in self.open):
            self.hidden.append(data)
            self.seen.append("\ufffc")
        else:
            self.seen.append(data)


def rendered(source: str) -> str:
    return markdown.markdown(source, extensions=EXTENSIONS)


def find(prose) -> list[terms.Issue]:
    return terms.find_issues(prose, MATCHER, TODAY)


@given(pages())
def test_a_finding_quotes_the_source(source):
    prose = read("page.md", source)
    lines = source.split("\n")
    for issue in find(prose):
        span = issue.finding.span
        quoted = "\n".join(lines[span.line - 1 : span.end_line])
        rest = len(lines[span.end_line - 1]) - span.end_column + 1
        assert terms.collapse_whitespace(quoted[span.column - 1 : len(quoted) - rest]) == issue.finding.match
        text = prose.blocks[issue.block].text[issue.start : issue.end]
        assert " ".join(text.split()).lower() in ("foozle", "foozle path")


@given(pages())
def test_a_fix_changes_the_words_that_a_reader_sees_and_nothing_else(source):
    fixed = fix.fix_prose(read("page.md", source), find)
    before, after = rendered(source), rendered(fixed)
    back = re.sub("[Bb]arzle way", lambda found: found[0][0].replace("b", "f").replace("B", "F") + "oozle path", after)
    back = re.sub("[Bb]arzle", lambda found: found[0][0].replace("b", "f").replace("B", "F") + "oozle", back)
    assert back == before
    assert not any("barzle" in text.lower() for text in Page(after).hidden)
    assert fix.fix_prose(read("page.md", fixed), find) == fixed


@given(pages(LINES))
def test_as_much_is_found_as_a_reader_sees(source):
    """Counted on the page itself, without what stands in quotation marks."""
    seen = re.sub("“[^”\n]*”", "\ufffc", "".join(Page(rendered(source)).seen))
    expected = re.findall(r"(?<![\w-])foozle(?:\s(?!\n)path)?(?![\w-])", seen, re.I)
    assert len(find(read("page.md", source))) == len(expected)
