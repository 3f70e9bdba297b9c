"""Each limit of limits.py, at its value and one above."""

import datetime
import json

import pytest

from onevoice import limits
from onevoice.archive import pack_archive
from onevoice.engine.site import find_config_file
from onevoice.errors import DataError, OnevoiceError, find_nearest
from onevoice.exchange.data import decode_list, load_document
from onevoice.handbook import checks
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import load_files, load_folder
from onevoice.load.quotes import parse_quotes
from onevoice.load.yaml import parse_yaml
from onevoice.nesting import find_deep_nesting
from onevoice.prose.read import read_prose
from onevoice.run.handbook import current_date
from onevoice.tables.export import open_exports
from onevoice.vale.guard import read_safe_setup
from onevoice.vale.prove.sample import generate_samples
from onevoice.vale.prove.style import read_style_rules
from prose.portable import make_pdf

TODAY = datetime.date(2026, 11, 21)
TERM = {"id": "a", "preferred": "alpha", "definition": "d"}
MEETING = {
    "id": "m", "name": "n", "purpose": "p", "repeats": "FREQ=WEEKLY", "first": "2026-11-23", "time": "09:30",
    "time_zone": "UTC", "minutes": 30, "who": ["x"], "agenda": [{"topic": "t", "minutes": 1}],
}  # fmt: skip


def check_records(kind, **values):
    """What `check` says of one record with these values, as messages of errors."""
    record = {**(TERM if kind == "terms" else MEETING), **values}
    loaded = load_files([(kind, f"content/{kind}.yaml", json.dumps({kind: [record]}).encode())])
    return [one.message for one in checks.run_checks(Handbook(loaded), TODAY) if one.level == "error"]


@pytest.mark.parametrize("name", ["id", "was"])
def test_the_bytes_of_a_name(name):
    assert check_records("terms", **{name: "x" * limits.MAX_NAME_BYTES}) == []
    [message] = check_records("terms", **{name: "x" * (limits.MAX_NAME_BYTES + 1)})
    assert str(limits.MAX_NAME_BYTES) in message


