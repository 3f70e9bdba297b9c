"""Hostile Vale styles, for `prove`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from hostile.front import grow_aliases
from hostile.trial import Case

EXISTENCE = "extends: existence\nmessage: m\ntokens:\n"
SWAP = "extends: substitution\nmessage: Say '%s', not '%s'.\nswap:\n"
EXPRESSIONS = {
    "not ascii": "'[^\\x00-\\x7F]'",
    "a long class": "'[" + "a-z" * 2000 + "]'",
    "nested repeats": "'(a+)+$'",
    "deep groups": "'" + "(" * 500 + "a" + ")" * 500 + "'",
    "very deep groups": "'" + "(" * 20_000 + "a" + ")" * 20_000 + "'",
    "open groups": "'" + "(" * 2000 + "'",
    "many repeats": "'a{1000}{1000}'",
    "a large repeat": "'a{0,99999999}'",
    "a repeat": "'\\w{1,1000}b{1,1000}'",
    "look behind": "'(?<=a|bb)c'",
    "look ahead": "'a(?=" + "b?" * 500 + ")'",
    "back": "'(a)\\1'",
    "a name": "'(?P<a>b)(?P=a)'",
    "flags": "'(?imsxu)a'",
    "a property": "'\\p{L}\\p{None}'",
    "alternatives": "'" + "|".join(f"word{number}" for number in range(2000)) + "'",
    "empty alternatives": "'|||'",
    "empty": "''",
    "a blank": "' '",
    "a dot": "'.'",
    "anything": "'.*'",
    "anything twice": "'.*.*.*.*x'",
    "a star": "'*a'",
    "a backslash": "'\\'",
    "an open class": "'[a'",
    "a long text": "a" * 60_000,
    "ideographs": "我们",
    "emoji": "🙂",
    "combining": '"\\u0301"',
    "a null": '"\\0"',
    "a newline": '"a\\nb"',
    "bidi": '"\\u202e"',
    "a boundary": "'\\b\\b\\B'",
    "ends": "'^$'",
    "a comment": "'(?#a)b'",
    "condition": "'(?(1)a|b)'",
    "atomic": "'(?>a+)b'",
    "a number": "9" * 5000,
    "null": "~",
    "yes": "yes",
    "a list": "[a, [b]]",
    "a mapping": "{a: b}",
    "optional": "'" + "(?:a|b)?" * 24 + "'",
}
FILES: dict[str, str | bytes] = {
    "nothing": "",
    "a scalar": "a",
    "a list": "[a]",
    "brackets": "x: " + "[" * 30_000,
    "aliases": grow_aliases() + "extends: existence\nmessage: m\ntokens: *j",
    "aliases as text": grow_aliases() + "extends: existence\nmessage: *j\ntokens: [a]",
    "a mapping as key": SWAP + "  {a: b}: c\n",
    "a list as key": SWAP + "  ? [a]\n  : c\n",
    "itself": "extends: existence\nmessage: m\ntokens: &t [*t]",
    "a tag": "extends: !a existence\nmessage: m\ntokens: [a]",
    "UTF-16": (EXISTENCE + "  - a\n").encode("utf-16"),
    "noise": bytes(range(256)),
    "null bytes": EXISTENCE + "\0",
    "extends nothing": "extends: none\nmessage: m\ntokens: [a]",
    "no message": "extends: existence\ntokens: [a]",
    "no tokens": "extends: existence\nmessage: m",
    "tokens of text": "extends: existence\nmessage: m\ntokens: a",
    "tokens of mappings": "extends: existence\nmessage: m\ntokens: [{a: b}]",
    "a message of formats": "extends: existence\nmessage: '%s%s%s%n%d%%'\ntokens: [a]",
    "a level": "extends: existence\nmessage: m\nlevel: 99\ntokens: [a]",
    "case": "extends: existence\nmessage: m\nignorecase: perhaps\ntokens: [a]",
    "an action": "extends: existence\nmessage: m\naction: {name: replace, params: [[a]]}\ntokens: [a]",
    "a scope": "extends: existence\nmessage: m\nscope: [a, {b: c}]\ntokens: [a]",
    "swap of lists": "extends: substitution\nmessage: m\nswap: [a, b]",
    "swap of numbers": SWAP + "  1: 2\n  3.5: ~\n",
    "swap of itself": SWAP + "  a: a\n",
    "swap to nothing": SWAP + "  a:\n",
    "1,000 swaps": SWAP + "".join(f"  word{number}: other{number}\n" for number in range(1000)),
    "2,000 tokens": EXISTENCE + "".join(f"  - word{number}\n" for number in range(2000)),
    "one token 2,000 times": EXISTENCE + "  - word\n" * 2000,
    "capitals": "extends: capitalization\nmessage: m\nmatch: '$none'",
    "a pattern of capitals": "extends: capitalization\nmessage: m\nmatch: '('",
    "occurrence": "extends: occurrence\nmessage: m\nmax: -1\ntoken: '('",
    "repetition": "extends: repetition\nmessage: m\ntokens: ['(']",
    "consistency": "extends: consistency\nmessage: m\neither: {a: a, b: '('}",
    "conditional": "extends: conditional\nmessage: m\nfirst: '('\nsecond: ')'",
    "metric": "extends: metric\nmessage: m\nformula: '1/0'\ncondition: '> 0'",
    "readability": "extends: readability\nmessage: m\ngrade: a\nmetrics: [none]",
    "spelling": "extends: spelling\nmessage: m\ndictionaries: [none]\ndicpath: /dev",
    "sequence": "extends: sequence\nmessage: m\ntokens: [{tag: '(', pattern: '('}]",
    "a script": "extends: script\nmessage: m\nscript: |\n  for true {}\n",
    "a script elsewhere": "extends: script\nmessage: m\nscript: ../../none.tengo",
    "exceptions": "extends: existence\nmessage: m\nexceptions: ['(', {a: b}]\ntokens: [a]",
    "raw": "extends: existence\nmessage: m\nraw: ['(', a]",
    "raw of itself": "extends: existence\nmessage: m\nraw: [" + "'(?:', " * 500 + "a]",
    "a vocabulary": "extends: existence\nmessage: m\nvocab: perhaps\ntokens: [a]",
    "a limit": "extends: existence\nmessage: m\nlimit: -1\ntokens: [a]",
    "a link": "extends: existence\nmessage: m\nlink: 'javascript:alert(1)'\ntokens: [a]",
}
PLACES: dict[str, Callable[[Path], object]] = {
    "a pipe": lambda folder: os.mkfifo(folder / "Bad.yml"),
    "a folder": lambda folder: (folder / "Bad.yml").mkdir(),
    "a device": lambda folder: (folder / "Bad.yml").symlink_to("/dev/zero"),
    "a circle": lambda folder: (folder / "Bad.yml").symlink_to("Bad.yml"),
    "4 GB": lambda folder: os.truncate(folder / "Good.yml", 2**32),
    "a name with a newline": lambda folder: (folder / "a\nb.yml").write_text(EXISTENCE + "  - a\n"),
    "a name with a dot": lambda folder: (folder / "a.b.yml").write_text(EXISTENCE + "  - a\n"),
    "a name that is not UTF-8": lambda folder: (folder / "a\udcff.yml").write_text(EXISTENCE + "  - a\n"),
    "a long name": lambda folder: (folder / ("a" * 251 + ".yml")).write_text(EXISTENCE + "  - a\n"),
    "no style": lambda folder: (folder / "Good.yml").unlink(),
}


def prove(name: str, fill: Callable[[Path], object], **more: object) -> Case:
    """A case of one style, next to a rule that has a dead entry."""

    def fill_style(folder: Path) -> None:
        (folder / "Style").mkdir()
        (folder / "Style" / "Good.yml").write_text(SWAP + "  '(?<=x)y': z\n")
        fill(folder / "Style")

    return Case(
        f"style: {name}", fill_style, ("prove", "{here}/Style"), neighbor="", exits=(0, 1, 2), shared=False, **more
    )


def iter_cases() -> Iterator[Case]:
    """All of this family."""
    for name, expression in EXPRESSIONS.items():
        yield prove(
            f"a token, {name}",
            lambda folder, text=expression: (folder / "Bad.yml").write_text(f"{EXISTENCE}  - {text}\n"),
        )
        yield prove(
            f"a swap, {name}",
            lambda folder, text=expression: (folder / "Bad.yml").write_text(f"{SWAP}  {text}: other\n"),
        )
    for name, data in FILES.items():
        yield prove(
            name,
            lambda folder, data=data: (folder / "Bad.yml").write_bytes(
                data if isinstance(data, bytes) else data.encode()
            ),
        )
    for name, fill in PLACES.items():
        yield prove(name, fill)
    yield prove(
        "10,000 tokens",
        lambda folder: (folder / "Bad.yml").write_text(
            EXISTENCE + "".join(f"  - word{number}\n" for number in range(10_000))
        ),
        heavy=True,
    )
