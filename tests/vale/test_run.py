"""Vale's alerts as our findings: the place, the words, the fix; and one clear line where Vale cannot say."""

import zipfile
from pathlib import Path

import pytest

from onevoice import limits
from onevoice.errors import OnevoiceError
from onevoice.finding import Span
from onevoice.prose.mask import rewrite_boxes
from onevoice.vale import config, guard
from onevoice.vale.resolve import Vale
from onevoice.vale.run import ValeDocument, run_vale
from onevoice.vale.sync import sync_packages

HYPE = b"extends: existence\nmessage: \"Drop '%s'.\"\nlevel: warning\nlink: https://x.example\ndescription: Air.\n"
STYLES = {
    "Voice/hype.yml": HYPE + b"nonword: true\naction: {name: remove}\ntokens: ['awesome', 'best in\\s+class']\n",
    "Voice/swap.yml": b"extends: substitution\nmessage: Use '%s', not '%s'.\nlevel: error\nignorecase: true\n"
    b"action: {name: replace}\nswap: {utilize: use|apply}\n",
}


def lint(vale, text: str, **options):
    (found,) = run_vale(vale, [ValeDocument("draft.md", text, "draft.md")], styles=STYLES, **options)
    return found


def test_a_finding_says_all_that_the_rule_says(vale):
    (found,) = lint(vale, "This is awesome.\n")
    assert (found.rule, found.level, found.path, found.match) == ("Voice.hype", "warning", "draft.md", "awesome")
    assert (found.message, found.link, found.reason) == ("Drop 'awesome'.", "https://x.example", "Air.")
    assert (found.span, found.replacements) == (Span(1, 9, 1, 16), ("",))


def test_alternatives_are_replacements(vale):
    assert lint(vale, "Utilize it.\n")[0].replacements == ("use", "apply")


PLACES = {
    "after an emoji": ("Well 😀 utilize it.\n", Span(1, 8, 1, 15)),
    "after Windows line ends": ("One.\r\n\r\nTwo utilize.\r\n", Span(3, 5, 3, 12)),
    "after a tab": ("We\tutilize it.\n", Span(1, 4, 1, 11)),
    "over a line break": ("The best in\nclass of all.\n", Span(1, 5, 2, 6)),
    "the second of two": ("utilize `utilize` or utilize\n", None),
}


@pytest.mark.parametrize(("text", "span"), PLACES.values(), ids=PLACES)
def test_places_quote_the_source(vale, text, span):
    found = lint(vale, text)
    lines = text.split("\n")
    for finding in found:
        start, end = finding.span.line - 1, finding.span.end_line - 1
        quoted = "\n".join(lines[start : end + 1])
        cut = len(lines[end]) - finding.span.end_column + 1
        assert " ".join(quoted[finding.span.column - 1 : len(quoted) - cut].split()) == finding.match
    assert span is None or [finding.span for finding in found] == [span]


BOXES = """\
One.

!!! note "Utilize it"

    We utilize it.

    ??? tip

        - Deep, we utilize it.

=== "Utilize"

    We utilize it.

```
!!! note

    utilize
```

!!! a note
    ```
    utilize
    ```

Utilize it.
"""


