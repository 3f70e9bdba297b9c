"""Records whose every text is an attack: what a stranger may send in a pull request, a form or a spreadsheet."""

import functools
import itertools
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import TypeAdapter, ValidationError

from onevoice.records.brand import Brand
from onevoice.records.envelope import Part, Ref
from onevoice.records.identity import Identity

# Each calls `ran` in a browser where it becomes more than text. The number says which it was.
PAYLOADS = (
    "<img src=x onerror=ran(1)>",
    '"><script>ran(2)</script>',
    "'><svg/onload=ran(3)>",
    "[x](javascript:ran(4))",
    '" onmouseover="ran(5)" onfocus="ran(5)" autofocus x="',
    "</script></title></textarea></style></template><script>ran(6)</script>",
    f"<img/src=x/onerror=ran(7)//{'a' * 89}>",
    "{{ ''.__class__ }}{% raw %}<img src=x onerror=ran(8)>{{ 7 * 7191 }}",
    "&lt;img src=x onerror=ran(9)&gt; &amp;lt;img src=x onerror=ran(9)&amp;gt;",
    "&#60;img src=x onerror=ran(10)&#62; &#x3c;svg onload=ran(10)&#x3e;",
    '<iframe srcdoc="<script>parent.ran(11)</script>"></iframe><object data="data:text/html,<script>ran(11)</script>">',
    "![x](data:text/html;base64,PHNjcmlwdD5yYW4oMTIpPC9zY3JpcHQ+){: onclick=ran(12) onload=ran(12) style=x }",
    '<https://x.example/"onmouseover="ran(13)> <javascript:ran(13)> [ref]: javascript:ran(13)',
    "--><!--><img src=x onerror=ran(14)>--!> ]]><![CDATA[<img src=x onerror=ran(14)>]]>",
    "\u2028\u0085';ran(15);'`${ran(15)}`\\\";ran(15);//",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=ran(16)> ${{ ran }} #{ran(16)} <%= ran(16) %>",
    '<base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=javascript:ran(17)">'
    "<link rel=stylesheet href=//evil.example/x>",
    '[x]: https://evil.example "a\' onerror=ran(18) b" \\[x\\](javascript:ran(18)) '
    "*[HTML]: <img src=x onerror=ran(18)>",
)
LINKS = (
    "javascript:ran(20)",
    "JaVaScRiPt:ran(21)",
    " javascript:ran(22)",
    "java\tscript:ran(23)",
    "data:text/html,<script>ran(24)</script>",
    'https://x.example/"><img src=x onerror=ran(25)>',
    "https://x.example/' onmouseover='ran(26)",
    "https://x.example/) <img src=x onerror=ran(27)> [x](javascript:ran(27)",
    '//evil.example/"onclick=ran(28)',
    'mailto:a@b.example?subject="><svg/onload=ran(29)>',
    "vbscript:ran(30)",
    "https://x.example/\u2028{{ 7 * 7191 }}<script>ran(31)</script>",
)
# What `check` takes only if it is a name elsewhere, a time zone, a rule of a calendar or the pattern of a link.
NAMES = frozenset(("id", "was", "file", "to", "hex", "on", "time_zone", "repeats", "utm"))

# Words that name a folder of the site, which has to be short.
FOLDERS = frozenset(("term",))

# What a record may have only if it has something else, too.
NEEDING = frozenset(("question",))


def list_text_fields(record: Part) -> list[tuple[tuple[Any, ...], bool]]:
    """Where a record may hold any text: (path, whether it must be a link), by what its model accepts."""
    return [*_iter_fields(record, ())]


def _iter_fields(part: Part, path: tuple[Any, ...]):
    for name, field in type(part).model_fields.items():
        if isinstance(part, Brand) and name == "url":
            # The page for wrong addresses looks for the theme's files below it (tests/site/test_escape.py has it).
            continue
        value = getattr(part, name)
        if name in NAMES or _is_fixed(field.annotation, field.metadata):
            continue
        kind = _find_kind(type(part), name)
        for place, item in enumerate(value) if isinstance(value, tuple) else [(None, value)]:
            here = (*path, name) if place is None else (*path, name, place)
            if isinstance(item, Part):
                yield from _iter_fields(item, here)
            elif kind is not None and (isinstance(item, str) or (item is None and name not in NEEDING)):
                yield here, kind


@functools.cache
def _find_kind(model: type[Part], name: str) -> bool | None:
    """Whether a field takes links (True), any text (False) or neither (None)."""
    field = model.model_fields[name]
    adapter = TypeAdapter(Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation)
    for text, kind in (("any text at all, <b> and more", False), ("https://x.example/y", True)):
        for value in (text, [text]):
            try:
                adapter.validate_python(value)
            except ValidationError:
                continue
            return kind
    return None


def _is_fixed(annotation: Any, metadata: Any = ()) -> bool:
    """Whether a value is one of a few, or the id of another record."""
    if get_origin(annotation) is Literal or any(isinstance(mark, Ref) for mark in metadata):
        return True
    inner = [one for one in get_args(annotation) if one is not type(None) and one is not Ellipsis]
    marks = getattr(annotation, "__metadata__", ())
    return any(isinstance(mark, Ref) for mark in marks) or any(map(_is_fixed, inner))


def attack(part: Part, turns: itertools.count, build: int) -> Part:
    """The record with an attack in each of its texts and links; the next build has others in the same places.

    turns: counts the fields of all records, so that neighbors get different ones.
    """
    before = part
    for path, is_link in list_text_fields(part):
        turn = next(turns)
        if is_link:
            part = _replace(part, path, lambda old, turn=turn: LINKS[(turn + build) % len(LINKS)])
        else:
            chosen = [PAYLOADS[(4 * (turn + build) + step) % len(PAYLOADS)] for step in range(4)]
            if path[-1] in FOLDERS:
                chosen = [min(chosen, key=len)]
            # The first is at the start of the text in every other build.
            first = build % 2 == 0 or path[-1] in FOLDERS
            part = _replace(
                part,
                path,
                lambda old, chosen=chosen, first=first: " ".join([*([old or ""] if first else []), *chosen]),
            )
    return attack_colors(before, part) if isinstance(before, Identity) else part


def attack_colors(identity: Identity, attacked: Identity) -> Identity:
    """The attacked record with its colors on each other, as they were: they name each other."""
    names = dict(zip([one.name for one in identity.colors], [one.name for one in attacked.colors], strict=True))
    colors = (one.model_copy(update={"on": tuple(names[other] for other in one.on)}) for one in attacked.colors)
    return attacked.model_copy(update={"colors": tuple(colors)})


def _replace(value: Any, path: tuple[Any, ...], change):
    if not path:
        return change(value)
    name, *rest = path
    if isinstance(value, Part):
        return value.model_copy(update={name: _replace(getattr(value, name), tuple(rest), change)})
    return tuple(_replace(item, tuple(rest), change) if place == name else item for place, item in enumerate(value))
