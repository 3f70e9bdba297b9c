"""What changed, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from onevoice.handbook import signature
from onevoice.handbook.news import Line
from onevoice.history.changes import Change
from onevoice.records import Record
from onevoice.records.term import Avoid, Term

OUT = ("retired", "declined")
STANDING = {"approved": "Approved", "proposed": "Proposed", "retired": "Retired", "declined": "Declined"}
STATES = {"open": "Open again", "planned": "Planned", "declined": "Declined"}
# The field that says in one sentence what a record is, the best first.
GIST = ("definition", "claim", "summary", "means", "purpose", "say", "why")
# Fields that have sentences of their own.
OWN = ("name", "preferred", "title", "avoid", "standing")

# The label of a record by kind and id; "" where there is none.
Names = Callable[[str, str], str]


def lines(change: Change, names: Names) -> tuple[Line, ...]:
    """What changed in a record; () where nothing did that anybody has to know."""
    return tuple(_lines(change.before, change.after, names))


def _lines(before: Record | None, after: Record | None, names: Names) -> Iterator[Line]:
    was, now = before and before.status, after and after.status
    if before is None or after is None:
        if before is None and now not in OUT:
            yield Line("Proposed" if now == "proposed" else "Added", after=_gist(after))
            yield from _agreement(None, after)
        elif after is None and was not in OUT:
            yield Line("Removed")
        return
    if now in OUT:
        if was != now:
            yield Line(STANDING[now])
        return
    if was != now:
        yield Line("Back in use" if was in OUT and now == "approved" else STANDING[now])
    if before.label != after.label:
        yield Line("Renamed", before.label, after.label)
    yield from _special(before, after)
    yield from _fields(before, after)
    if before.owner != after.owner:
        owners = [names("teams", record.owner) if record.owner else "" for record in (before, after)]
        if any(owners):
            yield Line("The owner changed" if all(owners) else "New owner" if owners[1] else "No owner now", *owners)
    if before.public != after.public:
        yield Line("Now public" if after.public else "Now for colleagues only")
    yield from _agreement(before, after)


def _gist(record: Record) -> str:
    texts = (getattr(record, name, None) for name in GIST)
    return next((" ".join(text.split()) for text in texts if text), "")


def _special(before: Record, after: Record) -> Iterator[Line]:
    if isinstance(after, Term):
        yield from _avoided(before, after)
    if (standing := getattr(after, "standing", None)) != getattr(before, "standing", None):
        yield Line(f"Now {standing}")
    if after.KIND == "requests" and after.state != before.state and after.state in STATES:
        yield Line(STATES[after.state], after=after.decision or "")


def _avoided(before: Term, after: Term) -> Iterator[Line]:
    old, new = ({avoid.term: avoid for avoid in term.avoid} for term in (before, after))
    for word, avoid in new.items():
        if word not in old:
            say = "leave it out" if avoid.remove else f"say {_choice(avoid, after)}"
            yield Line(f"We no longer say “{word}”; {say}")
        elif old[word] != avoid:
            yield from _advice(word, old[word], avoid, before, after)
    for word in old:
        if word not in new:
            yield Line(f"We may say “{word}” again" if word != after.preferred else f"“{word}” is now the right word")


def _choice(avoid: Avoid, term: Term) -> str:
    return " or ".join(f"“{word}”" for word in avoid.use or (term.preferred,))


def _advice(word: str, old: Avoid, new: Avoid, before: Term, after: Term) -> Iterator[Line]:
    if old.remove != new.remove or (not new.remove and old.use != new.use):
        yield Line(f"Instead of “{word}”: {'nothing' if new.remove else _choice(new, after)}")
    if old.level != new.level:
        yield Line(f"“{word}” is now {'an error' if new.level == 'error' else f'a {new.level}'}")
    if old.why != new.why:
        yield Line(f"The reason against “{word}” changed", old.why or "", new.why or "")
    skip = {"term", "use", "remove", "level", "why"}
    if old.model_dump(exclude=skip) != new.model_dump(exclude=skip):
        yield Line(f"Where “{word}” is fine, or since when it is not, has changed")


def _fields(before: Record, after: Record) -> Iterator[Line]:
    told = [name.replace("_", " ") for name in OWN]
    for name, old, new in signature.changed(before, after):
        if name not in told:
            yield _field(name, old, new)
    for name in after.TOLD:
        old, new = (str(getattr(record, name) or "") for record in (before, after))
        if old != new:
            yield _field(name, old, new)


def _field(name: str, old: str, new: str) -> Line:
    if old and new:
        return Line(f"The {name} changed", old, new)
    return Line(f"New {name}" if new else f"{name.capitalize()} gone", old, new)


def _agreement(before: Record | None, after: Record) -> Iterator[Line]:
    for side in signature.SIDES:
        old = signature.signature(before, side) if before else None
        new = signature.signature(after, side)
        if new and signature.holds(after, side) and (old is None or old.of != new.of):
            yield Line(f"{side.capitalize()} signed")
        elif new and before and signature.holds(before, side) and not signature.holds(after, side):
            yield Line(f"Changed since {side} signed")
        elif old and not new:
            yield Line(f"{side.capitalize()} took its signature back")
    old_dissent = before.dissent if before else ()
    for dissent in after.dissent:
        if dissent not in old_dissent:
            yield Line(f"{dissent.side.capitalize()} disagrees", after=dissent.why)
    for dissent in old_dissent:
        if dissent.side not in [one.side for one in after.dissent]:
            yield Line(f"{dissent.side.capitalize()} no longer disagrees")


def answered(changes: Iterable[Change]) -> Iterator[tuple[Change, str]]:
    """Each asset that began to answer a request, and the request's id."""
    for change in changes:
        old, new = (
            getattr(record, "answers", None) if record and record.status == "approved" else None
            for record in (change.before, change.after)
        )
        if new and new != old:
            yield change, new
