"""Drawings as SVG: whether one is safe to publish and to paint, which color it mostly has, and how large it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

# How often a drawing may repeat its parts: a few lines can do so a billion times.
MAX_DRAWING_BYTES, MAX_REPEATED_PARTS = 2**20, 5000

# A plain DOCTYPE, as older programs write it, defines nothing.
_ENTITIES = re.compile(rb"<!ENTITY|<!DOCTYPE[^>]*\[", re.I)
_SCRIPT_TAGS = {"script", "foreignobject", "iframe", "embed", "object", "handler", "listener"}
_ANIMATIONS = {"set", "animate", "animatetransform", "animatemotion"}
_SHAPES = {"path", "rect", "circle", "ellipse", "polygon", "polyline", "line", "text"}
# They're drawn only if something else uses them.
_HIDDEN = {"defs", "clippath", "mask", "symbol", "pattern", "marker", "filter", "metadata"}
_REFERENCE = re.compile(r"url\(\s*[\"']?\s*([^\"')\s]*)", re.I)
_OWN_PICTURE = re.compile(r"data:image/(?:png|jpeg|webp);", re.I)
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})")
_NAMES = {"black": "#000000", "white": "#ffffff", "currentcolor": "#000000", "red": "#ff0000", "gray": "#808080"}
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:e-?[0-9]+)?)\s*(?:px)?\s*$", re.I)


def parse_drawing(data: bytes) -> ElementTree.Element | None:
    """The root of an SVG; None if it is none, or defines entities, with which a few lines become gigabytes."""
    if len(data) > MAX_DRAWING_BYTES or _ENTITIES.search(data):
        return None
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError):
        return None
    return root if _name_tag(root) == "svg" else None


def find_danger(data: bytes) -> str:
    """What makes an SVG unsafe to publish or to paint, as a sentence's end ("runs a script"); "" if nothing does."""
    if len(data) > MAX_DRAWING_BYTES:
        return f"has more than {MAX_DRAWING_BYTES >> 20} MB"
    if _ENTITIES.search(data):
        return "defines entities, which can be endless"
    if b"<?xml-stylesheet" in data:
        return "loads a style sheet"
    root = parse_drawing(data)
    if root is None:
        return "isn't an SVG that a browser can read"
    for element in root.iter():
        if danger := _find_element_danger(element):
            return danger
    return "repeats its own parts without end" if _repeats_too_much(root) else ""


def _find_element_danger(element: ElementTree.Element) -> str:
    tag = _name_tag(element)
    if tag in _SCRIPT_TAGS:
        return f"has an element `{tag}`"
    for key, value in element.attrib.items():
        name = key.rpartition("}")[2].lower()
        if name.startswith("on"):
            return f"has an attribute `{name}`, which runs a script"
        if name in ("href", "src") and not value.strip().startswith("#") and not _OWN_PICTURE.match(value.strip()):
            return f"refers to something outside of itself (`{shorten_value(value)}`)"
        if tag in _ANIMATIONS and name == "attributename" and value.strip().lower().rpartition(":")[2] == "href":
            return "changes where a link leads"
        if outside := _find_outside_reference(value):
            return f"refers to something outside of itself (`{shorten_value(outside)}`)"
    if tag == "style" and element.text:
        if "@import" in element.text.lower() or "\\" in element.text:
            return "loads a style sheet"
        if outside := _find_outside_reference(element.text):
            return f"refers to something outside of itself (`{shorten_value(outside)}`)"
    return ""


def shorten_value(value: str) -> str:
    """A value as a message quotes it."""
    value = " ".join(value.split()).replace("`", "'")
    return value if len(value) <= 40 else f"{value[:37]}..."


def _find_outside_reference(value: str) -> str:
    return next((target for target in _REFERENCE.findall(value) if not target.startswith("#")), "")


def _repeats_too_much(root: ElementTree.Element) -> bool:
    """Whether what elements refer to, and what that refers to, adds up to more than anyone draws."""
    known = {name: element for element in root.iter() if (name := element.get("id"))}
    sizes: dict[int, float] = {}
    open_parts: set[int] = set()

    def list_targets(element: ElementTree.Element) -> list[ElementTree.Element]:
        names = [
            value.strip()[1:] if key.rpartition("}")[2] == "href" else found
            for key, value in element.attrib.items()
            for found in (_REFERENCE.findall(value) or ([""] if key.rpartition("}")[2] == "href" else []))
        ]
        return [known[name.lstrip("#")] for name in names if name.lstrip("#") in known]

    # Each part is looked at after all that it consists of: no recursion, however deep a drawing is.
    stack = [(root, False)]
    while stack:
        element, is_counted = stack.pop()
        parts = [*element, *list_targets(element)]
        if is_counted:
            open_parts.discard(id(element))
            sizes[id(element)] = min(1 + sum(sizes.get(id(part), 0) for part in parts), MAX_REPEATED_PARTS * 1000.0)
        elif id(element) not in sizes and id(element) not in open_parts:
            open_parts.add(id(element))
            stack.append((element, True))
            stack += [(part, False) for part in parts if id(part) not in sizes]
    return sizes.get(id(root), 0) > MAX_REPEATED_PARTS + sum(1 for _ in root.iter())


