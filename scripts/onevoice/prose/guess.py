"""What a text is probably encoded in that is not UTF-8: a hint for people who have to save it again."""

from __future__ import annotations

import re

_SIGNS = "‘’“”„–—…•€£©®™°§·«»\xa0"
_WESTERN = "äöüÄÖÜßéèêëàâáãåæçñóòôõíìîïúùûøœÉÈÊÀÂÅØÆÇÑÓ¡¿ºª½" + _SIGNS
_CENTRAL = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽäöüőűÄÖÜŐŰßľĺŕăâîşţ" + _SIGNS
_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ" + _SIGNS
# Python's name, people's name, the characters that texts in it have, and whether most of them have one like it beside.
_ENCODINGS = (
    ("cp1252", "Windows-1252", _WESTERN, False),
    ("mac_roman", "Mac Roman", _WESTERN, False),
    ("cp1250", "Windows-1250", _CENTRAL, False),
    ("cp1251", "Windows-1251", _CYRILLIC, True),
    ("koi8_u", "KOI8", _CYRILLIC, True),
)
# How many of the characters must be common ones; how many zeros in a hundred bytes make a text with two or four bytes
# a character; and how many bytes are looked at.
_MIN_SHARE, _MIN_ZEROS, _SAMPLE_SIZE = 0.6, 3, 1 << 16


def guess_encoding(data: bytes) -> str:
    """The name of the encoding of a text that is not UTF-8, such as `Windows-1252`; "" if nobody can tell."""
    sample = data[:_SAMPLE_SIZE]
    runs = re.findall(rb"[\x80-\xff]+", sample)
    if not runs or not data.decode("utf-8", "ignore").isascii():
        # What has been read as UTF-8 is no accident: only a part of the text is in another encoding.
        return ""
    size = sum(map(len, runs))
    is_long = size > 2 * len(runs)
    best, name = _MIN_SHARE, ""
    for code, label, common, in_words in _ENCODINGS:
        if in_words is is_long:
            text = b"".join(runs).decode(code, "replace")
            share = sum(text.count(sign) for sign in common) / size
            if share > best:
                best, name = share, label
    return name


def guess_wide_encoding(data: bytes) -> str:
    """UTF-16 or UTF-32 if a text without a byte order mark is probably in one of them, or ""."""
    sample = data[: _SAMPLE_SIZE & ~3]
    zeros = sample.count(0)
    if zeros * 100 < _MIN_ZEROS * len(sample):
        return ""
    if zeros * 2 > len(sample):
        # In each four bytes, one letter of English has three that are zero.
        return "UTF-32"
    # One of the two bytes is zero, always the same one.
    return "UTF-16" if zeros in (sample[::2].count(0), sample[1::2].count(0)) else ""
