"""Harper's own dictionary: one word a line, in `dictionary.txt`."""

from __future__ import annotations

from onevoice.exchange.data import decode_list
from onevoice.exchange.entry import Reading, Settings, Source
from onevoice.exchange.formats import Format
from onevoice.exchange.plain import judge_plain_list, read_plain_list
from onevoice.exchange.wordlist import WordList

ENDINGS = (".txt", ".dict")


def read(source: Source, settings: Settings) -> Reading:
    """The words of all files of a source."""
    words = WordList("harper")
    for path, data in source.files.items():
        if not path.lower().endswith(ENDINGS):
            words.omit(path, "", "it is no list with one word a line.")
            continue
        for line, text in read_plain_list(decode_list(path, data)):
            words.total += 1
            # Behind the slash are the forms that Harper makes of it.
            word, slash, flags = text.rpartition("/")
            words.add_name(f"{path}:{line}", word if slash and flags.isalnum() and flags.isupper() else text)
    return words.build_reading()


def _recognize_source(source: Source) -> int:
    best = 0
    for path, data in source.files.items():
        name = path.lower().rpartition("/")[2]
        if name.endswith(ENDINGS) and judge_plain_list(path, data):
            best = max(best, 7 if "harper" in path.lower() or name in ("dictionary.txt", "dictionary.dict") else 2)
    return best


FORMAT = Format("Harper dictionary", ENDINGS, _recognize_source, read, rank=58)
