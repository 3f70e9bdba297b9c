"""Front matter that Vale cannot read, told beforehand: for each one here the real Vale is asked, too."""

import pytest

from onevoice import limits
from onevoice.errors import OnevoiceError
from onevoice.vale import trial
from onevoice.vale.matter import Verdict, judge_front_matter

STYLES = {"Own/hype.yml": b"extends: existence\nmessage: No.\ntokens: [awesome]\n"}
BODY = "\nAn awesome thing.\n"
READ = {
    "plain": "title: A thing\ntags: [a, b]\nlist:\n  - one\n",
    "twice": "title: a\ntitle: b\n",
    "an address": "link: https://example.com/a#b\ntime: 12:30\n",
    "a block": "text: |\n  One: two\n\n  Three\nmore: >-\n  a\n",
    "numbers as keys": "1: a\ntrue: b\n2024-01-01: c\n~: d\n",
    "anchors": "a: &a {b: c}\nd:\n  <<: *a\ne:\n  <<: [*a, {f: g}]\n",
    "only a comment": "# nothing\n",
    "nothing": "",
    "null": "~\n",
    "quotes": "a: 'it''s'\nb: \"\\u0041 \\\" b\"\n",
    "a tag of its own": "a: !thing b\n",
    "a line end of Unicode": 'a: "b\u2028c"\n',
    "a rule in a block": "text: |\n  One\n  ---\n  Two: [\nmore: [\n",
}
REFUSED = {
    "a line end of Unicode without quotes": "a: b\u2028c\n",
    "a question mark in brackets": "a: [b?, c]\n",
    "a colon": "title: One: two\n",
    "an open list": "tags: [a\n",
    "an open string": "title: 'a\n",
    "a template": "title: {{ title }}\n",
    "a template in a string that ends early": 'title: "{{ site.title }}" | upper\n',
    "a tag of templates": "{% if a %}\ntitle: b\n{% endif %}\n",
    "an at sign": "author: @name\n",
    "a tab": "a:\n\t- b\n",
    "an indentation": "a: b\n  c: d\n",
    "prose": "Some prose.\n",
    "a list": "- a\n- b\n",
    "a list as a key": "? [a]\n: b\n",
    "a mapping as a key inside": "a:\n  ? {b: c}\n  : d\n",
    "an alias without an anchor": "a: *b\n",
    "an anchor in itself": "a: &a [*a]\n",
    "a merge with a word": "<<: a\nb: c\n",
    "a merge with words": "<<: [a]\nb: c\n",
    "a merge with an alias of a word": "a: &a b\nc:\n  <<: *a\n",
    "an escape that is none": 'a: "\\w"\n',
    "a control character": "a: b\u0007c\n",
    "conflict markers": "<<<<<<< HEAD\ntitle: a\n=======\ntitle: b\n>>>>>>> x\n",
}
WHOLE = {
    "TOML": ("+++\ntitle = 'a'\ntags = ['b', \"c\"]\n[more]\nx = 1\n+++\n", Verdict.READ),
    "TOML with dots": ("+++\na.b = 1\n+++\n", Verdict.UNCERTAIN),
    "TOML that is none": ("+++\ntitle = a\n+++\n", Verdict.REFUSED),
    "JSON": ('{\n"a": 1\n}\n\n', Verdict.UNCERTAIN),
    "JSON that is none": ("{\na: 1\n}\n\n", Verdict.REFUSED),
    "JSON between semicolons": (";;;\n[1\n;;;\n", Verdict.REFUSED),
    "blanks around the lines": ("\n \n  --- \n a: [\n\t---\n", Verdict.REFUSED),
    "line ends of Windows": ("---\r\na: b: c\r\n---\r\n", Verdict.REFUSED),
    "line ends of old": ("---\ra: b: c\r---\r", Verdict.REFUSED),
    "a language": ("---yaml\na: [\n---\n", Verdict.REFUSED),
    "a type that does not fit": ("---\na: !!int b\n---\n", Verdict.UNCERTAIN),
    "an address in brackets": ("---\nlinks: [https://example.com, b]\n---\n", Verdict.UNCERTAIN),
    "not closed": ("---\na: b: c\n", None),
    "none": ("A text.\n\n---\na: b: c\n---\n", None),
    "prose and a rule more": ("---\n\nAn awesome one.\n\n---\n\nTwo.\n\n---\n", Verdict.REFUSED),
    "two in a row": ("---\na: [\n---\n---\nb: [\n---\n", Verdict.REFUSED),
}
CASES = {f"{name} (read)": (f"---\n{inner}---\n", Verdict.READ) for name, inner in READ.items()}
CASES |= {name: (f"---\n{inner}---\n", Verdict.REFUSED) for name, inner in REFUSED.items()} | WHOLE


def find_lines(vale, text: str) -> list[int] | None:
    """The lines on which Vale finds the word; None if it stops."""
    try:
        return [one.line for one in trial.run_style_trial(vale, STYLES, ["Own"], {"a.md": text})["a.md"]]
    except OnevoiceError:
        return None


@pytest.mark.parametrize("name", CASES)
def test_vale_agrees(vale, name):
    text, verdict = CASES[name]
    text += BODY
    front = judge_front_matter(text)
    assert (front and front.verdict) == verdict
    own = find_lines(vale, text)
    if verdict in (None, Verdict.READ):
        assert own is not None
    if verdict is Verdict.REFUSED:
        assert own is None and front.why and 1 <= front.line <= text.count("\n") + text.count("\r")
    if front:
        end = len(front.shown) - len(BODY)
        assert front.shown[end:] == BODY and front.shown.count("\n") == text.count("\n")
        line = text.replace("\r\n", "\n").replace("\r", "\n").count("\n")
        assert (find_lines(vale, front.shown) or [])[-1:] == [line]


def test_what_vale_takes_for_front_matter_is_prose():
    text = "---\n\nOne.\n\n---\n"
    front = judge_front_matter(text)
    assert front and front.is_prose and front.shown == "***" + text[3:]
    assert not judge_front_matter("---\na: [\n---\n").is_prose


def test_long_front_matter_is_not_judged():
    text = f"---\na: {'[' * limits.MAX_JUDGED_FRONT_CHARS}\n---\n"
    assert judge_front_matter(text).verdict is Verdict.UNCERTAIN
    bomb = "a: &a [b]\n" + "".join(f"c{number}: *a\n" for number in range(limits.MAX_JUDGED_FRONT_ALIASES))
    assert judge_front_matter(f"---\n{bomb}---\n").verdict is Verdict.UNCERTAIN
