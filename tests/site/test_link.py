"""The first mention of a term on a page is a link: wherever a reader sees the word, and nowhere else."""

import datetime

import markdown as python_markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawl import Page
from handbooks import EXTENSIONS, ROOT
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import load_files
from onevoice.matcher.compile import compile_terms
from onevoice.matcher.matcher import Matcher
from onevoice.run.handbook import load_handbook
from onevoice.site.escape import escape_markdown
from onevoice.site.link import make_term_linker
from onevoice.site.site import render_all_pages
from onevoice.site.view import View

TERMS = b"""
terms:
  - {id: lead, preferred: lead, definition: Somebody who may buy., part_of_speech: noun}
  - {id: journey, preferred: customer journey, definition: The path., avoid: [buyer's journey, path of the lead]}
  - {id: qa, preferred: Q&A, definition: Questions., case: exact}
"""
BOOK = Handbook(load_files([("terms", "terminology/a.yaml", TERMS)]))
COMPILED = compile_terms(BOOK.list_approved("terms"))


class Thorough(Matcher):
    """Never says in advance that a page names no term."""

    def named(self, text):
        return {"*"}


LINK, THOROUGH = (make_term_linker(BOOK, matcher(COMPILED)) for matcher in (Matcher, Thorough))
JOURNEY = '[customer journey](../journey/index.md "The path.")'


SAY = '<div class="ov-words" markdown>\n\n{}\n\n</div>\n'
SHEET = '\n<div class="ov-sheet" id="about-{}" popover="auto" markdown>\n\n**[{}](../{}/index.md)**: {}\n\n</div>\n'
BUTTON = '<button type="button" class="ov-term" popovertarget="about-{}">{}</button>'


def test_words_to_say_open_a_sheet_and_lead_nowhere():
    source = SAY.format("Two leads, then.") + "\nA lead in the Q&amp;A.\n\n" + SAY.format("A customer journey")
    held = f'<span class="ov-unbroken">{BUTTON.format("lead", "leads")},</span>'
    asked = 'A lead in the [Q&amp;A](../qa/index.md "Questions.").'
    said = f"A {BUTTON.format('journey', 'customer journey')}"
    sheets = SHEET.format("lead", "lead", "lead", "Somebody who may buy.")
    sheets += SHEET.format("journey", "customer journey", "journey", "The path.")
    assert LINK("/glossary/x/", source) == (f"{SAY.format(f'Two {held} then.')}\n{asked}\n\n{SAY.format(said)}{sheets}")


@pytest.mark.parametrize(
    ("source", "linked"),
    [
        ("A customer journey and a customer journey.", f"A {JOURNEY} and a customer journey."),
        ("The _lead_ is here.", 'The _[lead](../lead/index.md "Somebody who may buy.")_ is here.'),
        ("**Leads** come.", '**[Leads](../lead/index.md "Somebody who may buy.")** come.'),
        ("Ask in the Q&amp;A.", 'Ask in the [Q&amp;A](../qa/index.md "Questions.").'),
        ("- a\n\n    customer\n    journey", f"- a\n\n    {JOURNEY}".replace("customer j", "customer\n    j", 1)),
        ("# The lead", "# The lead"),
        ("[a lead](x.md), `lead`, xlead, lead_x", "[a lead](x.md), `lead`, xlead, lead_x"),
        ("Say buyer's journey.", "Say buyer's journey."),
        ("See [this](https://example.com/lead/).", "See [this](https://example.com/lead/)."),
        ('---\ntitle: "The lead"\n---\n\nNo word.', '---\ntitle: "The lead"\n---\n\nNo word.'),
        ('---\ntitle: "x"\n---\n\nA customer journey.', f'---\ntitle: "x"\n---\n\nA {JOURNEY}.'),
    ],
)
def test_what_is_linked(source, linked):
    assert LINK("/glossary/x/", source) == linked


def test_a_term_is_not_linked_on_its_own_page():
    assert LINK("/glossary/lead/", "A lead.") == "A lead."


def html(source: str) -> str:
    return python_markdown.markdown(source, extensions=EXTENSIONS)


@pytest.mark.parametrize(
    ("source", "linked"),
    [
        ("A lead++a++ here.", "A lead++a++ here."),
        ("A :lead:a: here.", "A :lead:a: here."),
        ("A lead here.", 'A [lead](../lead/index.md "Somebody who may buy.") here.'),
    ],
)
def test_a_link_in_what_somebody_wrote_changes_nothing_else(source, linked):
    assert LINK("/glossary/x/", source, True) == linked


@given(
    st.text(alphabet="<>&*_`[](){}|\\#+-=.!:~^$\"' \nab1", max_size=12), st.text(alphabet="!\\:+[]*{} a", max_size=6)
)
def test_a_link_in_a_record_s_text_changes_nothing_else(before, after):
    source = str(escape_markdown(f"x {before}lead{after}"))
    plain, linked = Page(html(source)), Page(html(LINK("/x/", source)))
    assert linked.text.split() == plain.text.split()
    assert [tag for tag, _ in linked.tags if tag != "a"] == [tag for tag, _ in plain.tags]


PARTS = ["lead", "leads", "customer", "journey", "path of the", "Q&amp;A", "Q&A", "buyer's", "x"]
SIGNS = [
    "**",
    "_",
    "`",
    "~~",
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    "\\",
    "&nbsp;",
    "](a.md)",
    "[",
    "<b>",
    "</b>",
    "- ",
    "|",
    ".",
    "# ",
]


@given(st.lists(st.sampled_from([*PARTS, *SIGNS]), max_size=30).map("".join))
@example("[lead\n\n](a.md)")
@example("x | y\n--|--\n[a | lead](a.md)")
@example("`x [`lead`](a.md)")
def test_a_page_that_is_not_parsed_has_nothing_to_link(source):
    assert LINK("/x/", source, True) == THOROUGH("/x/", source, True)


def test_no_page_of_the_handbook_loses_a_link_by_the_quick_look():
    book, _ = load_handbook(ROOT)
    compiled = compile_terms(book.list_approved("terms"))
    day = datetime.date(2026, 11, 22)

    def made(matcher):
        links = make_term_linker(book, matcher(compiled))
        return render_all_pages(
            View(book, day, links, lambda text: [hit.term for hit in matcher(compiled).find_mentions(text)])
        )

    assert made(Matcher) == made(Thorough)
