"""What is found in the places that the sieve leaves of a document is what is found in all of it."""

import datetime
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbooks import ROOT
from lint.test_contract import EVERY_CASE, Document
from onevoice.errors import OnevoiceError
from onevoice.lint import sieve, terms
from onevoice.matcher import sieve as source_sieve
from onevoice.matcher import store
from onevoice.matcher.compile import compile_terms, dump_compiled_terms, load_compiled_terms
from onevoice.matcher.matcher import Matcher
from onevoice.prose.joined import find_joints
from onevoice.prose.read import decode_document, read_prose
from onevoice.records.term import Term
from onevoice.run import documents
from onevoice.run.documents import InputFile, check_documents
from onevoice.run.lexicon import read_lexicon
from rounds import choose_count

TODAY = datetime.date(2026, 11, 22)
CORPORA = ROOT.parent / "shared" / "data" / "corpora"
AVOIDED = ["client list", "client", "e-mail blast", "café", "东京", "C++", "buyer's journey map", "client_id", "straße"]


def make_matcher(words=AVOIDED, *, split=False, language=None):
    made = [
        Term(id=f"t{n}", preferred=f"zorb{n}", definition="d", avoid=[{"term": w}], language=language)
        for n, w in enumerate(words)
    ]
    with pytest.MonkeyPatch.context() as patch:
        if split:
            # As it is kept if there are very many.
            patch.setattr(store, "MAX_UNSPLIT_WORDS", 0)
            patch.setattr(source_sieve, "MAX_INDEXED_WORDS", 0)
        matcher = Matcher(load_compiled_terms(dump_compiled_terms(compile_terms(made))))
        matcher.find_places("")
        return matcher


MATCHERS = {"whole": make_matcher(), "split": make_matcher(split=True)}


@pytest.fixture(params=[1, 10**9], ids=["sparse", "crowded"])
def density(request, monkeypatch):
    """Texts with few of the words that we look for, and with many."""
    monkeypatch.setattr(source_sieve, "MIN_ANCHOR_GAP", request.param)


def list_findings(path, source, matcher, *, sifted):
    data = source.encode("utf-8", "surrogatepass")
    find = (lambda path, source: sieve.find_places(path, source, matcher, {})) if sifted else None
    return terms.check_terms(read_prose(path, data, "", find), matcher, TODAY)


def assert_nothing_is_lost(path, source, matcher):
    # A text of zeros alone would be taken for UTF-32.
    source += "\nEnd.\n"
    assert list_findings(path, source, matcher, sifted=True) == list_findings(path, source, matcher, sifted=False)


JOINED = [
    "cli**ent**", "cli*ent*", "*cli*ent", "**cli**_ent_", "_cli_**ent**", "__cli__**ent**", "cli~~ent~~",
    "cli[ent](x)", "[cli](x)ent", "[cli](x)[ent](y)", "[cli](x)*[ent](y)*", "[cli](x)**ent**", "cli**[ent](x)**",
    "**cli**[ent](x)", "[cli][1]ent\n\n[1]: x", "[cli][1][ent][2]\n\n[1]: x\n[2]: y", "cli[ent]\n\n[ent]: x", 
    "[[cli]]ent", "[[x|cli]]ent", "cli[[x|ent]]",
    "cli<b>ent</b>", "<b>cli</b>ent", "[cli](x)<b>ent</b>", "**cli**<b>ent</b>", "<i><b>cli</b></i>ent",
    "<b>cli</b><i>ent</i>", "cli<wbr>ent", "cli<!-- x -->ent", "cli{.x}ent", "cli{: .x }ent", "**cli**{.x}ent",
    "{++cli++}ent", "cli{>>x<<}ent", "{~~cli~>cli~~}ent", "cli%%x%%ent", "cl&#105;ent", "cli&shy;ent", "caf&eacute;",
    '---\ntitle: "cl\\x69ent"\n---\n',
]  # fmt: skip
APART = [
    "a **b** c", "**Bold:** x", "[a](b) c", "word[^1] x", "<p>word</p>", "<li>word</a></li>",
    "a &amp; c&nbsp;d&mdash;e",
    "{{< x >}}Word", "snake_case", "_**Ann** x_", "- [ ] x", "word (x) y", "[a][b]", "text\n<b>x</b>", "*[HTML]: x",
    "word<br>next", "<td>x</td><td>y</td>", "[a](b), [c](d)", "**[a](b)**",
    "it's", "service[s]", "“[U]sing", "&space;a&zzz;b", "e-mail", "a/b",
]  # fmt: skip


