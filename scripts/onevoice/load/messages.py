"""What pydantic found, in words for people who edit YAML."""

from __future__ import annotations

import re
import types
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from onevoice.errors import find_nearest, suggest_known
from onevoice.load.offer import (
    find_last_day,
    offer_color,
    offer_dates,
    offer_slug,
    split_list,
    strip_quotation,
    write_list,
)

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

# Characters of a value that a message quotes.
MAX_SHOWN = 80
# How much a key without a value is like a known one, if that was meant.
MISSPELLED = 0.8


def find_model(model: type[BaseModel], loc: Iterable[str | int]) -> type[BaseModel] | None:
    """The model at a place inside a record, or None if there is none."""
    here: Any = model
    for step in loc:
        if isinstance(here, type) and issubclass(here, BaseModel):
            fields = {field.alias or name: field for name, field in here.model_fields.items()}
            here = fields[step].annotation if step in fields else None
        here = _unwrap_annotation(here, isinstance(step, int))
    return here if isinstance(here, type) and issubclass(here, BaseModel) else None


def _unwrap_annotation(annotation: Any, item: bool) -> Any:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _unwrap_annotation(get_args(annotation)[0], item)
    if origin in (Union, types.UnionType):
        return _unwrap_annotation(next(arg for arg in get_args(annotation) if arg is not type(None)), item)
    if origin is tuple and item:
        return _unwrap_annotation(get_args(annotation)[0], False)
    return annotation


def list_keys(model: type[BaseModel]) -> list[str]:
    """The keys that a part of a record may have."""
    return [field.alias or name for name, field in model.model_fields.items()]


def shorten_text(text: str) -> str:
    """A text as a message quotes it: on one line, without what nobody sees, and not longer than people read."""
    line = "".join(char if char.isprintable() else "\ufffd" for char in " ".join(text.split()))
    return line if len(line) <= MAX_SHOWN else f"{line[: MAX_SHOWN - 1]}…"


def explain_validation_error(model: type[BaseModel], error: ErrorDetails) -> tuple[str, bool]:
    """One pydantic error as (message, whether it is about the key rather than the value)."""
    loc, kind, given, context = error["loc"], error["type"], error["input"], error.get("ctx", {})
    key = next((step for step in reversed(loc) if isinstance(step, str)), "")
    if loc[-1:] == ("[key]",):
        # A wrong key of a mapping such as `products`.
        message, _ = explain_validation_error(model, {**error, "loc": loc[:-1]})
        return message, True
    shown = f"`{shorten_text(given)}`" if isinstance(given, str) else "this"
    if isinstance(given, str) and (advice := _offer_value(model, error, given)):
        return f"{shown} {advice}", False
    match kind:
        case "extra_forbidden":
            around = find_model(model, loc[:-1])
            name = shorten_text(str(loc[-1]))
            if given is None and find_nearest(name, list_keys(around) if around else [], MISSPELLED) is None:
                advice = "Put the whole text in quotation marks, or a list in brackets."
                return f"a comma cuts the text off before `{name}`. {advice}", True
            return f"unknown key `{name}`. {suggest_known(name, list_keys(around) if around else [])}", True
        case "missing":
            around = find_model(model, loc[:-1]) or model
            field = next(f for n, f in around.model_fields.items() if (f.alias or n) == loc[-1])
            return f"`{loc[-1]}` is missing. Add it: {field.description}", False
        case "literal_error":
            return f"{shown} is not a value of `{key}`. {suggest_known(str(given), _list_choices(error))}", False
        case "string_pattern_mismatch" if "#" in str(context.get("pattern")):
            if color := offer_color(str(given)):
                return f'{shown} is not a color. Did you mean `"{color}"`?', False
            return f'{shown} is not a color. Write it as "#" and six digits or letters a-f, in quotation marks.', False
        case "string_pattern_mismatch":
            slug = offer_slug(str(given))[:MAX_SHOWN].strip("-")
            return f"{shown} cannot be an id. Use lowercase letters, digits and hyphens, such as `{slug}`.", False
        case "string_too_short":
            return f"`{key}` is empty. Add the text, or delete the key.", False
        case "string_type":
            return f"`{key}` must be text. Put it on one line, or in quotation marks.", False
        case "tuple_type" | "list_type" if isinstance(given, str) and _takes_texts(model, loc):
            return f"`{key}` must be a list. Write `{key}: {shorten_text(write_list(split_list(given)))}`.", False
        case "tuple_type" | "list_type":
            return f"`{key}` must be a list. Start each item with `- ` on a line of its own.", False
        case "too_short":
            return f"`{key}` is an empty list. Add an item, or delete the key.", False
        case "dict_type" | "model_type" | "model_attributes_type":
            around = find_model(model, loc)
            keys = ", ".join(f"`{name}: ...`" for name in (list_keys(around) if around else [])[:4])
            what = f"`{key}`" if key else "this"
            return (
                f"{what} must have keys of its own{', such as ' + keys if keys else ''}. Indent them below it.",
                False,
            )
        case "bool_parsing" | "bool_type":
            return f"{shown} is not a value of `{key}`. Write `true` or `false`.", False
        case "int_parsing" | "int_type" | "float_parsing" | "float_type" | "finite_number" | "int_parsing_size":
            return f"{shown} is not a number, and `{key}` must be one.", False
        case "greater_than" | "greater_than_equal":
            return f"{shown} is too small for `{key}`.", False
        case _ if kind.startswith("date"):
            return f"{shown} is not a date. {_offer_days(given)}", False
        case "text":
            return f"`{key}` {error['msg']}.", False
        case "value_error":
            text = str(context.get("error", error["msg"]))
            if text.startswith("is not a date"):
                return f"{shown} is not a date. {_offer_days(given)}", False
            return (text if text.startswith("`") else f"{shown} {text}").removesuffix(".") + ".", False
        case _:
            return f"`{key}`: {error['msg']}.", False


