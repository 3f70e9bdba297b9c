"""Thirteen weeks of Ferrywell's figures and its customers' words, made up by a seed.

`python tests/quarter.py` writes content/metrics and content/quotes again.

They fit what the records say: shares are computed from the counts of the handoffs, and the weeks that a `now:` in
kpis.yaml names come to its figure.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from onevoice.handbook.figures import list_weeks
from onevoice.records.measure import Measure, name_handoff
from onevoice.records.quote import Quote, make_quote_id
from onevoice.run.data import plan_metrics
from onevoice.run.quotes import plan_quotes
from overheard import OVERHEARD

ROOT = Path(__file__).parents[1]
SEED = 48
WORDS_FORM = "customer-words"
WEEKS = list_weeks("2026-W36", "2026-W48")
# Working hours to the first answer: 5.2 on average in October, which is the weeks from W41 to W44.
ANSWER_HOURS = (6.4, 6.1, 6.3, 5.9, 5.8, 5.5, 5.3, 5.1, 4.9, 4.8, 4.7, 4.5, 4.4)
ANSWERED = (60, 62, 65, 64, 66, 69, 70, 72, 73, 78, 81, 84, 86)
# What is looked at once a month, by the number of the week.
MONTHLY = {
    "pipeline-together": {0: 41, 4: 43, 8: 44, 12: 46},
    "content-sent": {0: 57, 4: 59, 8: 61, 12: 64},
}
CALLED = name_handoff("marketing-qualified-lead", "first-call")
QUALIFIED = name_handoff("first-call", "sales-qualified-lead")
LOST = name_handoff("deal", "returned-lead")
REASONS = {
    "Not now; they've said when to ask again": 34,
    "Not the right person, and they don't know who is": 20,
    "Not reached after two calls and one email": 22,
    "Not a company we can help": 16,
    "It missed a condition": 8,
}
# (looked at, sent by reps) in a usual week; assets that aren't here are never used.
USES = {
    "article-two-reports": (140, 0), "calculator-lost-leads": (88, 11), "worksheet-lead-definition": (31, 6),
    "guide-monday-meeting": (52, 0), "white-paper-six-obstacles": (27, 5), "webinar-two-heads": (18, 0),
    "buying-guide": (64, 9), "video-ninety-seconds": (73, 7), "report-customers-2026": (24, 5),
    "guide-count-your-files": (19, 0), "template-one-page-strategy": (41, 5), "guide-eight-figures": (22, 0),
    "tuesday-letter": (96, 0), "case-tern-logistics": (33, 12), "case-corvid-instruments": (21, 7),
    "one-pager-marketing-lead": (26, 14), "one-pager-sales-lead": (24, 13), "sales-deck-handoff": (17, 15),
    "battle-card-shared-drive": (16, 8), "field-list": (14, 6), "pilot-plan": (12, 8), "email-after-demo": (11, 9),
    "first-five-minutes": (19, 10), "setup-plan": (13, 6), "sandbox-demo": (15, 5),
}  # fmt: skip
# What people look for: (shown, clicked) in a usual week; what nobody clicks isn't there yet.
QUERIES = {
    "lost leads calculator": (210, 17), "lead definition worksheet": (64, 9), "monday meeting": (95, 12),
    "buying guide": (88, 8), "one page strategy": (120, 11), "technical introduction": (46, 0),
    "french one-pager": (22, 0), "security questionnaire": (31, 0),
}  # fmt: skip
# Words that are flagged: (team, side, in the first week, what stays of it each week).
WORDS = {
    "handoff": ("sales", "sales", 19, 0.97),
    "marketing-qualified-lead": ("marketing", "marketing", 14, 0.86),
    "customer": ("customer-success", "sales", 9, 0.93),
}


def make_quarter(seed: int = SEED) -> list[Measure]:
    """All measures of the quarter."""
    chance = random.Random(seed)
    handoffs = list(_make_handoffs(chance))
    return [*handoffs, *_make_kpis(chance, handoffs), *_make_assets(chance), *_make_words(chance)]


def make_quotes(seed: int = SEED) -> list[Quote]:
    """What customers said in the quarter, each in a week of it."""
    chance = random.Random(seed)
    quotes = []
    for about, persona, stage, words in OVERHEARD:
        week = chance.choice(WEEKS)
        id = make_quote_id(week, WORDS_FORM, about, words)
        quotes.append(Quote(week, WORDS_FORM, about, persona, stage, id, words))
    return sorted(quotes)


def _make_handoffs(chance: random.Random) -> Iterator[Measure]:
    for n, week in enumerate(WEEKS):
        called = chance.randint(36, 46)
        returned = round(called * (0.245 - 0.0065 * n) + chance.uniform(-0.8, 0.8))
        yield from _hand_over(chance, CALLED, week, called, 0.24 - 0.013 * n, 3.6 - 0.1 * n)
        for reason, count in Counter(chance.choices([*REASONS], [*REASONS.values()], k=returned)).items():
            yield Measure(CALLED, f"returned:{reason}", week, count)
        qualified = round((called - returned) * (0.3 + 0.004 * n) + chance.uniform(-0.5, 0.5))
        yield from _hand_over(chance, QUALIFIED, week, qualified, 0.12, 5.2)
        yield Measure(QUALIFIED, "returned:They didn't show up for the second conversation", week, chance.randint(1, 2))
        yield from _hand_over(chance, LOST, week, chance.randint(5, 8), 0.2, 9.5)


def _hand_over(
    chance: random.Random, record: str, week: str, count: int, late_share: float, hours: float
) -> Iterator[Measure]:
    late = min(count, max(0, round(count * late_share + chance.uniform(-0.7, 0.7))))
    yield Measure(record, "count", week, count)
    yield Measure(record, "in-time", week, count - late)
    yield Measure(record, "late", week, late)
    yield Measure(record, "median-hours", week, round(hours + chance.uniform(-0.3, 0.3), 1))


def _make_kpis(chance: random.Random, handoffs: list[Measure]) -> Iterator[Measure]:
    sums: dict[tuple[str, str, str], float] = defaultdict(float)
    for one in handoffs:
        sums[one.record, one.measure.partition(":")[0], one.week] += one.value
    for n, week in enumerate(WEEKS):
        called, returned = sums[CALLED, "count", week], sums[CALLED, "returned", week]
        in_time, accepted = sums[CALLED, "in-time", week], called - returned
        answered = round(returned * ANSWERED[n] / 100)
        yield from _measure("first-answer-time", week, ANSWER_HOURS[n])
        yield from _measure(
            "first-answer-time", week, called - chance.randint(2, 6), "handed-over-the-same-day", "marketing"
        )
        yield from _measure("first-answer-time", week, in_time, "called-before-the-clock-ran-out", "sales")
        yield from _measure("accepted-leads", week, round(100 * accepted / called, 1))
        yield from _measure(
            "accepted-leads", week, chance.randint(5, 11), "held-back-for-a-missing-condition", "marketing"
        )
        yield from _measure("accepted-leads", week, returned, "sent-back-with-a-reason", "sales")
        qualified = sums[QUALIFIED, "count", week]
        yield from _measure("second-conversations", week, round(100 * qualified / accepted, 1))
        yield from _measure("answered-returns", week, ANSWERED[n])
        yield from _measure("answered-returns", week, answered, "reasons-answered", "marketing")
        yield from _measure("answered-returns", week, returned, "reasons-given", "sales")
        for id, values in MONTHLY.items():
            if n in values:
                yield from _measure(id, week, values[n])


def _measure(kpi: str, week: str, value: float, name: str = "value", side: str = "") -> Iterator[Measure]:
    yield Measure(f"kpis/{kpi}", name, week, value, side)


def _make_assets(chance: random.Random) -> Iterator[Measure]:
    for n, week in enumerate(WEEKS):
        for id, (views, uses) in USES.items():
            seen = round(views * (0.9 + 0.02 * n) * chance.uniform(0.8, 1.2))
            yield Measure(f"assets/{id}", "views", week, seen, "marketing")
            if uses:
                sent = max(5, round(uses * chance.uniform(0.7, 1.3)))
                yield Measure(f"assets/{id}", "uses", week, sent, "sales")
        for words, (shown, clicked) in QUERIES.items():
            yield Measure(f"queries/{words}", "impressions", week, round(shown * chance.uniform(0.8, 1.2)), "marketing")
            yield Measure(f"queries/{words}", "clicks", week, round(clicked * chance.uniform(0.7, 1.3)), "marketing")


def _make_words(chance: random.Random) -> Iterator[Measure]:
    for n, week in enumerate(WEEKS):
        for id, (team, side, count, stays) in WORDS.items():
            found = round(count * stays**n + chance.uniform(-1, 1))
            yield Measure(f"terms/{id}", f"findings:{team}", week, max(found, 0), side)


def main() -> None:
    """Write the files of Ferrywell."""
    for path, data in {**plan_metrics(make_quarter()), **plan_quotes(make_quotes())}.items():
        (ROOT / path).parent.mkdir(exist_ok=True)
        (ROOT / path).write_bytes(data)


if __name__ == "__main__":
    main()
