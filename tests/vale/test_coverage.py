"""Which documents Vale checks, by the sections of .vale.ini as Vale itself reads them, and under which names."""

import json
import subprocess
from pathlib import Path

import pytest

from onevoice.prose import formats
from onevoice.vale import config
from onevoice.vale.run import ValeDocument, run_vale

HYPE = b"extends: existence\nmessage: \"Drop '%s'.\"\nlevel: warning\ntokens: [awesome]\n"
STYLES = {"Voice/hype.yml": HYPE}
TEXT = "One.\n\nThis is awesome.\n"
TREE = ["a.md", "b.html", "c.txt", "docs/d.md", "docs/deep/e.md", "docs/f.txt", "news/g.md"]
VOICE = "BasedOnStyles = Voice\n"


@pytest.fixture
def company(tmp_path, monkeypatch):
    """A folder with files and a built style; each file has a word that the style finds, in its third line."""
    monkeypatch.chdir(tmp_path)
    for name in TREE:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("<p>One.</p>\n\n<p>This is awesome.</p>\n" if name.endswith("html") else TEXT)
    for style, word in {"Brand": "one", "Voice": "awesome", "Acme": "is"}.items():
        Path(f"styles/{style}").mkdir(parents=True)
        Path(f"styles/{style}/hype.yml").write_bytes(HYPE.replace(b"awesome", word.encode()))
    return tmp_path


def write_ini(text: str) -> Path:
    path = Path(".vale.ini")
    path.write_text(f"StylesPath = styles\nMinAlertLevel = suggestion\n\n{text}")
    return path


def read(path: str) -> ValeDocument:
    """A document as it stands in its file."""
    ending = formats.find_format(path).vale_ending
    return ValeDocument(path, Path(path).read_text(), ending=ending)


def find_checked(vale, ini: str, documents: list[ValeDocument], styles=STYLES) -> set[str]:
    """The paths of the documents that Vale checks."""
    found = run_vale(vale, documents, ini=write_ini(ini), styles=styles)
    for document, alerts in zip(documents, found, strict=True):
        assert all(alert.path == document.path and alert.span.line == 3 for alert in alerts or ())
    return {document.path for document, alerts in zip(documents, found, strict=True) if alerts is not None}


SECTIONS = {
    "everything": "[*]\n" + VOICE,
    "endings": "[*.{md,html}]\n" + VOICE,
    "a star crosses folders": "[docs/*.md]\n" + VOICE,
    "two stars do, one then does not": "[docs/**/*.md]\n" + VOICE,
    "anywhere": "[**/d.md]\n" + VOICE,
    "a file": "[a.md]\n" + VOICE,
    "a question mark": "[docs/?.txt]\n" + VOICE,
    "a class of characters": "[[ab].*]\n" + VOICE,
    "all but": "[!docs/*]\n" + VOICE,
    "an absolute path": "[/docs/*.md]\n" + VOICE,
    "several": f"[*.md]\n{VOICE}\n[docs/*.txt]\n{VOICE}",
    "a later one takes away": f"[*]\n{VOICE}\n[docs/*]\nBasedOnStyles =\n",
    "a later one gives back": f"[*]\n{VOICE}\n[docs/*]\nBasedOnStyles =\n\n[docs/deep/*]\n{VOICE}",
    "a style is switched off": f"[*]\n{VOICE}\n[docs/*]\nVoice = NO\n",
    "a style is switched off, another not": "[*]\nBasedOnStyles = Voice, Acme\n\n[docs/*]\nVoice = NO\n",
    "a rule alone": "[docs/*]\nVoice.hype = YES\n",
    "a rule alone, and its level": "[docs/*]\nVoice.hype = error\n",
    "a rule stays where its style goes": f"[*.md]\n{VOICE}\n[docs/*]\nVoice = NO\nVoice.hype = YES\n",
    "another style later": f"[*]\n{VOICE}\n[*.md]\nBasedOnStyles = Acme\n",
    "the terms alone, later": f"[*]\n{VOICE}\n[*.md]\nBasedOnStyles = Brand\n",
    "nothing but settings": "[*.md]\nTokenIgnores = (x+)\n",
    "twice the same": f"[*.md]\n{VOICE}\n[*.md]\nTokenIgnores = (x+)\n",
    "a comment behind": "[*.md]\nBasedOnStyles = Voice ; only for now\n",
}


@pytest.mark.parametrize("ini", SECTIONS.values(), ids=SECTIONS)
def test_what_is_checked_is_what_plain_vale_checks(vale, company, ini):
    checked = find_checked(vale, ini, [read(name) for name in TREE])
    command = [vale.path, "--no-global", "--no-exit", "--output=JSON", *TREE]
    found = json.loads(subprocess.run(command, capture_output=True, check=True, timeout=60).stdout)
    # Terms are for our matcher.
    assert checked == {name for name, alerts in found.items() if any(one["Check"] != "Brand.hype" for one in alerts)}