def test_the_bytes_of_a_name_in_an_address():
    short = "ä" * (limits.MAX_NAME_BYTES // 2 - 1)  # The accents of Latin letters go.
    assert check_records("terms", avoid=[short]) == []
    fits = "ж" * (limits.MAX_NAME_BYTES // 2)
    assert check_records("terms", avoid=[fits]) == []
    [message] = check_records("terms", avoid=[f"{fits}a"])
    assert str(limits.MAX_NAME_BYTES) in message


def test_the_characters_of_a_quote():
    line = "week,form,about,persona,stage,id,words\n2026-W48,calls,pain,,,q0123456789,{}\n"
    words = "w" * limits.MAX_QUOTE_CHARS
    assert parse_quotes("q.csv", line.format(words).encode())[1] == []
    [problem] = parse_quotes("q.csv", line.format(f"{words}w").encode())[1]
    assert f"more than {limits.MAX_QUOTE_CHARS} characters" in problem.message


def test_the_numbers_of_a_record():
    # The agenda's warning is none of ours.
    assert check_records("meetings", minutes=limits.MAX_NUMBER) == []
    [message] = check_records("meetings", minutes=limits.MAX_NUMBER + 1)
    assert f"{limits.MAX_NUMBER:,}" in message


@pytest.mark.parametrize("part", ["INTERVAL", "COUNT"])
def test_the_digits_of_a_rule(part):
    assert check_records("meetings", repeats=f"FREQ=DAILY;{part}={'9' * limits.MAX_RULE_DIGITS}") == []
    [message] = check_records("meetings", repeats=f"FREQ=DAILY;{part}={'9' * (limits.MAX_RULE_DIGITS + 1)}")
    assert str(limits.MAX_RULE_DIGITS) in message


def test_the_years_of_a_meeting():
    for year in (limits.FIRST_YEAR, limits.LAST_YEAR):
        assert check_records("meetings", first=f"{year}-06-01", repeats="FREQ=DAILY") == []
    for year in (limits.FIRST_YEAR - 1, limits.LAST_YEAR + 1):
        [message] = check_records("meetings", first=f"{year}-06-01", repeats="FREQ=DAILY")
        assert str(limits.FIRST_YEAR) in message and str(limits.LAST_YEAR) in message
    assert check_records("meetings", repeats=f"FREQ=DAILY;UNTIL={limits.LAST_YEAR}1231T235959") == []
    [message] = check_records("meetings", repeats=f"FREQ=DAILY;UNTIL={limits.LAST_YEAR + 1}0101")
    assert str(limits.LAST_YEAR) in message


def test_the_years_of_today(monkeypatch):
    for year in (limits.FIRST_YEAR, limits.LAST_YEAR):
        monkeypatch.setenv("ONEVOICE_TODAY", f"{year}-06-01")
        assert current_date().year == year
    for year in (limits.FIRST_YEAR - 1, limits.LAST_YEAR + 1):
        monkeypatch.setenv("ONEVOICE_TODAY", f"{year}-06-01")
        with pytest.raises(OnevoiceError, match=f"{limits.FIRST_YEAR} to {limits.LAST_YEAR}"):
            current_date()


def test_the_characters_of_an_address():
    start = "https://x.example/"
    fits = start + "a" * (limits.MAX_ADDRESS_CHARS - len(start))
    assert check_records("meetings", where=fits) == []
    [message] = check_records("meetings", where=f"{fits}a")
    assert f"{limits.MAX_ADDRESS_CHARS:,}" in message


@pytest.mark.parametrize("key", ["notte", "related"])
def test_the_errors_that_are_told(key, monkeypatch):
    monkeypatch.setattr(limits, "MAX_ERRORS", 5)

    def count_errors(many):
        wrong = [{**TERM, "id": f"a{n}", "preferred": f"a{n}", key: f"nobody-{n}"} for n in range(many)]
        loaded = load_files([("terms", f"content/{key}{many}.yaml", json.dumps({"terms": wrong}).encode())])
        found = [one for one in checks.run_checks(Handbook(loaded), TODAY) if one.level == "error"]
        return len(found), sum("Fix these first" in one.message for one in found)

    assert count_errors(4) == (4, 0)
    assert count_errors(5) == (6, 1)
    assert count_errors(50) == (6, 1)


def test_the_names_that_a_wrong_one_is_compared_with(monkeypatch):
    names = [f"name-{n:05}-of-a-term" for n in range(limits.MAX_COMPARED_NAMES * 3)]
    for wrong in ("name-00007-of-a-trem", "nmae-00290-of-a-term"):
        assert find_nearest(wrong, names[: limits.MAX_COMPARED_NAMES]) in names
        assert wrong[4:10] in find_nearest(wrong, names)


@pytest.mark.parametrize("opened", ["[", "{a: ", '["]", '])
def test_yaml_depth(opened):
    """A bracket in a quoted text closes nothing: counted as one, it would hide any depth from us."""
    closed = "]" if "[" in opened else "}"
    inner = limits.MAX_YAML_DEPTH - 1  # the first level is the file's
    assert find_deep_nesting(f"x: {opened * inner}y{closed * inner}") is None
    assert find_deep_nesting(f"x: {opened * (inner + 1)}y{closed * (inner + 1)}") == 3 + inner * len(opened)
    (finding,) = parse_yaml("a.yaml", f"x: {opened * 30_000}").findings
    assert "nested deeper than 100 levels, and that is the limit" in finding.message


@pytest.mark.parametrize(
    "text",
    ["- 'a [ b'\n", '- "a { b"\n', "- a [ b\n", "# a [ b\n", "- |\n  a [ b\n", "- >-\n  a [[ b\n",
     "- 'it''s [ b'\n", '- "\\"[ b"\n'],
)  # fmt: skip
def test_brackets_in_texts_are_no_levels(text):
    assert find_deep_nesting(text * (limits.MAX_YAML_DEPTH * 3)) is None
    deep = text * (limits.MAX_YAML_DEPTH * 3) + "- " + "[" * limits.MAX_YAML_DEPTH
    assert find_deep_nesting(deep) == len(deep) - 1


@pytest.mark.parametrize(
    "text", ["a: |\n  x\n" + " " * 300 + "y\n", "a: 'x\n" + " " * 300 + "y'\n", "a: |\n  x\n  " + "-" * 300 + "\n"]
)
def test_blanks_in_texts_are_no_levels(text):
    assert find_deep_nesting(text) is None


def test_a_rule_of_a_style_has_so_many_bytes(tmp_path):
    head = "extends: existence\nmessage: x\ntokens: [a]\n#"
    for size, is_read in ((limits.MAX_STYLE_BYTES, True), (limits.MAX_STYLE_BYTES + 1, False)):
        (tmp_path / "a.yml").write_text(head.ljust(size, "#"))
        (rule,) = read_style_rules(tmp_path)
        assert bool(rule.entries) == is_read
        assert is_read or "more than 1 MB" in rule.parse_error[2]


def test_an_expression_describes_so_many_characters():
    most = limits.MAX_SAMPLE_CHARS
    assert generate_samples(f"a{{{most}}}") == ["a" * most]
    assert generate_samples(f"a{{{most + 1}}}") == []
    assert generate_samples(f"(?:a{{{most // 2}}}){{2}}") == ["a" * most]
    assert generate_samples(f"(?:a{{{most // 2}}}){{3}}") == []


def test_a_style_has_so_many_files(tmp_path):
    (tmp_path / "styles" / "Mine").mkdir(parents=True)
    (tmp_path / ".vale.ini").write_text("StylesPath = styles\n[*]\nBasedOnStyles = Mine\n")
    for number in range(limits.MAX_STYLE_FILES):
        (tmp_path / "styles" / "Mine" / f"{number}.txt").touch()
    assert read_safe_setup(tmp_path / ".vale.ini").refused == []
    (tmp_path / "styles" / "Mine" / "one-more.txt").touch()
    ((_, refusal),) = read_safe_setup(tmp_path / ".vale.ini").refused
    assert f"more than {limits.MAX_STYLE_FILES} files" in refusal.why


@pytest.mark.parametrize("word", ["a ", "a-", "!", "'"])
def test_the_words_of_a_phrase(word):
    name = (word * limits.MAX_PHRASE_WORDS).strip("-")
    assert check_records("terms", avoid=[name]) == []
    [message] = check_records("terms", avoid=[f"{name}{word.strip()}{word}a!"])
    assert str(limits.MAX_PHRASE_WORDS) in message


def test_picture_bytes(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_PICTURE_BYTES", 2**20)
    (tmp_path / "content" / "identity").mkdir(parents=True)
    (tmp_path / "content" / "identity.yaml").write_text(
        "identity:\n  logos: [{name: Logo, file: identity/logo.svg, alt: a, use: u}]\n"
        "  colors: [{name: Paper, hex: '#ffffff', use: ground}]\n"
    )
    path = tmp_path / "content" / "identity" / "logo.svg"
    path.write_bytes(b" " * 2**20)
    assert [*load_folder(tmp_path).files] == ["identity/logo.svg"]
    path.write_bytes(b" " * (2**20 + 1))
    loaded = load_folder(tmp_path)
    assert loaded.files == {}
    assert loaded.refused_files == {"identity/logo.svg": "has 1 MB; at most 1 MB can be used. Make it smaller."}


ONE_TERM = "terms:\n  - {id: a, preferred: alpha, definition: d}\n"


@pytest.fixture
def handbook(tmp_path):
    (tmp_path / "terminology").mkdir()
    return tmp_path


def test_a_file_of_records_at_the_limit_and_one_byte_above(handbook, monkeypatch):
    (handbook / "terminology" / "a.yaml").write_text(ONE_TERM)
    monkeypatch.setattr(limits, "MAX_HANDBOOK_FILE_BYTES", len(ONE_TERM))
    loaded = load_folder(handbook)
    assert loaded.records and not loaded.findings
    monkeypatch.setattr(limits, "MAX_HANDBOOK_FILE_BYTES", len(ONE_TERM) - 1)
    loaded = load_folder(handbook)
    assert not loaded.records
    assert [(one.path, one.level) for one in loaded.findings] == [("terminology/a.yaml", "error")]
    assert "at most 0 MB are" in loaded.findings[0].message


def test_four_gigabytes_of_nothing_are_not_read(handbook):
    with (handbook / "terminology" / "a.yaml").open("wb") as file:
        file.truncate(2**32)
    (one,) = load_folder(handbook).findings
    assert "4096 MB; at most 16 MB are" in one.message


def test_a_configuration_at_the_limit_and_one_byte_above(tmp_path, monkeypatch):
    (tmp_path / "mkdocs.yml").write_text("site_name: a\n")
    monkeypatch.setattr(limits, "MAX_CONFIG_BYTES", 13)
    assert find_config_file(tmp_path) == tmp_path / "mkdocs.yml"
    monkeypatch.setattr(limits, "MAX_CONFIG_BYTES", 12)
    with pytest.raises(OnevoiceError, match="at most 0 MB are read"):
        find_config_file(tmp_path)


@pytest.mark.parametrize("path", ["a.md", "a.html", "a.txt"])
def test_the_bytes_of_a_text(path):
    # One line, which no reader takes long for.
    fits = b"Fine words".ljust(limits.MAX_TEXT_BYTES)
    assert read_prose(path, fits).blocks
    with pytest.raises(OnevoiceError, match=rf"^{path}: .*at most {limits.MAX_TEXT_BYTES >> 20} MB"):
        read_prose(path, fits + b" ")


def test_the_characters_of_a_phrase():
    assert check_records("terms", allowed=["x" * limits.MAX_PHRASE_CHARS]) == []
    [message] = check_records("terms", allowed=["x" * (limits.MAX_PHRASE_CHARS + 1)])
    assert str(limits.MAX_PHRASE_CHARS) in message


@pytest.mark.parametrize("name", ["owner", "related"])
def test_the_bytes_of_the_name_of_another_record(name):
    assert check_records("terms", owner="x" * limits.MAX_NAME_BYTES) == []
    [message] = check_records("terms", **{name: "x" * (limits.MAX_NAME_BYTES + 1)})
    assert str(limits.MAX_NAME_BYTES) in message and len(message) < 200


def test_the_bytes_of_a_word_list():
    assert decode_list("a.txt", b"a" * limits.MAX_LIST_BYTES)
    with pytest.raises(OnevoiceError, match=f"larger than {limits.MAX_LIST_BYTES // 2**20} MB"):
        decode_list("a.txt", b"a" * (limits.MAX_LIST_BYTES + 1))


def test_the_values_of_a_word_list():
    values = limits.MAX_LIST_VALUES - 1  # The list itself is one.
    assert len(load_document("a.json", f"[{'1,' * values}]".encode()).data) == values
    with pytest.raises(DataError) as refused:
        load_document("a.json", f"[{'1,' * (values + 1)}]".encode())
    assert f"{limits.MAX_LIST_VALUES:,}" in refused.value.findings[0].message


def pack_mail(parts, depth):
    """An email of so many parts, the last one this deep."""
    text = b"Content-Type: text/plain\n\nHello.\n"
    for level in range(depth):
        text = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n%b\n--b%d--\n" % (level, level, text, level)
    others = b"--x\n\nHello.\n" * parts
    return b"Subject: s\nContent-Type: multipart/mixed; boundary=x\n\n%b--x\n%b\n--x--\n" % (others, text)


def test_the_parts_of_an_email():
    # The email itself is a part; each level has one, and so has the text in the last.
    assert read_prose("a.eml", pack_mail(0, limits.MAX_MAIL_DEPTH - 1)).unread == ()
    assert "20 others" in read_prose("a.eml", pack_mail(0, limits.MAX_MAIL_DEPTH)).unread[0]
    assert read_prose("a.eml", pack_mail(limits.MAX_MAIL_PARTS - 2, 0)).unread == ()
    assert "1000 parts" in read_prose("a.eml", pack_mail(limits.MAX_MAIL_PARTS - 1, 0)).unread[0]


def test_the_characters_of_a_subject():
    fits = b"Subject:" + b"a" * limits.MAX_SUBJECT_CHARS
    assert read_prose("a.eml", fits + b"\n\nHello.\n").unread == ()
    prose = read_prose("a.eml", fits + b"a\n\nHello.\n")
    assert "2,000 characters" in prose.unread[0] and len(prose.blocks[0].text) == limits.MAX_SUBJECT_CHARS


def test_the_pages_of_a_pdf(monkeypatch):
    pytest.importorskip("pypdfium2")
    monkeypatch.setattr(limits, "MAX_PDF_PAGES", 3)
    page = [(60, 700, 10, "Hello.")]
    assert read_prose("a.pdf", make_pdf([page] * 3)).blocks
    with pytest.raises(OnevoiceError, match="4 pages; at most 3 are"):
        read_prose("a.pdf", make_pdf([page] * 4))


def test_the_size_of_an_export(monkeypatch):
    text = b"Item\n" + b"x" * 100
    monkeypatch.setattr(limits, "MAX_EXPORT_BYTES", len(text))
    assert len(open_exports("x.csv", text)) == 1
    with pytest.raises(OnevoiceError, match="too large"):
        open_exports("x.csv", text + b"x")


def test_the_tables_of_an_export(monkeypatch):
    def pack(count):
        return pack_archive({f"{number}.csv": b"Item\nx\n" for number in range(count)})

    assert len(open_exports("x.zip", pack(limits.MAX_EXPORT_FILES))) == limits.MAX_EXPORT_FILES
    with pytest.raises(OnevoiceError, match=str(limits.MAX_EXPORT_FILES)):
        open_exports("x.zip", pack(limits.MAX_EXPORT_FILES + 1))