@pytest.mark.parametrize("source", JOINED)
def test_a_document_with_markup_inside_words_is_read_whole(source):
    assert find_joints(source)
    for matcher in MATCHERS.values():
        assert_nothing_is_lost("page.md", f"{source} list\n", matcher)


@pytest.mark.parametrize("source", APART)
def test_most_markup_is_not_inside_words(source):
    assert not find_joints(source)


BITS = [
    "cli", "ent", "client", "Clients", "list", "lists", "e", "mail", "blast", "café", "cafe", "\u0301", "东京", "C",
    "++",
    "buyer", "’s", "journey", "map", "client_id", "\\_", "_", "stra", "ß", "ss", "STRASSE",
    " ", " ", " ", "\n", "\n", "\n\n", "\r\n", "\t", "\u00a0", "\u00ad", "\u200b", "*", "**", "~~", "[", "](x)",
    "](y 't')",
    "][1]", "![", "<b>", "</b>", "<a title='client'>", "<!-- x -->", "<br>", "<div>", "</div>", "<td>", "{.x}", "{#",
    "%%", "`", "```\n", "> ", "- ", "# ", "| ", "|--|\n", ": ", "1. ", "$", "\\", "&amp;", "&nbsp;", "&#108;", "&shy;",
    "&", ";", "{{", "}}", "{%", "%}", "---\n", "title: ", "\n[1]: x 'client list'\n", '"', "…", "“", "\ufeff", "\x00",
]  # fmt: skip


@given(st.lists(st.sampled_from(BITS), max_size=30).map("".join), st.sampled_from(["page.md", "page.mdx"]))
def test_no_finding_is_lost_in_any_markdown(source, path):
    for matcher in MATCHERS.values():
        assert_nothing_is_lost(path, source, matcher)


@pytest.mark.rounds
def test_no_finding_is_lost_in_many_random_pages(density):
    chance = random.Random(2026)
    for _ in range(choose_count(2_000, 50_000)):
        source = "".join(chance.choices(BITS, k=chance.randrange(2, 40)))
        for matcher in MATCHERS.values():
            assert_nothing_is_lost(chance.choice(("page.md", "page.mdx")), source, matcher)


@pytest.mark.parametrize("case", EVERY_CASE)
def test_no_finding_of_a_case_is_lost(case, density):
    document = Document(case)
    try:
        read = read_prose(document.path, case["text"].encode())
    except OnevoiceError:
        return
    find = lambda path, source: sieve.find_places(path, source, document.matcher, {})  # noqa: E731
    sifted = read_prose(document.path, case["text"].encode(), "", find)
    found = terms.check_terms(read, document.matcher, document.today)
    assert terms.check_terms(sifted, document.matcher, document.today) == found


def list_corpora():
    return sorted(path for path in CORPORA.iterdir() if path.is_dir()) if CORPORA.is_dir() else []