def test_sections_of_a_package_count_as_well(vale, company):
    Path("styles/.vale-config").mkdir()
    Path("styles/.vale-config/0-acme.ini").write_text("StylesPath = styles\n\n[docs/*]\nBasedOnStyles = Brand, Voice\n")
    documents = [read(name) for name in TREE]
    assert find_checked(vale, "", documents) == {name for name in TREE if name.startswith("docs/")}
    assert find_checked(vale, "[docs/*]\nVoice = NO\n", documents) == set()
    found = run_vale(vale, documents, ini=write_ini(""), styles=STYLES)
    assert {alert.rule for alerts in found for alert in alerts or ()} == {"Voice.hype"}


def test_a_voice_without_rules_checks_nothing(vale, company):
    documents = [read(name) for name in TREE]
    assert find_checked(vale, "[*]\n" + VOICE, documents, styles={}) == set()
    assert find_checked(vale, "[*]\nBasedOnStyles = Voice, Acme\n", documents, styles={}) == {*TREE}


def test_an_empty_document_is_checked(vale, company):
    Path("a.md").write_text("\n \n")
    assert find_checked(vale, "[*]\n" + VOICE, [read("a.md")]) == {"a.md"}


def test_a_comment_that_switches_everything_off_is_no_check(vale, company):
    Path("a.md").write_text(f"<!-- vale off -->\n\n{TEXT}")
    assert find_checked(vale, "[*]\n" + VOICE, [read("a.md")]) == set()


# --- names that Vale does not know ------------------------------------------------------------------------------------

WORDS = {
    ".md": "# One\n\nThis `awesome` is awesome.\n",
    ".html": "<p>One</p>\n\n<p>This <code>awesome</code> is awesome.</p>\n",
    ".txt": TEXT,
}
TEXT_ENDINGS = [ending for ending, form in formats.load_endings().items() if form.vale_ending]
INIS = {
    "none": None,
    "ours": config.render_document_sections(["Brand", "Voice"]),
    "as before": "[*.{md,html,txt}]\n" + VOICE,
    "everything": "[*]\n" + VOICE,
}


@pytest.mark.parametrize("ini", INIS.values(), ids=INIS)
def test_every_ending_of_a_text_is_checked(vale, company, ini):
    documents, columns = [], {}
    for ending in TEXT_ENDINGS:
        form = formats.load_endings()[ending].vale_ending
        text = WORDS[form]
        for name in (f"x{ending}", f"X{ending.upper()}", f"news/y{ending}"):
            Path(name).write_text(text)
            documents.append(ValeDocument(name, text, ending=form))
            columns[name] = text.splitlines()[2].rindex("awesome") + 1
    found = run_vale(vale, documents, ini=ini and write_ini(ini), styles=STYLES)
    places = {
        document.path: [(alert.path, alert.span.line, alert.span.column) for alert in alerts]
        for document, alerts in zip(documents, found, strict=True)
    }
    assert places == {name: [(name, 3, column)] for name, column in columns.items()}


def test_plain_vale_checks_every_ending_with_our_sections(vale, company):
    write_ini(config.render_document_sections(["Voice"]))
    for ending in TEXT_ENDINGS:
        Path(f"x{ending}").write_text(WORDS[formats.load_endings()[ending].vale_ending])
    command = [vale.path, "--no-global", "--no-exit", "--output=JSON", *(f"x{ending}" for ending in TEXT_ENDINGS)]
    found = json.loads(subprocess.run(command, capture_output=True, check=True, timeout=60).stdout)
    assert {name: [alert["Line"] for alert in alerts] for name, alerts in found.items()} == {
        f"x{ending}": [3] for ending in TEXT_ENDINGS
    }


NAMED = {
    "another section names it": ("[*.md]\nBasedOnStyles = Acme\n\n[*.mkd]\n" + VOICE, ["Voice.hype"]),
    "its own section takes it out": ("[*.md]\nBasedOnStyles = Acme\n\n[*.mkd]\nBasedOnStyles =\n", None),
    "one in a row": ("[*.md]\nBasedOnStyles = Acme\n\n[*.{txt,mkd}]\n" + VOICE, ["Voice.hype"]),
    "a folder of that name is no ending": ("[mkd/*.md]\nBasedOnStyles = Acme\n", ["Acme.hype"]),
    "none names it": ("[*.md]\nBasedOnStyles = Acme\n", ["Acme.hype"]),
    "the format alone is told": ("[formats]\nmkd = txt\n\n[*.md]\nBasedOnStyles = Acme\n", ["Acme.hype"]),
    "none is for it": ("[*.txt]\nBasedOnStyles = Acme\n", None),
}


@pytest.mark.parametrize(("ini", "rules"), NAMED.values(), ids=NAMED)
def test_a_section_may_name_an_ending_that_vale_does_not_know(vale, company, ini, rules):
    Path("mkd").mkdir()
    Path("mkd/a.mkd").write_text(TEXT)
    (alerts,) = run_vale(vale, [read("mkd/a.mkd")], ini=write_ini(ini), styles=STYLES)
    assert (alerts and [alert.rule for alert in alerts]) == rules


