"""Every regular expression of the package, found by reflection, and the texts that are worst for it.

A pattern that is tried at each place of a text and reads far each time takes the square of its length. So each is fed
with what makes it begin and never end: repeated prefixes and parts of its own.
"""

import ast
import functools
import importlib
import itertools
import operator
import pkgutil
import re
import re._constants as codes
import re._parser as parser
import time
from pathlib import Path
from typing import NamedTuple

import onevoice
from onevoice.expression import DeferredPattern

SOURCE = Path(onevoice.__file__).parent
# One letter of each class, as it is found in texts.
CLASSES = {
    codes.CATEGORY_DIGIT: "1", codes.CATEGORY_SPACE: " ", codes.CATEGORY_WORD: "a",
    codes.CATEGORY_NOT_DIGIT: "a", codes.CATEGORY_NOT_SPACE: "a", codes.CATEGORY_NOT_WORD: " ",
}  # fmt: skip
LETTERS = ("a", " ", "1", "\n", "<", "=", ".", "-", "%", "'")
# Characters with which a search begins, and seconds within which it is well; characters of the longest text; seconds
# that are well above the noise, and what a doubling may cost: 2 to the power of 1.5.
QUICK_SIZE, QUICK_SECONDS, MAX_SIZE = 2000, 0.0008, 500_000
MIN_SECONDS, MAX_EXPONENT = 0.05, 1.5
# No prefix of a pattern is longer, and no pattern has more: the alternatives of a long list are all alike.
MAX_SAMPLES = 60


class Use(NamedTuple):
    """A pattern and what is done with it: `match`, `fullmatch`, or `finditer`, which stands for every search."""

    where: str
    pattern: re.Pattern
    methods: frozenset[str]

    def go_over(self, text):
        """Do it to a text."""
        for method in self.methods:
            made = getattr(self.pattern, method)(text)
            if method == "finditer":
                for _ in made:
                    pass


def list_uses():
    """Each pattern once: the compiled ones of all modules, and those written in calls of re."""
    trees = {path: ast.parse(path.read_text()) for path in sorted(SOURCE.rglob("*.py"))}
    everywhere = _find_methods(trees.values())
    found = {}
    for module in pkgutil.walk_packages(onevoice.__path__, "onevoice."):
        if module.name.endswith("__main__"):
            continue
        loaded = importlib.import_module(module.name)
        here = _find_methods([trees[Path(loaded.__file__)]])
        for name, value in vars(loaded).items():
            called = here if name.startswith("_") else everywhere
            for pattern in _iter_patterns(value):
                methods = called.get(name, frozenset()) if value is pattern else frozenset()
                use = Use(f"{module.name}.{name}", pattern, methods or frozenset({"finditer"}))
                found.setdefault((pattern.pattern, pattern.flags), use)
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if pattern := _read_call(node):
                where = f"onevoice.{'.'.join(path.relative_to(SOURCE).with_suffix('').parts)}:{node.lineno}"
                methods = _name_methods({node.func.attr})
                found.setdefault((pattern.pattern, pattern.flags), Use(where, pattern, methods))
    return list(found.values())


def _find_methods(trees):
    """What is called of each name, in whatever module."""
    called = {}
    for node in itertools.chain.from_iterable(map(ast.walk, trees)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, (ast.Name, ast.Attribute)):
            name = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
            called.setdefault(name, set()).add(node.attr)
    return {name: _name_methods(methods) for name, methods in called.items()}


def _name_methods(methods):
    anchored = methods & {"match", "fullmatch"}
    return frozenset(anchored | ({"finditer"} if methods - anchored - {"pattern", "flags"} else set()))


def _read_call(node):
    """The pattern that is written in a call of re; None if it is no such call."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
        return None
    if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.func.attr != "escape"):
        return None
    source = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
    if not isinstance(source, (str, bytes)):
        return None
    names = (one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute))
    flags = [getattr(re, name) for name in names if isinstance(getattr(re, name, None), re.RegexFlag)]
    return re.compile(source, functools.reduce(operator.or_, flags, 0))


def _iter_patterns(value):
    if isinstance(value, (re.Pattern, DeferredPattern)):
        yield value
    elif isinstance(value, (list, tuple, set, frozenset)):
        for one in value:
            yield from _iter_patterns(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _iter_patterns(one)


def list_texts(pattern):
    """What is repeated to try a pattern: (before, repeated), without doubles."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    flags = pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags
    tree = parser.parse(source, flags & ~(re.LOCALE))
    prefixes = list(dict.fromkeys(text for text in _iter_prefixes(tree) if text))[:MAX_SAMPLES]
    atoms = list(dict.fromkeys(_iter_atoms(tree)))[:MAX_SAMPLES]
    texts = dict.fromkeys(("", text) for text in prefixes)
    texts |= dict.fromkeys(("", atom) for atom in atoms)
    texts |= dict.fromkeys((text, atom) for text, atom in itertools.product(prefixes[:20], atoms[:12]))
    texts |= dict.fromkeys(("", one + other) for one, other in itertools.product(atoms[:16], repeat=2))
    texts |= dict.fromkeys(("", text + letter) for text in prefixes[:30] for letter in LETTERS)
    texts |= dict.fromkeys(("", text + "\n") for text in prefixes)
    return list(texts)