# Values that no quotation mark can be in. What else has some may be somebody's words.
_WITHOUT_QUOTATION = ("literal_error", "string_pattern_mismatch", "bool_parsing", "int_parsing", "float_parsing")


def _offer_value(model: type[BaseModel], error: ErrorDetails, given: str) -> str | None:
    """What is wrong with a value that has quotation marks around it, or several values in it; None if that's not it."""
    kind, loc = error["type"], error["loc"]
    bare = strip_quotation(given)
    if bare and (kind in _WITHOUT_QUOTATION or (kind == "value_error" and given[0] not in "\"'")):
        return f"has quotation marks around it that count as a part of it. Write `{shorten_text(bare)}`."
    items = split_list(given)
    if len(items) < 2 or len(loc) < 2 or not isinstance(loc[-1], int):
        return None
    choices = {choice.casefold() for choice in _list_choices(error)}
    if kind == "literal_error":
        several = all(item.casefold() in choices for item in items)
    else:
        several = kind == "string_pattern_mismatch" and all(offer_slug(item) == item for item in items)
    if not several:
        return None
    return f"is read as one value. Write a list: `{loc[-2]}: {shorten_text(write_list(items))}`."


def _list_choices(error: ErrorDetails) -> list[str]:
    return re.findall(r"'([^']*)'", error.get("ctx", {}).get("expected", ""))


def find_choice(error: ErrorDetails) -> str | None:
    """The choice that a value is, but for its capitals; None if it is none."""
    given = error["input"]
    if error["type"] != "literal_error" or not isinstance(given, str):
        return None
    folded = " ".join(given.split()).casefold()
    return next((choice for choice in _list_choices(error) if choice.casefold() == folded), None)


def _takes_texts(model: type[BaseModel], loc: tuple[str | int, ...]) -> bool:
    """Whether the items of a list may be texts."""
    around = find_model(model, loc[:-1]) or model
    field = next((one for name, one in around.model_fields.items() if (one.alias or name) == loc[-1]), None)
    if field is None or field.annotation is None:
        return True
    try:
        TypeAdapter(field.annotation).validate_python(("a", "b"))
    except ValidationError:
        return find_model(model, (*loc, 0)) is None
    return True


def _offer_days(given: object) -> str:
    days = offer_dates(str(given))
    if len(days) == 1:
        return f"Did you mean `{days[0]}`?"
    if days:
        meant = " or ".join(f"{day:%B} {day.day}" for day in days)
        return f"It could be {meant}. Write `{days[0]}` or `{days[1]}`."
    if last := find_last_day(str(given)):
        return f"The last day of that month is `{last}`."
    return "Write it as YYYY-MM-DD, such as `2026-11-01`."