def test_the_configurations_own_formats_are_kept(vale, company):
    Path("a.mkd").write_text("One\n\n`awesome`\n")
    ini = write_ini("[formats]\nmkd = txt\n\n[*.mkd]\n" + VOICE)
    ((alert,),) = run_vale(vale, [read("a.mkd")], ini=ini, styles=STYLES)
    assert (alert.path, alert.span.line) == ("a.mkd", 3)


def test_names_do_not_get_into_each_others_way(vale, company):
    """A name with an ending more may be another file's, read in its place or as a copy."""
    documents = [
        ValeDocument("a.mkd", TEXT, None, None, ".md"),
        ValeDocument("a.mkd.md", "Fine.\n", None, None, ".md"),
        ValeDocument("b.mkd", TEXT, None, None, ".md"),
        ValeDocument("b.mkd.md", "", None, "Fine.\n", ".md"),
    ]
    for document in documents:
        Path(document.path).write_text(document.text)
    found = run_vale(vale, documents, ini=write_ini("[*.md]\n" + VOICE), styles=STYLES)
    assert [alerts and [alert.path for alert in alerts] for alerts in found] == [["a.mkd"], [], ["b.mkd"], []]


@pytest.mark.parametrize("name", ["../other/docs/a.mkd", "{}/other/docs/a.mkd", "-x.mkd", "-x/docs/a.mkd", "ä b.mkd"])
def test_any_path_may_have_an_unknown_ending(vale, company, monkeypatch, name):
    Path("here").mkdir()
    monkeypatch.chdir("here")
    name = name.format(company.as_posix())
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(TEXT)
    ini = Path("../.vale.ini")
    ini.write_text(f"StylesPath = styles\n\n[**/docs/*.md]\n{VOICE}\n[-x.*]\n{VOICE}\n[ä*]\n{VOICE}")
    ((alert,),) = run_vale(vale, [read(name)], ini=ini, styles=STYLES)
    assert (alert.path, alert.span.line, alert.span.column) == (name, 3, 9)


UNREAD = {
    "a.mdx": [
        "import { awesome } from 'awesome'",
        "{/* awesome */}",
        "Ten {awesome} times.",
        '<Note a={{ b: "awesome" }} {...awesome} c={awesome}>',
        "<Note\n  a={[\n    'awesome',\n  ]}\n>",
    ],
    "a.md": [
        "%% awesome %%",
        "Ten %% awesome %% times.",
        "> %% awesome\n> awesome %%",
        "{% comment %}\nawesome\n\nawesome\n{% endcomment %}",
        "{::comment}\nawesome\n{:/comment}",
        "{# awesome #}",
        "{{/* awesome */}}",
        "{% highlight ruby %}\nawesome\n{% endhighlight %}",
        "{{< highlight go >}}\nawesome\n{{< /highlight >}}",
        "[//]: # (awesome)",
        "<!-- awesome -->",
        "A <% awesome %> b.",
        "A *|AWESOME|* b.",
        "A [%awesome%] b.",
        "A %%awesome%% b.",
        "A [[awesome|the page]] b.",
        "A ![[awesome.png]] b.",
        "A {awesome} b.",
        'A {{ x |\n  default("awesome") }} b.',
        "A {--awesome--}b{>>awesome<<}.",
        '--8<-- "awesome"',
        "::: awesome",
        "$$\nawesome = 1\n$$",
        "``` { .yaml .awesome }\nawesome\n```",
        "- one\n\n    ``` { .yaml .awesome }\n    awesome {{ x }}\n    ```\n",
    ],
}


@pytest.mark.parametrize(("name", "part"), [(name, part) for name, parts in UNREAD.items() for part in parts])
def test_what_nobody_reads_is_not_style(vale, company, name, part):
    """Nor is code of MDX and of templates, which Vale takes for words."""
    text = f"---\nauthor: 100 %% sure\n---\n\n{part}\n\nThis is awesome.\n"
    form = formats.find_format(name)
    shown = form.prepare(name, text)
    document = ValeDocument(name, text, None, shown, form.vale_ending)
    ((alert,),) = run_vale(vale, [document], ini=None, styles=STYLES)
    assert (alert.span.line, alert.span.column) == (text.count("\n"), 9)
    assert [len(line) for line in shown.splitlines()] == [len(line) for line in text.splitlines()]


def test_the_code_of_mdx_is_no_style_with_any_setup(vale, company):
    text = "import { awesome } from 'awesome'\n\n{/* awesome */}\n\n<Note>\n\nThis is awesome.\n\n</Note>\n"
    form = formats.find_format("a.mdx")
    document = ValeDocument("a.mdx", text, None, form.prepare("a.mdx", text), form.vale_ending)
    for ini in INIS.values():
        ((alert,),) = run_vale(vale, [document], ini=ini and write_ini(ini), styles=STYLES)
        assert (alert.span.line, alert.span.column) == (7, 9)
