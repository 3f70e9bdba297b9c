"""Mails of Outlook for tests: a compound file (MS-CFB) with the streams that MS-OXMSG names, as small as can be."""

import itertools
import struct

SECTOR, SMALL, CUTOFF = 512, 64, 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def make_outlook_mail(subject="", body="", html="", attachments=()):
    """The bytes of a .msg file. attachments: names and what is in them."""
    streams = {"__nameid_version1.0/__substg1.0_00020102": b""}
    fixed = struct.pack("<8xIIII8x", 0, len(attachments), 0, len(attachments))
    texts = {0x0037: subject, 0x1000: body, 0x001A: "IPM.Note"}
    streams["__properties_version1.0"] = fixed + b"".join(
        _property(tag, 0x1F, text) for tag, text in texts.items() if text
    )
    for tag, text in texts.items():
        if text:
            streams[f"__substg1.0_{tag:04X}001F"] = text.encode("utf-16-le")
    if html:
        streams["__substg1.0_10130102"] = html.encode()
        streams["__properties_version1.0"] += struct.pack("<HHII4x", 0x0102, 0x1013, 6, len(html.encode()))
    for number, (name, data) in enumerate(attachments):
        folder = f"__attach_version1.0_#{number:08X}"
        streams[f"{folder}/__properties_version1.0"] = (
            bytes(8)
            + struct.pack("<HHII4x", 0x0003, 0x3705, 6, 1)
            + _property(0x3707, 0x1F, name)
            + struct.pack("<HHII4x", 0x0102, 0x3701, 6, len(data))
        )
        streams[f"{folder}/__substg1.0_3707001F"] = name.encode("utf-16-le")
        streams[f"{folder}/__substg1.0_37010102"] = data
    return make_compound_file(streams)


def _property(tag, kind, text):
    return struct.pack("<HHII4x", kind, tag, 6, len(text.encode("utf-16-le")) + 2)


def make_compound_file(streams):
    """The bytes of a compound file with these streams, each named with its folder."""
    folders = dict.fromkeys(path.partition("/")[0] for path in streams if "/" in path)
    entries = [["Root Entry", 5, FREE, FREE, FREE, END, 0]]
    small, sectors, fat, mini_fat = b"", [], [], []

    def place(data):
        first = len(sectors)
        count = -(-len(data) // SECTOR)
        sectors.extend(data[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(data), SECTOR))
        fat.extend([*range(first + 1, first + count), END] if count else [])
        return first if count else END

    def add(name, data):
        nonlocal small
        if len(data) >= CUTOFF or not data:
            start = place(data)
        else:
            start, count = len(mini_fat), -(-len(data) // SMALL)
            mini_fat.extend([*range(start + 1, start + count), END])
            small += data.ljust(count * SMALL, b"\0")
        entries.append([name, 2, FREE, FREE, FREE, start, len(data)])
        return len(entries) - 1

    def link(numbers):
        """A tree in which each has one to its right, in the order that the format wants."""
        order = sorted(numbers, key=lambda number: (len(entries[number][0]), entries[number][0].upper()))
        for number, following in itertools.pairwise(order):
            entries[number][3] = following
        return order[0] if order else FREE

    top = [add(path, data) for path, data in streams.items() if "/" not in path]
    for folder in folders:
        inside = [add(path.split("/")[1], data) for path, data in streams.items() if path.startswith(f"{folder}/")]
        entries.append([folder, 1, FREE, FREE, link(inside), 0, 0])
        top.append(len(entries) - 1)
    entries[0][4] = link(top)
    entries[0][5:] = [place(small), len(small)]
    rows = [_pack_entry(*entry) for entry in entries]
    rows += [bytes(68) + struct.pack("<III", FREE, FREE, FREE) + bytes(48)] * (-len(rows) % 4)
    directory = place(b"".join(rows))
    mini = place(b"".join(struct.pack("<I", one) for one in mini_fat + [FREE] * (-len(mini_fat) % 128)))
    tables = 1
    while (len(fat) + tables) > tables * 128:
        tables += 1
    first = len(sectors)
    fat += [FAT] * tables + [FREE] * (tables * 128 - len(fat) - tables)
    table = struct.pack(f"<{len(fat)}I", *fat)
    head = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6, 0, tables,
        directory, 0, CUTOFF, mini, len(mini_fat) // 128 + 1, END, 0,
    )  # fmt: skip
    places = [*range(first, first + tables), *[FREE] * (109 - tables)]
    return head + struct.pack("<109I", *places) + b"".join(sectors) + table


def _pack_entry(name, kind, left, right, child, start, size):
    words = (name + "\0").encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sIQQIQ", words, len(words), kind, 1, left, right, child, bytes(16), 0, 0, 0, start, size
    )
