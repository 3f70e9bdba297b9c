"""The profiles of hypothesis: CI's, and one for a night."""

from hypothesis import settings


def test_a_night_tries_more():
    ci, night = settings.get_profile("ci"), settings.get_profile("night")
    assert (ci.max_examples, night.max_examples) == (100, 10_000)
    assert ci.deadline is None and night.deadline is None and night.print_blob
