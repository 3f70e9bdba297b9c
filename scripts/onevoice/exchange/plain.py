"""Lists with one word a line, which several programs have."""

from __future__ import annotations

from collections.abc import Iterator

from onevoice import limits
from onevoice.errors import OnevoiceError
from onevoice.exchange.data import decode_list

# How much of the lines of such a list may be longer than a word is.
MAX_LONG_SHARE = 0.1
MAX_WORDS = 4


def read_plain_list(text: str) -> Iterator[tuple[int, str]]:
    """The words with the numbers of their lines, without comments."""
    if text.count("\n") > limits.MAX_LIST_VALUES:
        raise OnevoiceError(f"this list has more than {limits.MAX_LIST_VALUES:,} lines. Split it.")
    for number, line in enumerate(text.split("\n"), 1):
        word = line.partition("#")[0].strip()
        if word:
            yield number, word


def judge_plain_list(path: str, data: bytes) -> str:
    """The text of a list of words; "" if it is none, but prose or something else."""
    try:
        text = decode_list(path, data)
    except OnevoiceError:
        return ""
    words = [word for _, word in read_plain_list(text)]
    long = sum(len(word.split()) > MAX_WORDS or word.endswith((".", ":", ";")) for word in words)
    return text if words and long <= MAX_LONG_SHARE * len(words) else ""