def weigh_colors(data: bytes) -> dict[str, int]:
    """The colors of an SVG as `#rrggbb`, each with how much is drawn in it: roughly the length of the outlines."""
    root = parse_drawing(data)
    weights: Counter[str] = Counter()
    if root is None:
        return {}
    classes = _read_classes(root)
    gradients = {
        id: color
        for element in root.iter()
        if (id := element.get("id")) and _name_tag(element).endswith("gradient")
        for stop in list(element)[:1]
        if (color := read_color(_read_property(stop, "stop-color", classes) or "black"))
    }
    stack: list[tuple[ElementTree.Element, str, str]] = [(root, "black", "none")]
    while stack:
        element, fill, stroke = stack.pop()
        tag = _name_tag(element)
        if tag in _HIDDEN or _read_property(element, "display", classes) == "none":
            continue
        fill = _read_property(element, "fill", classes) or fill
        stroke = _read_property(element, "stroke", classes) or stroke
        if tag in _SHAPES:
            length = len(element.get("d") or element.get("points") or "") or 10 * len("".join(element.itertext())) or 20
            for paint in (fill, stroke):
                target = next(iter(_REFERENCE.findall(paint)), "").lstrip("#")
                if color := gradients.get(target, "") or read_color(paint):
                    weights[color] += length
        stack += [(child, fill, stroke) for child in element]
    return dict(weights.most_common())


def find_main_color(data: bytes) -> str:
    """The color in which most of an SVG is drawn, as `#rrggbb`; "" if that can't be told."""
    return next(iter(weigh_colors(data)), "")


def read_color(value: str) -> str:
    """A color as SVG writes it, as `#rrggbb`; "" if it is none, or one of the rarer names."""
    value = value.strip().lower()
    if re.fullmatch(r"#[0-9a-f]{6}", value):
        return value
    if re.fullmatch(r"#[0-9a-f]{3}", value):
        return "#" + "".join(2 * char for char in value[1:])
    if match := _RGB.match(value):
        return "#" + "".join(f"{min(int(part), 255):02x}" for part in match.groups())
    return _NAMES.get(value, "")


def has_text(data: bytes) -> bool:
    """Whether an SVG has letters that are set in a typeface, rather than drawn."""
    root = parse_drawing(data)
    return root is not None and any(_name_tag(element) == "text" for element in root.iter())


def measure_drawing(root: ElementTree.Element) -> tuple[float, float, float, float]:
    """Left, top, width and height of an SVG in its own units; 0 wide if it doesn't say."""
    box = re.split(r"[\s,]+", (root.get("viewBox") or "").strip())
    try:
        if len(box) == 4:
            left, top, width, height = map(float, box)
            return left, top, max(width, 0), max(height, 0)
    except ValueError:
        pass
    sizes = [_LENGTH.match(root.get(name) or "") for name in ("width", "height")]
    width, height = (float(match[1]) if match else 0.0 for match in sizes)
    return 0.0, 0.0, width, height


def _name_tag(element: ElementTree.Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _read_classes(root: ElementTree.Element) -> dict[str, dict[str, str]]:
    """What a drawing's own style sheet says of `.class`, `#id` and elements."""
    rules: dict[str, dict[str, str]] = {}
    for element in root.iter():
        if _name_tag(element) == "style":
            # The last part ends no rule. In a media query, a rule begins after the query's own brace.
            for rule in (element.text or "").split("}")[:-1]:
                head, _, body = rule.rpartition("{")
                for selector in head.rpartition("{")[2].split(","):
                    rules.setdefault(selector.strip(), {}).update(_parse_declarations(body))
    return rules


def _parse_declarations(style: str) -> dict[str, str]:
    """What a style says: its properties and their values."""
    parts = (part.partition(":") for part in style.split(";"))
    return {name.strip(): value.strip() for name, colon, value in parts if colon}


def _read_property(element: ElementTree.Element, name: str, classes: Mapping[str, Mapping[str, str]]) -> str:
    style = _parse_declarations(element.get("style") or "")
    if name in style:
        return style[name]
    for selector in _list_selectors(element):
        if name in classes.get(selector, {}):
            return classes[selector][name]
    return (element.get(name) or "").strip()


def _list_selectors(element: ElementTree.Element) -> Iterator[str]:
    if id := element.get("id"):
        yield f"#{id}"
    yield from (f".{name}" for name in (element.get("class") or "").split())
    yield _name_tag(element)
