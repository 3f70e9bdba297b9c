"""Whole trees, judged by another parser: what `--fix` must not touch stays as it is, and what a reader sees is read.

The trees are made here, and those of other companies are taken where they are on this machine.
"""

import collections
import datetime
import random
import re
from pathlib import Path

import lxml.html
import pytest
from markdown_it import MarkdownIt

from onevoice.errors import OnevoiceError
from onevoice.lint import fix, terms
from onevoice.matcher.compile import compile_terms
from onevoice.matcher.matcher import Matcher
from onevoice.prose.front import parse_front_matter
from onevoice.prose.read import read_prose
from onevoice.records.term import Term

DAY = datetime.date(2026, 11, 22)
CORPORA = Path(__file__).parents[2].parent / "shared" / "data" / "corpora"
PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
# No indented code, and Markdown in components.
MDX_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable(["code", "html_block"])
# Common nouns of each tree, so that most of its files have something to fix; by language if a tree has several.
NOUNS = {
    "gtm-handbook": ("customer", "team", "page"),
    "digitalgov": ("content", "page", "user"),
    "hugo": ("page", "content", "site"),
    "languages/_articles/de": ("Projekt", "Code", "Software"),
    "languages/_articles/es": ("proyecto", "código", "software"),
    "languages/_articles/fr": ("projet", "code", "équipe"),
    "languages/_articles/ja": ("プロジェクト", "コード", "コミュニティ"),
    "mdx-tauri": ("plugin", "app", "window"),
}
INVENTED = ("zorble", "frindle", "quaxel")
# In scripts without spaces, each character counts.
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\d_]{2,}")
# Front matter that is prose, as README.md says.
PROSE_KEYS = {"title", "description", "summary", "excerpt", "subtitle", "sidebar_label", "linkTitle"}
MACRO = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|<%.*?%>|\[\[[^\[\]\n|]*|%%.*?%%|\{[#:][^{}\n]*\}", re.S)
# What a reader sees and nobody writes: signs made of letters, addresses, the kind of an alert.
SIGNS = re.compile(r":[a-z0-9_+-]+:|\[!\w+\]|https?://\S+|www\.\S+|\{[^{}\n]*\}")
SHOWN_ATTRIBUTES = re.compile(
    r"""\b(?:title|alt|aria-[\w-]+|placeholder|label|summary|content|value|description|caption)\s*=\s*"""
    r"""(?:"[^"]*"|'[^']*')"""
)
HIDDEN = "//code|//pre|//kbd|//samp|//var|//script|//style|//template|//svg|//comment()|//*[@hidden]"


def make_matcher(nouns, language=None):
    made = [
        Term(id=f"t{n}", preferred=new, definition="d", avoid=[{"term": old}], language=language, fix="auto")
        for n, (old, new) in enumerate(zip(nouns, INVENTED, strict=True))
    ]
    return Matcher(compile_terms(made))


def split_front(source):
    """Front matter as data, and the text behind it."""
    meta, _, end = parse_front_matter(source)
    return meta, source[end:]


def choose_parser(path):
    return MDX_PARSER if path.endswith(".mdx") else PARSER


def list_machine_text(path, source):
    """What a machine reads in a text: code, addresses, names of elements and attributes, macros; in order."""
    found = MACRO.findall(source)

    def walk(tokens):
        for token in tokens:
            found.append(token.type)
            if token.type in ("fence", "code_block", "code_inline"):
                found.extend((token.info, token.content))
            found.extend(str(token.attrs[name]) for name in ("href", "src") if name in token.attrs)
            if token.type in ("html_block", "html_inline"):
                found.extend(SHOWN_ATTRIBUTES.sub("", tag) for tag in re.findall(r"<[^<>]*>", token.content))
            walk(token.children or ())

    walk(choose_parser(path).parse(source))
    return found


def count_shown_words(path, source):
    """The words that a reader of the rendered page sees."""
    if path.endswith(".mdx"):
        source = re.sub(r"^(?:import|export) .*$|\{/\*.*?\*/\}|^:::\w*", "", source, flags=re.M | re.S)
    tree = lxml.html.fromstring(f"<div>{choose_parser(path).render(MACRO.sub(' ', source))}</div>")
    for element in tree.xpath(HIDDEN):
        element.drop_tree()
    return collections.Counter(WORD.findall(SIGNS.sub(" ", " ".join(tree.itertext()))))


def find_differences(path, source, fixed):
    """What a fix has changed that a machine reads."""
    (meta, before), (fixed_meta, after) = split_front(source), split_front(fixed)
    old, new = list_machine_text(path, before), list_machine_text(path, after)
    found = [(path, one, other) for one, other in zip(old, new, strict=False) if one != other][:1]
    found += [(path, len(old), len(new))] * (len(old) != len(new))
    other_keys = {key for key in meta if meta[key] != fixed_meta.get(key)} - PROSE_KEYS
    return (
        found
        + [(path, key, "front matter") for key in sorted(other_keys)]
        + [(path, "keys")] * (meta.keys() != fixed_meta.keys())
    )


def judge_tree(files, matcher):
    """What fixes have broken, how many files they changed, how many words a reader sees, and which we don't read."""
    broken, changed, shown, unread = [], 0, 0, collections.Counter()
    for path, data in files:
        try:
            prose = read_prose(path, data)
        except OnevoiceError:
            continue
        fixed = fix.fix_prose(prose, lambda text: terms.find_issues(text, matcher, DAY))
        if fixed != prose.source:
            changed += 1
            broken += find_differences(path, prose.source, fixed)
        seen = count_shown_words(path, split_front(prose.source)[1])
        shown += seen.total()
        unread += seen - collections.Counter(WORD.findall(" ".join(block.text for block in prose.blocks)))
    return broken, changed, shown, unread


@pytest.mark.parametrize("name", NOUNS)
def test_trees_of_other_companies(name):
    if not (CORPORA / name).is_dir():
        pytest.skip("the corpora are not on this machine")
    paths = sorted(path for path in (CORPORA / name).rglob("*.md*") if path.is_file())
    files = [(path.relative_to(CORPORA).as_posix(), path.read_bytes()) for path in paths]
    language = name.rpartition("/")[2] if "/" in name else None
    broken, changed, shown, unread = judge_tree(files, make_matcher(NOUNS[name], language))
    assert changed > (8 if language else 20)
    assert broken == []
    assert unread.total() <= 0.005 * shown, unread.most_common(20)


# Each piece is what writers of a dialect write: `client w` is a word, `client m` is for a machine; # is its number.
SHARED = (
    "The client w# of **bold client w#** and `client m#`.",
    "# A client w#",
    "| a | b |\n|---|---|\n| client w# | `client m#` |",
    "```js\nconst x = {client m#}\n\nclient m#\n```",
    "~~~\n{{ client m# }\n~~~",
    'See [a client w#](client-m#.md) <b title="client w#">it</b>.',
    "![a client w#](client-m#.png)",
    "<https://example.com/client/m#>",
    "A client w# &amp; {{ client.m# }} of a client w#.",
    "1. A client w#\n2. And a client w#",
    "- [ ] A client w#",
    "Mail client@m#.example or client.m#.",
)
DIALECTS = {
    "page.mdx": (
        *SHARED,
        '<Note title="client w#">\n\n  A client w# in it.\n\n</Note>',
        "<Tab>\n  A client w#\n</Tab>",
        "We greet {client.m#} and a client w#.",
        "export const a# = {\n  b: 'client m#',\n\n  c: [client.m#],\n}",
        "{/* client m# */}",
        "<Card href='client-m#'>A client w#</Card>",
        "    A client w# and `client m#`",
        "        ```\n        client m#\n        ```",
        "<Steps>\n    1. A client w#\n\n        ```sh\n        client m#\n        ```\n</Steps>",
    ),
    "note.md": (
        *SHARED,
        "See [[client m#|our client w#]].",
        "> [!tip] Ask the client w#\n> A client w#",
        "%% client m# %%",
        "%%\nclient m#\n\nclient m#\n%%",
        "![[client m#.png]]",
        "A client w# #client/m#",
        "$$\nclient m#\n$$",
        "[//]: # (client m#)",
        "> [!info]- A client w#",
    ),
    "post.md": (
        *SHARED,
        "{% highlight ruby %}\nclient m#\n\nclient m#\n{% endhighlight %}",
        "{% comment %}\nclient m#\n{% endcomment %}",
        "{% if client.m# %}A client w#{% endif %}",
        "{::comment}\nclient m#\n{:/comment}",
        "A client w#\n{: .client-m# }",
        '{{< figure src="client-m#.png" >}}',
        "{{< highlight go >}}\nclient m#\n{{< /highlight >}}",
        "{{/* client m# */}}",
        'A client w# {{< ref "client-m#" >}}.',
    ),
    "page.md": (
        *SHARED,
        '!!! note "A client w#"\n    A client w#\n\n    ```\n    client m#\n    ```',
        '=== "client w#"\n\n    A client w#',
        "Term\n:   A client w#\n\n        client m#",
        "    client m#",
        "A client w#[^m#]\n\n[^m#]: A client w#",
        "++client+m#++ for a client w#",
        "<div markdown>\nA client w#\n</div>",
        '--8<-- "client-m#.md"',
        "::: client.m#",
    ),
}
FRAMES = {
    "plain": lambda piece: piece,
    "item": lambda piece: "- First\n\n" + indent(piece, "  "),
    "number": lambda piece: "1. First\n\n" + indent(piece, "   "),
    "nested": lambda piece: "- First\n    - Second\n\n" + indent(piece, "      "),
    "quotation": lambda piece: indent(piece, "> ", empty=True),
}
# Which frames turn words into the speaker's, or are no place for a piece.
NO_FRAME = re.compile(
    r"^(?:export|> |!!!|===|--8<--|:::|<Tab|<Note|<Steps|<Card|\[//\]|<div|Term|    |%%$|\{::|\{% c|A client w#\[)",
    re.M,
)


def indent(text, by, *, empty=False):
    return "".join(by + line if line.strip() or empty else line for line in text.splitlines(keepends=True))


def make_document(chance, pieces):
    """A document of some pieces, each with its own numbers."""
    parts = []
    for number in range(12):
        piece = chance.choice(pieces)
        frame = "plain" if NO_FRAME.search(piece) else chance.choice(sorted(FRAMES))
        parts.append(FRAMES[frame](piece).replace("w#", f"w{number}q" if frame == "quotation" else f"w{number}"))
        parts[-1] = parts[-1].replace("#.", f"{number}.").replace("m#", f"m{number}").replace("a# =", f"a{number} =")
    # A paragraph ends each, so that no list or quotation goes on.
    return "\n\nNext.\n\n".join(parts) + "\n"


@pytest.mark.parametrize("path", DIALECTS)
def test_every_word_is_fixed_and_no_code(path):
    chance, matcher = random.Random(path), make_matcher(("client", "window", "plugin"))
    for _ in range(150):
        source = make_document(chance, DIALECTS[path])
        prose = read_prose(path, source.encode())
        fixed = fix.fix_prose(prose, lambda text: terms.find_issues(text, matcher, DAY))
        expected = re.sub(r"client(?= w\d+(?!\d*q))", "zorble", source)
        assert fixed == expected, source
