"""Whether the source of a Markdown document shows the words that a reader sees, or some have markup inside them.

`cli**ent**` and `cli&#101;nt` read as one word. To look for words in a source, one has to know, and may then read the
document whole. What looks so and is not is taken for it: few documents have any of this.
"""

from __future__ import annotations

import re

from onevoice.expression import defer_pattern
from onevoice.prose.build import ENTITY, unescape_entity
from onevoice.prose.front import has_front_key
from onevoice.prose.html import BLOCK_TAGS

# A letter or digit, and the signs of emphasis that may be between it and other markup.
_LETTER = r"[^\W_]"
_NEXT_LETTER = rf"(?=[*_~]*+{_LETTER})"
# Before markup: a letter, emphasis that ends, a link.
_WORD_BEFORE = r"(?<=[\w*~)\]]{sign})"
_BLOCK = rf"(?:br|{'|'.join(sorted(BLOCK_TAGS))})\b"
# In a text with the sign, what makes two parts one word. Each begins with its sign, so that a search jumps to it.
_JOINTS = {
    "*": rf"\*(?:(?<={_LETTER}\*)|(?<={_LETTER}[_~]\*)|(?<={_LETTER}[_~]{{2}}\*)){_NEXT_LETTER}",
    "~": rf"~(?:(?<={_LETTER}~)|(?<={_LETTER}[_*]~)|(?<={_LETTER}[_*]{{2}}~)){_NEXT_LETTER}",
    "[": r"\[(?!\^)(?<=[^\W_]\[|\)\[)|\[(?!\^)(?:(?<=[^\W_][*_~]\[)|(?<=[^\W_][*_~]{2}\[)|(?<=[^\W_][*_~]{3}\[))"
    r"|\[(?:(?<=[)\]][*_~]\[)|(?<=[)\]][*_~]{2}\[)|(?<=[)\]][*_~]{3}\[))",
    "]": rf"\]{_NEXT_LETTER}|\]\[[^\]\[\r\n]*\](?:\[|[*_~]*+[<{{%])",
    ")": rf"\){_NEXT_LETTER}",
    "{": r"\{" + _WORD_BEFORE.format(sign=r"\{") + r"|\{(?:\+\+|--|==|~~|>>)",
    "%": "%" + _WORD_BEFORE.format(sign="%") + "%",
    "<": "<" + _WORD_BEFORE.format(sign="<") + rf"(?:[!?]|(?!{_BLOCK})[A-Za-z]"
    rf"|(?:/(?!{_BLOCK})[A-Za-z][\w-]*+>(?:</[A-Za-z][\w-]*+>)*+)(?:[\w*~\[{{%]|<(?!/?{_BLOCK})))",
}
_PATTERNS = {sign: defer_pattern(pattern, re.IGNORECASE) for sign, pattern in _JOINTS.items()}


def may_join_words(source: str) -> bool:
    """Whether words of this document may have markup, an entity or an escape inside them."""
    if any(sign in source and pattern.search(source) for sign, pattern in _PATTERNS.items()):
        return True
    if "&" in source and any(_is_letter(found[0]) for found in ENTITY.finditer(source)):
        return True
    # A value of the front matter may have escapes, which this takes for any key.
    return has_front_key(source, ())


def _is_letter(entity: str) -> bool:
    """Whether an entity is anything but a sign or a space that people see."""
    import unicodedata

    return any(unicodedata.category(char)[0] not in "PSZ" for char in unescape_entity(entity))