def test_what_stands_in_boxes_is_shown_to_vale(vale, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    plain = rewrite_boxes(BOXES)
    assert len(plain) == len(BOXES) and plain.count("\n") == BOXES.count("\n")
    places = [(3, 11), (5, 8), (9, 20), (11, 6), (13, 8), (26, 1)]
    documents = [
        ValeDocument("draft.md", BOXES, "draft.md", plain),
        ValeDocument("some/draft.md", BOXES, None, plain),
        ValeDocument(str(tmp_path / "draft.md"), BOXES, None, plain),
    ]
    for found in run_vale(vale, documents, styles=STYLES):
        assert [(one.span.line, one.span.column) for one in found] == places
        assert {one.match.lower() for one in found} == {"utilize"}


def test_a_phrase_with_markup_in_it_is_marked_whole(vale):
    rule = {"Voice/wordy.yml": b"extends: existence\nmessage: No.\nnonword: true\ntokens: ['A wide range of']\n"}
    ((found,),) = run_vale(vale, [ValeDocument("a.md", "A [wide *range* of](x.md) tools.\n", "a.md")], styles=rule)
    assert (found.span, found.match) == (Span(1, 1, 1, 19), "A wide range of")


def test_a_byte_order_mark_is_no_column(vale, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("draft.md").write_bytes("\ufeffWe utilize it.\n".encode())
    ((found,),) = run_vale(vale, [ValeDocument("draft.md", "We utilize it.\n")], styles=STYLES)
    assert found.span == Span(1, 4, 1, 11)


def test_a_rule_about_the_whole_document_has_a_place_without_words(vale):
    rule = {"Voice/level.yml": b"extends: readability\nmessage: Grade %s.\ngrade: 1\nmetrics: [Flesch-Kincaid]\n"}
    text = "Organizational interdependencies necessitate comprehensive reconsideration.\n"
    ((found,),) = run_vale(vale, [ValeDocument("draft.md", text, "draft.md")], styles=rule)
    assert (found.match, found.span, found.replacements) == ("", Span(1, 1, 1, 1), ())


@pytest.mark.parametrize("name", ["sync", "-v", "ls-config", "a b.md", "ä.md", "sub/x.md", "x.md"])
def test_any_file_name_is_a_file_name(vale, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_text("We utilize it.\n")
    Path(".vale.ini").write_text("MinAlertLevel = suggestion\n[*]\nBasedOnStyles = Voice\n")
    ((found,),) = run_vale(vale, [ValeDocument(name, "We utilize it.\n")], styles=STYLES, ini=Path(".vale.ini"))
    assert found.path == name


def test_findings_come_back_by_document(vale, monkeypatch):
    monkeypatch.setattr("onevoice.vale.batch.MAX_COMMAND_CHARS", 100)
    texts = ["Clean.\n", "We utilize it.\n", "Clean.\n", "Awesome, awesome.\n"] * 3
    found = run_vale(vale, [ValeDocument("records.yaml", text, "text.md") for text in texts], styles=STYLES)
    assert [len(findings) for findings in found] == [0, 1, 0, 1] * 3


def test_nothing_to_run_starts_nothing():
    nowhere = Vale(Path("/no/such/vale"), "0", "nowhere")
    assert run_vale(nowhere, [ValeDocument("draft.md", "Text.\n")]) == [None]
    assert run_vale(nowhere, [], styles=STYLES) == []


# --- the company's configuration ------------------------------------------------------------------------------------


@pytest.fixture
def company(tmp_path, monkeypatch):
    """A folder with a built handbook: the terms, a voice rule of old, and a package."""
    monkeypatch.chdir(tmp_path)
    built = Path("build/vale/styles")
    for path, words in {"Brand/x": "brandword", "Voice/old": "oldword", "Acme/own": "acmeword"}.items():
        (built / path).parent.mkdir(parents=True)
        (built / f"{path}.yml").write_text(f"extends: existence\nmessage: No '%s'.\ntokens: [{words}]\n")
    Path(".vale.ini").write_text(
        "StylesPath = build/vale/styles\nMinAlertLevel = suggestion\n\n[*.md]\n"
        "BasedOnStyles = Brand, Voice, Acme\nBrand = YES\nTokenIgnores = (\\{[^}]+\\})\n"
    )
    Path("draft.md").write_text("The brandword, oldword, acmeword and {acmeword} utilize it.\n")
    return [ValeDocument("draft.md", Path("draft.md").read_text())]


def rules(found) -> list[str]:
    return [finding.rule for finding in found[0]]


def test_packages_run_beside_fresh_voice_rules_and_without_the_terms(vale, company):
    found = run_vale(vale, company, ini=Path(".vale.ini"), styles=STYLES)
    assert rules(found) == ["Acme.own", "Voice.swap"]


def test_a_section_for_a_folder_holds_for_what_vale_reads_in_place_of_a_file(vale, company):
    Path(".vale.ini").write_text(Path(".vale.ini").read_text().replace("[*.md]", "[texts/*.md]"))
    text = "!!! note\n\n    The acmeword, utilize it.\n"
    documents = [ValeDocument(f"{folder}/draft.md", text, None, rewrite_boxes(text)) for folder in ("texts", "others")]
    found = run_vale(vale, documents, ini=Path(".vale.ini"), styles=STYLES)
    assert [each and [one.rule for one in each] for each in found] == [["Acme.own", "Voice.swap"], None]


def test_an_unreadable_one_in_place_of_a_file_stops_no_other(vale, company):
    texts = ["!!! note\n\n    Utilize it.\n", "---\ntitle: [a\n---\n!!! note\n\n    Utilize it.\n"]
    documents = [ValeDocument(f"{number}.md", text, None, rewrite_boxes(text)) for number, text in enumerate(texts)]
    found = run_vale(vale, documents, ini=Path(".vale.ini"), styles=STYLES)
    assert [[one.rule for one in each] for each in found] == [["Voice.swap"], ["file", "Voice.swap"]]


def test_without_fresh_rules_the_built_ones_are_used(vale, company):
    assert rules(run_vale(vale, company, ini=Path(".vale.ini"))) == ["Voice.old", "Acme.own"]


def test_before_the_first_build_the_voice_runs(vale, company):
    Path(".vale.ini").write_text(Path(".vale.ini").read_text().replace(", Acme", "").replace("build/", "not-yet/"))
    assert rules(run_vale(vale, company, ini=Path(".vale.ini"), styles=STYLES)) == ["Voice.swap"]


def test_a_folder_of_own_styles_counts_from_the_configuration(vale, company, monkeypatch):
    own = Path("own/Mine/a.yml")
    own.parent.mkdir(parents=True)
    own.write_text("extends: existence\nmessage: No '%s'.\ntokens: [oldword]\n")
    text = Path(".vale.ini").read_text().replace("MinAlertLevel", "StylesPath = own\nMinAlertLevel")
    Path(".vale.ini").write_text(text.replace("Acme", "Acme, Mine"))
    monkeypatch.chdir("own")
    document = ValeDocument("../draft.md", company[0].text)
    assert "Mine.a" in rules(run_vale(vale, [document], ini=Path("../.vale.ini"), styles=STYLES))


def test_own_configuration_keeps_what_chooses_styles(tmp_path):
    (tmp_path / ".vale.ini").write_text(
        "MinAlertLevel = error ; high\nPackages = Google, ./x.zip\n# [not a section]\n[*]\nBrand = error\n"
        "Google.We = NO\n[*.md]\nTokenIgnores = a, b\nGoogle.Will = off\nGoogle.Length[max] = 30\n[*]\nAcme = YES\n"
    )
    setup = guard.read_safe_setup(tmp_path / ".vale.ini")
    own = config.build_run_config(setup, Path("/"), ["Voice.old"])
    off = "Brand = NO\nVoice.old = NO\n"
    switches = [line for line in own.text.splitlines() if not line.startswith("OnevoiceCoverage.")]
    assert "\n".join(switches) == (
        f"StylesPath = /\nMinAlertLevel = error\n[*]\n{off}Google.We = NO\nAcme = YES\n"
        f"[*.md]\n{off}TokenIgnores = a, b\nGoogle.Will = NO\nGoogle.Length[max] = 30"
    )
    assert setup.refused == []


# --- what goes wrong --------------------------------------------------------------------------------------------------

BROKEN = {
    "a style that is not there": (".vale.ini", ("Acme", "Gooogle"), r"^\.vale\.ini: style 'Gooogle' .*vale sync"),
    "a section that is no pattern": (".vale.ini", ("[*.md]", "[*.{md]"), r"^(\.vale\.ini: |.*stopped)"),
    "a level that is none": (".vale.ini", ("suggestion", "eror"), r"MinAlertLevel must be"),
    "a broken rule": ("build/vale/styles/Acme/own.yml", ("existence", "existance"), r"Acme/own\.yml:1: 'extends'"),
    "a broken expression": ("build/vale/styles/Acme/own.yml", ("acmeword", "'(acme'"), r"Acme/own\.yml:1: "),
}


@pytest.mark.parametrize(("path", "change", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_configuration_is_one_clear_line(vale, company, path, change, message):
    Path(path).write_text(Path(path).read_text().replace(*change))
    with pytest.raises(OnevoiceError, match=message) as caught:
        run_vale(vale, company, ini=Path(".vale.ini"), styles=STYLES)
    assert "\n" not in str(caught.value) and caught.value.exit_code == 2


DYING = {
    "panics": ("echo 'panic: out of luck' >&2; echo goroutine >&2; exit 2", "stopped: panic: out of luck"),
    "is killed": ("kill -9 $$", "stopped: exit code -9"),
    "says nonsense": ("echo hello", "stopped: its answer is damaged"),
    "says half": ("printf '{\"a.md\": [{'", "stopped: its answer is damaged"),
    "says nothing": ("true", "stopped: its answer is damaged"),
    "says a list": ("echo '[1]'", "stopped: its answer is damaged"),
    "says numbers": ("echo '{\"./draft.md\": 1}'", "stopped: its answer is damaged"),
    "says alerts of another shape": ('echo \'{"./draft.md": [{"Check": 1}]}\'', "stopped: its answer is damaged"),
    "says brackets": ("head -c 100000 /dev/zero | tr '\\0' '['", "stopped: its answer is damaged"),
    "complains of nothing": ("echo '{\"Text\": 1}' >&2; exit 2", "stopped: "),
}


def stand_in(folder: Path, script: str) -> Vale:
    program = folder / "vale"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return Vale(program, "3.22.0", "a test")


@pytest.mark.parametrize(("script", "message"), DYING.values(), ids=DYING)
def test_a_dying_vale_is_one_clear_line(tmp_path, script, message):
    with pytest.raises(OnevoiceError, match=message) as caught:
        lint(stand_in(tmp_path, script), "Text.\n")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("kind", ["folder", "not executable", "gone"])
def test_a_vale_that_does_not_start_is_one_clear_line(tmp_path, kind):
    program = tmp_path / "vale"
    if kind == "folder":
        program.mkdir()
    elif kind == "not executable":
        program.write_text("#!/bin/sh\n")
    with pytest.raises(OnevoiceError, match="does not start: "):
        lint(Vale(program, "3.22.0", "a test"), "Text.\n")


def test_a_vale_that_hangs_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "VALE_START_SECONDS", 0.4)
    monkeypatch.setattr(limits, "VALE_RETRY_SECONDS", 0.4)
    vale = stand_in(tmp_path, "exec sleep 30")
    (found,) = lint(vale, "Text.\n")
    assert found.rule == "file" and "did not finish within 0.4" in found.message
    with pytest.raises(OnevoiceError, match="did not finish"):
        run_vale(vale, [ValeDocument(name, "Text.\n", name) for name in ("a.md", "b.md")], styles=STYLES)


def test_a_vale_that_talks_without_end_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "VALE_OUTPUT", 1_000_000)
    (found,) = lint(stand_in(tmp_path, "while :; do echo '{\"a\": 1}'; done"), "Text.\n")
    assert found.rule == "file" and "takes more than 1 MB" in found.message


# --- packages ---------------------------------------------------------------------------------------------------------


def test_packages_are_got_once(vale, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with zipfile.ZipFile("Tone.zip", "w") as file:
        file.writestr("Tone/a.yml", "extends: existence\nmessage: No '%s'.\ntokens: [word]\n")
    Path(".vale.ini").write_text(
        "StylesPath = build/vale/styles\nPackages = Tone.zip\nMinAlertLevel = suggestion\n[*]\nBasedOnStyles = Tone\n"
    )
    assert sync_packages(vale, Path(".vale.ini")) == ["Tone"]
    assert Path("build/vale/styles/Tone/a.yml").is_file()
    assert sync_packages(vale, Path(".vale.ini")) == []
    found = run_vale(vale, [ValeDocument("a.md", "A word.\n", "a.md")], ini=Path(".vale.ini"), styles={})
    assert rules(found) == ["Tone.a"]


def test_a_package_that_cannot_be_downloaded_is_one_clear_line(vale, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path(".vale.ini").write_text(
        "StylesPath = styles\nPackages = http://127.0.0.1:9/Tone.zip\n[*]\nBasedOnStyles = Tone\n"
    )
    with pytest.raises(OnevoiceError, match=r"^\.vale\.ini: could not get these Vale packages: Tone \("):
        sync_packages(vale, Path(".vale.ini"))


def test_behind_unreadable_front_matter_the_rest_is_checked(vale):
    texts = [
        "This is awesome.\n",
        "---\ntitle: Awesome\ntags: [a\n---\n\nThis is awesome.\r\n",
        "---\n\nUtilize it.\n\n---\n\nUtilize it.\n",
        "Utilize it.\n",
    ]
    documents = [ValeDocument(f"{number}.md", text, f"{number}.md") for number, text in enumerate(texts)]
    plain, broken, prose, last = run_vale(vale, documents, styles=STYLES)
    assert [one.rule for one in (*plain, *last)] == ["Voice.hype", "Voice.swap"]
    assert [(one.rule, one.span.line) for one in prose] == [("Voice.swap", 3), ("Voice.swap", 7)]
    warning, finding = broken
    assert (finding.rule, finding.span) == ("Voice.hype", Span(6, 9, 6, 16))
    assert (warning.rule, warning.level, warning.span.line) == ("file", "warning", 4)
    assert warning.message == (
        "Style was not checked in the front matter: Vale cannot read it (did not find expected ',' or ']'). "
        "Fix its YAML."
    )
