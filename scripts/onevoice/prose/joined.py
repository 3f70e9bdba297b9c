"""Where the source of a Markdown document does not show the words that a reader sees: some have markup inside them.

`cli**ent**` and `cli&#101;nt` read as one word. To look for words in a source, one has to know, and may then read the
blocks that have any. What looks so and is not is taken for it: few documents have any of this.
"""

from __future__ import annotations

import re
from functools import lru_cache

from onevoice.expression import defer_pattern
from onevoice.prose.build import ENTITY, unescape_entity
from onevoice.prose.front import has_front_key
from onevoice.prose.html import BLOCK_TAGS

Range = tuple[int, int]

# A letter or digit, and the signs of emphasis that may be between it and other markup.
_LETTER = r"[^\W_]"
_NEXT_LETTER = rf"(?=[*_~]*+{_LETTER})"
# Before markup: a letter, emphasis that ends, a link.
_WORD_BEFORE = r"(?<=[\w*~)\]]{sign})"
# Brackets that are no link without a definition: `service[s]`.
_NO_LABEL = r"(?![^\[\]\r\n]*+\](?![\[(]))"
_BLOCK = rf"(?:br|{'|'.join(sorted(BLOCK_TAGS))})\b"
# In a text with the sign, what makes two parts one word. Each begins with its sign, so that a search jumps to it.
_JOINTS = {
    "*": rf"\*(?:(?<={_LETTER}\*)|(?<={_LETTER}[_~]\*)|(?<={_LETTER}[_~]{{2}}\*)){_NEXT_LETTER}",
    "~": rf"~(?:(?<={_LETTER}~)|(?<={_LETTER}[_*]~)|(?<={_LETTER}[_*]{{2}}~)){_NEXT_LETTER}",
    "[": rf"\[(?!\^){_NO_LABEL}(?<=[^\W_]\[|\)\[)"
    rf"|\[(?!\^){_NO_LABEL}(?:(?<=[^\W_][*_~]\[)|(?<=[^\W_][*_~]{{2}}\[)|(?<=[^\W_][*_~]{{3}}\[))"
    r"|\[(?:(?<=[)\]][*_~]\[)|(?<=[)\]][*_~]{2}\[)|(?<=[)\]][*_~]{3}\[))",
    "]": rf"\](?<=\]\]){_NEXT_LETTER}",
    # In a text with definitions, a label in brackets is a link.
    "]:": rf"\[(?!\^)(?<={_LETTER}\[)|\]{_NEXT_LETTER}|\]\[[^\]\[\r\n]*\](?:\[|[*_~]*+[<{{%])",
    ")": rf"\){_NEXT_LETTER}",
    # Of the macros in two braces only comments are hidden; a reader sees something of the others.
    "{": r"\{" + _WORD_BEFORE.format(sign=r"\{") + r"(?!\{(?![<%]?-?\s*(?:comment|/\*)))|\{(?:\+\+|--|==|~~|>>)",
    "%": "%" + _WORD_BEFORE.format(sign="%") + "%",
    "<": "<" + _WORD_BEFORE.format(sign="<") + rf"(?:[!?]|(?!{_BLOCK})[A-Za-z]"
    rf"|(?:/(?!{_BLOCK})[A-Za-z][\w-]*+>(?:</[A-Za-z][\w-]*+>)*+)[*_~]*+(?:{_LETTER}|[\[{{%]|<(?!/?{_BLOCK})))",
}
_PATTERNS = {sign: defer_pattern(pattern, re.IGNORECASE) for sign, pattern in _JOINTS.items()}


def find_joints(source: str) -> list[Range]:
    """Ranges in the blocks of this document of which words may have markup, an entity or an escape inside them."""
    found = []
    for sign, pattern in _PATTERNS.items():
        if sign in source:
            found += [match.span() for match in pattern.finditer(source)]
    if "&" in source:
        found += [match.span() for match in ENTITY.finditer(source) if _is_letter(match[0])]
    # A value of the front matter may have escapes, which this takes for any key.
    if has_front_key(source, ()):
        found.append((0, 1))
    return found


# The same few are all over a text.
@lru_cache(maxsize=1000)
def _is_letter(entity: str) -> bool:
    """Whether an entity is anything but a sign or a space that people see."""
    import unicodedata

    said = unescape_entity(entity)
    return said != entity and any(unicodedata.category(char)[0] not in "PSZ" for char in said)
