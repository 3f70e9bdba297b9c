"""How often a test tries something: a sample in `make test`, all of it in `make test-slow`."""

import os

IS_WHOLE = os.environ.get("ONEVOICE_WHOLE") == "1"


def choose_count(sample, whole):
    """How many rounds, kills or inputs (or how many seconds) this run has: `whole` with $ONEVOICE_WHOLE=1."""
    return whole if IS_WHOLE else sample
