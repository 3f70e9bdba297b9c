"""A feedback form asks more than five questions.

Time that reps spend on a form is time they don't spend with customers, so nobody fills in a long one. Delete the
questions whose answers nobody has used yet.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook

MAX_QUESTIONS = 5


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each feedback form with more than five questions, at the first question past the limit."""
    for form in handbook.list_approved("forms"):
        if form.use == "feedback" and len(form.questions) > MAX_QUESTIONS:
            count = len(form.questions)
            message = (
                f"`{form.id}` asks {count} questions, but a feedback form may ask only {MAX_QUESTIONS}. Delete some."
            )
            yield handbook.make_record_finding(
                "long-form", "error", form, ("questions", MAX_QUESTIONS), message, match=form.id
            )
