"""What a reader of word lists finds, as lines that a person can compare with the list."""

from onevoice.exchange.entry import Reading, Settings, Source
from onevoice.exchange.formats import load_word_formats


def read_list(name: str, files: dict[str, str | bytes], settings: Settings | None = None) -> Reading:
    """What a format reads of these files."""
    data = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
    read = load_word_formats()[name].read
    assert read is not None
    return read(Source(next(iter(files)), data), settings or Settings())


def describe_reading(reading: Reading) -> str:
    """One line for each entry, rule, omission and question, with its place, and the total."""
    lines = [f"{entry.place} {_format_fields(entry.fields)}" for entry in reading.entries]
    lines += [f"{rule.place} RULE {_format_fields(rule.fields)}" for rule in reading.rules]
    lines += [f"{one.place} LEFT OUT {one.text} ({one.reason})" for one in reading.omissions]
    lines += [f"{one.place} ASKED {one.key}: {one.text} {list(one.choices)} {one.guess}" for one in reading.questions]
    return "\n".join([*lines, f"rows: {reading.total}"])


def _format_fields(fields) -> str:
    return "; ".join(f"{name}: {value}".replace("\n", "\\n") for name, value in fields.items())
