"""The small types of fields: what a page, a file name, a header or an address cannot hold is refused."""

import datetime
import re
import types
from typing import Annotated, Literal, Union, get_args, get_origin

import pytest
from pydantic import AfterValidator, TypeAdapter, ValidationError

from onevoice import limits
from onevoice.records import KINDS, scalar
from onevoice.records.envelope import Part, Ref

ADDRESS = re.compile("url|link|address|website|site|repository|contact|where$")


def iter_leaves(kind, metadata=(), name=""):
    """Every type without parts that a model is made of, as (name of its field, type, what is said about it)."""
    if isinstance(kind, type) and issubclass(kind, Part):
        for key, field in kind.model_fields.items():
            yield from iter_leaves(field.annotation, tuple(field.metadata), f"{kind.__name__}.{key}")
    elif get_origin(kind) is Annotated:
        yield from iter_leaves(get_args(kind)[0], (*get_args(kind)[1:], *metadata), name)
    elif get_origin(kind) in (Union, types.UnionType, tuple, dict):
        for arg in get_args(kind):
            if arg not in (type(None), ...):
                yield from iter_leaves(arg, metadata, name)
    else:
        yield name, kind, metadata


# What is Vale's to read, letter by letter.
VALES_OWN = ("ValeRule.", "SequenceToken.", "ValeAction.")
LEAVES = sorted(
    {(name, kind, metadata) for model in KINDS.values() for name, kind, metadata in iter_leaves(model)}, key=str
)


def validators(metadata):
    return {mark.func.__name__ for mark in metadata if isinstance(mark, AfterValidator)}


def by_field(leaves):
    return [pytest.param(*leaf, id=leaf[0]) for leaf in leaves]


@pytest.mark.parametrize(("name", "kind", "metadata"), by_field(leaf for leaf in LEAVES if leaf[1] is str))
def test_no_text_is_unchecked(name, kind, metadata):
    assert validators(metadata) or name.startswith(VALES_OWN) or any(hasattr(mark, "pattern") for mark in metadata)


@pytest.mark.parametrize(("name", "kind", "metadata"), by_field(leaf for leaf in LEAVES if leaf[1] in (int, float)))
def test_no_number_is_without_a_limit(name, kind, metadata):
    assert "_validate_number" in validators(metadata)


@pytest.mark.parametrize(
    ("name", "kind", "metadata"),
    by_field(
        leaf for leaf in LEAVES if ADDRESS.search(leaf[0].partition(".")[2]) and get_origin(leaf[1]) is not Literal
    ),
)
def test_what_is_called_an_address_is_parsed_as_one(name, kind, metadata):
    assert validators(metadata) & {"_validate_link", "validate_site", "validate_web_link"}


def test_reflection_finds_the_fields():
    names = {name for name, _, _ in LEAVES}
    assert {
        "Brand.url",
        "Source.url",
        "Team.contact",
        "Meeting.where",
        "Template.url",
        "Length.words",
        "Avoid.term",
    } <= names
    assert {kind for _, kind, _ in LEAVES if not get_origin(kind)} == {str, int, float, bool, datetime.date}
    assert any(isinstance(mark, Ref) for _, _, metadata in LEAVES for mark in metadata)


def accepts(kind, value):
    try:
        return TypeAdapter(kind).validate_python(value) == value
    except ValidationError:
        return False


@pytest.mark.parametrize(
    "value",
    ["https://acme.example", "http://localhost:8000/a?b=c#d", "https://münchen.example/ä", "https://[::1]:80/",
     "HTTPS://ACME.example", "https://a_b.example/c[]=1", "https://acme.example./", "https://x/%22"],
)  # fmt: skip
def test_addresses_of_the_web(value):
    assert accepts(scalar.WebLink, value) and accepts(scalar.Link, value)


@pytest.mark.parametrize("value", ["/catalog/", "mailto:a@acme.example", "mailto:a.b+c@x.example?subject=y"])
def test_links_that_are_no_address_of_the_web(value):
    assert accepts(scalar.Link, value) and not accepts(scalar.WebLink, value)