@pytest.mark.skipif(not list_corpora(), reason="no corpora of other companies on this machine")
@pytest.mark.parametrize("corpus", list_corpora(), ids=lambda path: path.name)
def test_no_finding_is_lost_in_pages_of_others(corpus):
    words = ["content strategy", "user", "open source", "public engagement", "data set", "web site", "customer journey"]
    matcher = make_matcher(words)
    if corpus.name == "languages":
        matcher = make_matcher(["Projekt", "Code", "Mitwirkende", "Beitrag"], language="de")
    files = sorted(path for path in corpus.rglob("*.md*") if path.suffix in (".md", ".mdx") and path.is_file())
    found = 0
    for path in files[:: max(1, len(files) // choose_count(150, 5_000))]:
        try:
            source = decode_document(path.name, path.read_bytes())
        except OnevoiceError:
            continue
        assert_nothing_is_lost(path.name, source, matcher)
        found += len(list_findings(path.name, source, matcher, sifted=True))
    assert found or not files


FRONT = [
    "title: client\n", "title: >\n  A client\n", 'title: "One\nclient: two"\n', "description:\n  A client\n  list\n",
    "tags:\n- client\n", "tags: [client,\ntitle: x]\n", "client: yes\n", "x: &a client\ntitle: *a\n",
    "a: |\n  client\n",
    "'title': client\n", "summary: 'It''s\n  a client'\n", "# client\n", "x: 'a\n\nclient'\n", "- client\n", "client\n",
    "excerpt: client # client\n", "x: y\n  client\n", "a:\n  title: client\n", "title : client\n", "slug: a-client\n",
]  # fmt: skip


@given(st.lists(st.sampled_from(FRONT), max_size=5).map("".join), st.sampled_from(["---", "+++", "...", ""]))
def test_no_finding_in_front_matter_is_lost(front, end):
    assert_nothing_is_lost("page.md", f"---\n{front}{end}\n\nA client.\n", MATCHERS["whole"])
    assert_nothing_is_lost("page.md", f"---\n{front}{end}\n\nNothing.\n", MATCHERS["whole"])


def test_words_of_many_paragraphs_are_found_one_by_one_and_together(monkeypatch):
    monkeypatch.setattr(source_sieve, "MIN_ANCHOR_GAP", 0)
    words = [f"w{number}" for number in range(40)]
    source = " x\n\n".join([*words, *words])
    for split in (False, True):
        matcher = make_matcher([*words, "client"], split=split)
        found = matcher.find_places(source)
        assert [source[slice(*place)] for place in found] == [*words, *words]
        assert matcher.find_places("w1, w10 and xw1; w1") == [(0, 2), (4, 7), (17, 19)]


def test_a_text_full_of_our_words_is_read_whole(monkeypatch):
    source = "client " * 60 + "word " * 500
    assert MATCHERS["whole"].find_places(source) == [(0, len(source))]
    sparse = "word " * 500 + "client "
    assert MATCHERS["whole"].find_places(sparse) == [(2500, 2506)]


def test_data_at_the_top_is_not_read(monkeypatch):
    monkeypatch.setattr(source_sieve, "MIN_ANCHOR_GAP", 0)
    source = "---\nslug: client\ntitle: Words\ntags:\n- client\n---\n\nNothing.\n"
    assert sieve.find_places("page.md", source, MATCHERS["whole"], {}) == []
    assert sieve.find_places("page.md", source.replace("Words", "Client"), MATCHERS["whole"], {}) == [(24, 30)]


def test_a_run_finds_the_same_sifted_and_read_whole(monkeypatch):
    # With our own handbook every rule has something to say.
    lexicon = read_lexicon(ROOT)
    files = [
        InputFile(path.relative_to(ROOT).as_posix(), path.read_bytes()) for path in sorted(ROOT.glob("content/**/*.md"))
    ]
    assert len(files) > 5
    files += [InputFile("x/plain.md", b"# Words\n\nNothing to see here.\n\n<!-- vale Brand.client = NO -->\n")]
    files += [InputFile(f"x/{number}.md", text.encode()) for number, text in enumerate((*JOINED, *APART))]
    files += [InputFile("x/reader.md", b"---\npersona: nobody\nstage: never\n---\n\nHello.\n")]
    files += [InputFile("x/claims.md", b"We're best-in-class, and 47% faster. Leverage our clients.\n")]
    whole = check_documents(files, lexicon, TODAY, remember=False)
    monkeypatch.setattr(documents, "_is_worth_sifting", lambda files, matcher: True)
    assert check_documents(files, lexicon, TODAY, remember=False) == whole
    assert sum(len(result.findings) for result in whole) > 2
    assert any(result.has_comments for result in whole)


def test_only_blocks_that_may_hold_a_word_are_read():
    source = "# Title\n\nNothing here.\n\n- one\n- A client.\n\nAnd nothing there, and no list.\n"
    find = lambda path, source: sieve.find_places(path, source, MATCHERS["whole"], {})  # noqa: E731
    assert [block.text for block in read_prose("page.md", source.encode(), "", find).blocks] == ["A client."]


def test_a_page_without_any_word_is_not_read(monkeypatch):
    from onevoice.prose import markdown

    monkeypatch.setattr(markdown, "read", None)
    find = lambda path, source: sieve.find_places(path, source, MATCHERS["whole"], {})  # noqa: E731
    assert read_prose("page.md", b"A [common](x) **thing**.\n", "", find).blocks == ()


@pytest.mark.parametrize(("of_three", "is_sifted"), [(0, True), (1, True), (2, False), (3, False)])
def test_documents_are_sifted_if_most_need_not_be_read(monkeypatch, of_three, is_sifted):
    monkeypatch.setattr(documents, "SIFTED_BYTES", 0)
    pages = [b"A client.\n" if number % 3 < of_three else b"Nothing.\n" for number in range(100)]
    files = [InputFile(f"{number}.md", page) for number, page in enumerate(pages)]
    assert documents._is_worth_sifting(files, MATCHERS["whole"]) is is_sifted
    monkeypatch.setattr(documents, "SIFTED_BYTES", 10_000)
    assert not documents._is_worth_sifting(files, MATCHERS["whole"])