def _iter_atoms(tree):
    for code, value in tree:
        if code is codes.LITERAL:
            yield chr(value)
        elif code is codes.NOT_LITERAL or code is codes.ANY:
            yield "a"
        elif code is codes.IN:
            yield from _list_members(value)[:3]
        elif code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            inner = _make_sample(value[2])
            if inner:
                yield inner
            yield from _iter_atoms(value[2])
        elif code is codes.SUBPATTERN:
            yield from _iter_atoms(value[3])
        elif code is codes.ATOMIC_GROUP:
            yield from _iter_atoms(value)
        elif code is codes.BRANCH:
            for branch in value[1]:
                yield from _iter_atoms(branch)


def _list_members(items):
    """Characters of a class, one of each kind."""
    negated = items[0][0] is codes.NEGATE
    if negated:
        banned = re.compile("[" + "".join(map(_write_member, items[1:])) + "]")
        return [one for one in LETTERS if not banned.match(one)] or ["\u00e9"]
    found = []
    for code, value in items:
        if code is codes.LITERAL:
            found.append(chr(value))
        elif code is codes.RANGE:
            found.append(chr(value[0]))
        elif code is codes.CATEGORY:
            found.append(CLASSES.get(value, "a"))
    return found


def _write_member(item):
    code, value = item
    if code is codes.LITERAL:
        return re.escape(chr(value))
    if code is codes.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return {
        codes.CATEGORY_DIGIT: r"\d", codes.CATEGORY_SPACE: r"\s", codes.CATEGORY_WORD: r"\w",
        codes.CATEGORY_NOT_DIGIT: r"\D", codes.CATEGORY_NOT_SPACE: r"\S", codes.CATEGORY_NOT_WORD: r"\W",
    }[value]  # fmt: skip


def _make_sample(tree):
    """A text that a part of a pattern matches, as far as one can be told without trying."""
    out = ""
    for code, value in tree:
        out += _make_item(code, value, once=True)
    return out


def _make_item(code, value, once=False):
    if code is codes.LITERAL:
        return chr(value)
    if code is codes.NOT_LITERAL or code is codes.ANY:
        return "a"
    if code is codes.IN:
        return (_list_members(value) or ["a"])[0]
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return _make_sample(value[2]) * max(value[0], 1 if once else 0)
    if code is codes.SUBPATTERN:
        return _make_sample(value[3])
    if code is codes.ATOMIC_GROUP:
        return _make_sample(value)
    if code is codes.BRANCH:
        return _make_sample(value[1][0])
    return ""


def _iter_prefixes(tree, before=""):
    """Texts with which a match may begin: after each part of the pattern, in each of its branches."""
    for code, value in tree:
        if code is codes.SUBPATTERN:
            yield from _iter_prefixes(value[3], before)
        elif code is codes.ATOMIC_GROUP:
            yield from _iter_prefixes(value, before)
        elif code is codes.BRANCH:
            for branch in value[1]:
                yield from _iter_prefixes(branch, before)
        elif code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            yield from _iter_prefixes(value[2], before)
        before += _make_item(code, value, once=True)
        yield before


def build_text(pattern, before, repeated, size):
    """A text of about so many characters, of the kind that the pattern reads."""
    text = before + repeated * max(size // len(repeated), 1)
    return text if isinstance(pattern.pattern, str) else text.encode("latin-1", "replace")


def find_square_text(use, texts):
    """The first of the texts that takes a pattern the square of its length, and how; None if none does."""
    pattern = use.pattern
    for before, repeated in texts:
        # Most are over in no time, and need no closer look.
        if _time_use(use, build_text(pattern, before, repeated, QUICK_SIZE), time.perf_counter) < QUICK_SECONDS:
            continue
        size = QUICK_SIZE
        while size <= MAX_SIZE:
            now, then = (
                min(_time_use(use, build_text(pattern, before, repeated, many)) for _ in range(2))
                for many in (size, 2 * size)
            )
            if now >= MIN_SECONDS or then < now * 2**MAX_EXPONENT <= MIN_SECONDS:
                break
            size *= 2
        if then >= MIN_SECONDS and then > now * 2**MAX_EXPONENT:
            return before, repeated, f"{now:.3f} s for {size:,} characters, {then:.3f} s for {2 * size:,}"
    return None


def _time_use(use, text, clock=time.process_time):
    begun = clock()
    use.go_over(text)
    return clock() - begun