@pytest.mark.parametrize(
    "value",
    [
        'https://x/"><script>',
        "https://x/'a",
        "https://x/ a",
        "https://x/\n* @evil",
        "https://x/\u2028",
        "https://x/\x00",
        "https://x/\x7f",
        "https://",
        "https:///x",
        "https://[",
        "https://[v1.x]/",
        "https://x:99999/",
        "https://-a/",
        "https://a..b/",
        "https://user:pw@x/",
        "https://x/{{y}}",
        "https://x/`",
        "https://x\\y",
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "vbscript:x",
        "mailto:",
        "mailto:@",
        "mailto:a@b,c@d\nBcc: e@f",
        "/a b",
        "/<script>",
        f"https://x/{'a' * 4000}",
        f"https://{'a.' * 130}b/",
    ],
)
def test_what_is_no_address(value):
    assert not accepts(scalar.Link, value) and not accepts(scalar.WebLink, value)


@pytest.mark.parametrize("value", ["https://x/?a", "https://x/#a"])
def test_pages_can_be_added_to_the_address_of_a_site(value):
    assert accepts(scalar.WebLink, value) and not accepts(scalar.Site, value)


@pytest.mark.parametrize("value", ["@acme/brand", "@acme", "@a-b/c_d.e", "brand@acme.example"])
def test_handles(value):
    assert accepts(scalar.Handle, value)


@pytest.mark.parametrize(
    "value",
    ["acme", "@", "@a/", "@a/b c", "@a/b\n* @evil", "@a/b\u2028* @evil", "@-a", "@a--b", "@a/b #c", "@a/.", "a@b\nc"],
)
def test_what_is_no_handle(value):
    assert not accepts(scalar.Handle, value)


@pytest.mark.parametrize(
    "value", ["\u200b", "\ufeff", "\u0301", "\u00ad\u200d", "\ufe0f", "\u3164", "\u2060\u0301", "\U000e0041"]
)
def test_a_text_that_nobody_sees_is_none(value):
    assert not accepts(scalar.Text, value) and not accepts(scalar.Line, value)
    assert accepts(scalar.Expression, value)


@pytest.mark.parametrize("value", ["!", "—", "…", "&", "🙂", "中", "a\u0301", "\u202eabc"])
def test_a_sign_is_a_text(value):
    assert accepts(scalar.Text, value) and accepts(scalar.Line, value)


@pytest.mark.parametrize("sign", ["\n", "\r", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029"])
def test_a_line_has_no_line_break(sign):
    assert not accepts(scalar.Line, f"a{sign}b")


@pytest.mark.parametrize("value", ["con", "nul", "aux", "prn", "com1", "lpt9"])
def test_no_id_is_a_device_of_windows(value):
    assert not accepts(scalar.Slug, value)
    assert accepts(scalar.Slug, f"the-{value}")


@pytest.mark.parametrize("value", ["en", "en-US", "zh-Hant-TW", "de"])
def test_languages(value):
    assert accepts(scalar.Language, value) and not accepts(scalar.Language, f'{value}"><x')


@pytest.mark.parametrize("value", ["a b", "a..b", "/a", "a/", "-a", "a.lock", 'a"b', "a\\b", "a~b", "a#b"])
def test_what_is_no_branch(value):
    assert not accepts(scalar.Branch, value) and accepts(scalar.Branch, "release/1.x")


@pytest.mark.parametrize(
    "value", ["identity/a.svg ", "identity/a.svg.", 'a".svg', "a\nb", "con", "identity/nul.svg", "a\\b", "a:b"]
)
def test_names_that_not_every_computer_can_have(value):
    assert not accepts(scalar.FilePath, value) and accepts(scalar.FilePath, "identity/logo v1.0.svg")


def test_numbers_at_their_limit():
    assert accepts(scalar.Number, limits.MAX_NUMBER) and not accepts(scalar.Number, limits.MAX_NUMBER + 1)
    assert not accepts(scalar.Number, -limits.MAX_NUMBER - 1)
    assert not accepts(scalar.Decimal, float("inf")) and not accepts(scalar.Decimal, float("nan"))
