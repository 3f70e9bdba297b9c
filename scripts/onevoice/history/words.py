"""What changed, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from onevoice.handbook import signature
from onevoice.handbook.news import Line, Topic, get_quotes
from onevoice.history.changes import Change
from onevoice.phrases.catalog import mark_text, translate_text, translate_word
from onevoice.records import Record
from onevoice.records.asset import Asset
from onevoice.records.envelope import Part
from onevoice.records.request import Request
from onevoice.records.term import Avoid, Term

INACTIVE_STATUSES = ("retired", "declined")
STATUS_TEXTS = {
    "approved": mark_text("Approved"),
    "proposed": mark_text("Proposed"),
    "retired": mark_text("Retired"),
    "declined": mark_text("Declined"),
}
STATE_TEXTS = {"open": mark_text("Reopened"), "planned": mark_text("Planned"), "declined": mark_text("Declined")}
LEVEL_TEXTS = {
    "error": mark_text("“%(word)s” is now an error"),
    "warning": mark_text("“%(word)s” is now a warning"),
    "suggestion": mark_text("“%(word)s” is now a suggestion"),
}
# The fields that say in one sentence what a record is, best first.
SUMMARY_FIELDS = ("definition", "claim", "summary", "means", "purpose", "say", "why")
# Fields that have sentences of their own.
SPECIAL_FIELDS = ("name", "preferred", "title", "avoid", "standing")

# What of these is new is worth a sentence.
NEW_TOPICS: dict[str, Topic] = {"messages": "say", "terms": "word"}
# A name in a sentence is no longer than this.
MAX_NAME = 60

# The label of a record by kind and id; "" if there is none.
LabelLookup = Callable[[str, str], str]


def describe_change(change: Change, names: LabelLookup) -> tuple[Line, ...]:
    """What changed in a record; () if nothing did that people have to know."""
    return tuple(_iter_change_lines(change.before, change.after, names))


def _iter_change_lines(before: Record | None, after: Record | None, names: LabelLookup) -> Iterator[Line]:
    if before is None or after is None:
        if after is not None and after.status not in INACTIVE_STATUSES:
            is_proposed = after.status == "proposed"
            topic: Topic = "" if is_proposed else _find_topic(after)
            yield Line(
                translate_text("Proposed") if is_proposed else translate_text("Added"),
                after=_summarize_record(after),
                topic=topic,
            )
            yield from _describe_agreement(None, after)
        elif before is not None and before.status not in INACTIVE_STATUSES:
            yield Line(translate_text("Removed"), topic="withdrawn" if before.KIND == "proof" else "")
        return
    was, now = before.status, after.status
    if now in INACTIVE_STATUSES:
        if was != now:
            yield Line(translate_text(STATUS_TEXTS[now]), topic="withdrawn" if after.KIND == "proof" else "")
        return
    if was != now:
        text = mark_text("Back in use") if was in INACTIVE_STATUSES and now == "approved" else STATUS_TEXTS[now]
        yield Line(translate_text(text), topic=_find_topic(after) if now == "approved" else "")
    if before.label != after.label:
        yield Line(translate_text("Renamed"), before.label, after.label)
    yield from _describe_special_fields(before, after)
    yield from _describe_fields(before, after)
    if before.owner != after.owner:
        owners = [names("teams", record.owner) if record.owner else "" for record in (before, after)]
        if any(owners):
            text = mark_text("New owner") if owners[1] else mark_text("Owner removed")
            text = mark_text("The owner changed") if all(owners) else text
            yield Line(translate_text(text), owners[0], owners[1])
    if before.public != after.public:
        yield Line(translate_text("Now public") if after.public else translate_text("Now internal"))
    yield from _describe_agreement(before, after)


def _summarize_record(record: Record) -> str:
    texts = (getattr(record, name, None) for name in SUMMARY_FIELDS)
    return next((" ".join(text.split()) for text in texts if text), "")


def _describe_special_fields(before: Record, after: Record) -> Iterator[Line]:
    if isinstance(before, Term) and isinstance(after, Term):
        yield from _describe_avoided_words(before, after)
    if (standing := getattr(after, "standing", None)) != getattr(before, "standing", None):
        yield Line(
            translate_text("Now %(standing)s", standing=translate_word(standing or "")),
            topic="" if standing == "usable" else "withdrawn",
        )
    if isinstance(before, Request) and isinstance(after, Request) and before.state != after.state in STATE_TEXTS:
        yield Line(translate_text(STATE_TEXTS[after.state]), after=after.decision or "")


def _describe_avoided_words(before: Term, after: Term) -> Iterator[Line]:
    old, new = ({avoid.term: avoid for avoid in term.avoid} for term in (before, after))
    for word, avoid in new.items():
        if word not in old:
            advice = _format_advice(avoid, after)
            text = translate_text("We no longer say “%(word)s”; %(advice)s", word=word, advice=advice)
            yield Line(text, topic="stop", subject=word)
        elif old[word] != avoid:
            yield from _describe_advice(word, old[word], avoid, before, after)
    for word in old:
        if word not in new:
            again = mark_text("We can say “%(word)s” again")
            text = again if word != after.preferred else mark_text("“%(word)s” is now the right word")
            yield Line(translate_text(text, word=word))


def _format_advice(avoid: Avoid, term: Term) -> str:
    if avoid.remove:
        return translate_text("leave it out")
    opening, closing = get_quotes()
    words = (f"{opening}{word}{closing}" for word in avoid.use or (term.preferred,))
    return translate_text("say %(words)s", words=translate_text(" or ").join(words))


def _describe_advice(word: str, old: Avoid, new: Avoid, before: Term, after: Term) -> Iterator[Line]:
    if old.remove != new.remove or (not new.remove and old.use != new.use):
        advice = _format_advice(new, after)
        yield Line(translate_text("Instead of “%(word)s”: %(advice)s", word=word, advice=advice))
    level = after.get_level(new)
    if before.get_level(old) != level:
        yield Line(translate_text(LEVEL_TEXTS[level], word=word))
    if old.why != new.why:
        yield Line(translate_text("The reason to avoid “%(word)s” changed", word=word), old.why or "", new.why or "")
    skip = {"term", "use", "remove", "level", "why"}
    if old.model_dump(exclude=skip) != new.model_dump(exclude=skip):
        yield Line(translate_text("When or where “%(word)s” is flagged has changed", word=word))


def _describe_fields(before: Record, after: Record) -> Iterator[Line]:
    told = [name.replace("_", " ") for name in SPECIAL_FIELDS]
    for name, old, new in signature.compare_passages(before, after):
        if name not in told:
            parts = [_find_parts(record, name) for record in (before, after)]
            yield from _describe_parts(name, *parts) if any(parts) else [_describe_field(name, old, new)]
    for name in after.NEWS_FIELDS:
        old, new = (str(getattr(record, name) or "") for record in (before, after))
        if old != new:
            yield _describe_field(name, old, new)


def _find_parts(record: Record, name: str) -> dict[str, Part]:
    """The parts that a field is made of, by what people call each; {} if it holds texts or other plain values."""
    field = name.replace(" ", "_")
    value = getattr(record, field, None) or getattr(record, f"{field}_", None)
    if isinstance(value, Part):
        return {"": value}
    if not (isinstance(value, tuple) and value and all(isinstance(item, Part) for item in value)):
        return {}
    keys = [str(getattr(item, "name", None) or getattr(item, next(iter(type(item).model_fields)))) for item in value]
    return dict(zip(keys, value, strict=True))


def _describe_parts(name: str, old: dict[str, Part], new: dict[str, Part]) -> Iterator[Line]:
    """What changed in a field that is made of parts, in words: nobody reads a list of keys and values."""
    one = f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s")
    if "" in old or "" in new or any(len(key) > MAX_NAME for key in (*old, *new)):
        yield Line(_describe_field(name, *("x" if side else "" for side in (old, new))).text)
        return
    for key in dict.fromkeys((*new, *old)):
        if key not in old:
            yield Line(_describe_field(one, "", key).text, after=key)
        elif key not in new:
            yield Line(_describe_field(one, key, "").text, before=key)
        elif old[key] != new[key]:
            yield Line(translate_text("The %(field)s “%(key)s” changed", field=translate_word(one), key=key))
    if old.keys() == new.keys() and old == new:
        yield Line(translate_text("The %(field)s are in another order", field=translate_word(name)))


def _find_topic(record: Record) -> Topic:
    """What people have to know first of a record that is new."""
    if isinstance(record, Asset):
        return "use" if record.is_internal else "send"
    return NEW_TOPICS.get(record.KIND, "")


def _describe_field(name: str, old: str, new: str) -> Line:
    if old and new:
        return Line(translate_text("The %(field)s changed", field=translate_word(name)), old, new)
    if new:
        return Line(translate_text("New %(field)s", field=translate_word(name)), old, new)
    word = translate_word(name)
    return Line(translate_text("%(field)s removed", field=word[:1].upper() + word[1:]), old, new)


def _name_side(side: str) -> str:
    word = translate_word(side)
    return word[:1].upper() + word[1:]


def _describe_agreement(before: Record | None, after: Record) -> Iterator[Line]:
    for side in signature.SIDES:
        old = signature.find_signature(before, side) if before else None
        new = signature.find_signature(after, side)
        if new and signature.is_signature_valid(after, side) and (old is None or old.of != new.of):
            yield Line(translate_text("%(side)s signed", side=_name_side(side)), topic="signed", subject=side)
        elif (
            new
            and before
            and signature.is_signature_valid(before, side)
            and not signature.is_signature_valid(after, side)
        ):
            yield Line(translate_text("Changed since %(side)s signed", side=translate_word(side)))
        elif old and not new:
            yield Line(translate_text("%(side)s withdrew its signature", side=_name_side(side)))
    old_dissent = before.dissent if before else ()
    for dissent in after.dissent:
        if dissent not in old_dissent:
            text = translate_text("%(side)s disagrees", side=_name_side(dissent.side))
            yield Line(text, after=dissent.why, topic="disagrees", subject=dissent.side)
    for dissent in old_dissent:
        if dissent.side not in [one.side for one in after.dissent]:
            yield Line(translate_text("%(side)s no longer disagrees", side=_name_side(dissent.side)))


def iter_answered_requests(changes: Iterable[Change]) -> Iterator[tuple[Change, str]]:
    """Each asset that began to answer a request, and the request's id."""
    for change in changes:
        old, new = (
            getattr(record, "answers", None) if record and record.status == "approved" else None
            for record in (change.before, change.after)
        )
        if new and new != old:
            yield change, new
