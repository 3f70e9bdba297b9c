"""How the time of a piece of work grows: measured in processor time at n, 2n and 4n, in a process of its own."""

import contextlib
import datetime
import functools
import gc
import math
import os
import resource
import time
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

from rounds import IS_WHOLE

ROOT = Path(__file__).parents[2]
TODAY = datetime.date(2026, 11, 21)
# Seconds at n that are well above the noise and the ticks of the clock; a text that is quick grows until it takes so
# long, or has so many characters: then its time says nothing, and is no trouble either.
MIN_SECONDS, MAX_CHARACTERS = 0.06 if IS_WHOLE else 0.03, 3_000_000
# The least n, seconds that one text may take, and the most that its time may grow: as n to the power of 1.3.
FIRST, PATIENCE, MAX_EXPONENT = 125, 60, 1.3


class Measured(NamedTuple):
    """seconds: at n, 2n and 4n; () if the text was too slow or ended its process. problem: why it is wrong, or ""."""

    number: int
    seconds: tuple[float, ...]
    problem: str = ""

    @property
    def exponent(self) -> float:
        """Of the last doubling, or of both if that's less: 1 for time that grows as the text, 2 for its square."""
        if not self.seconds:
            return math.inf
        once, twice, four = (max(seconds, 1e-6) for seconds in self.seconds)
        # One of three times that is wrong by a quarter makes a square of one doubling, and hardly of both.
        return min(math.log2(four / twice), math.log2(four / once) / 2)


@functools.cache
def load_lexicon():
    """The repository's own handbook."""
    from onevoice.run.lexicon import read_lexicon

    return read_lexicon(ROOT)


def lower_fence():
    """Have every document read in this process, however long it takes: what others do is not measured."""
    from onevoice import limits
    from onevoice.run import documents, pieces

    # That is measured by itself.
    documents.SIFTED_BYTES = 1 << 40
    limits.DOCUMENT_SECONDS, limits.DOCUMENT_MEMORY = 10_000.0, 1 << 40
    pieces._is_short_text = lambda file: True
    pieces.PARALLEL_BYTES = 1 << 40


def run_work(growth, text):
    """The work on a text, as a function without arguments; what is not measured is done before."""
    from onevoice.run import documents, job, lint

    lexicon, kind = load_lexicon(), growth.work
    if kind == "diff":
        from onevoice.run import fix

        prose = SimpleNamespace(path=growth.path, source=text)
        before = text.encode()
        return lambda: fix.format_patch(prose, text.replace("client", "customer"), before)
    if kind == "sift":
        from onevoice.lint import sieve

        return lambda: sieve.find_places(growth.path, text, lexicon.matcher, {})
    if kind.startswith("explain"):
        return _prepare_explain(text, long=kind.endswith("long"))
    data = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
    task = job.LintJob([documents.InputFile(growth.path, data)])

    def check_text():
        return lint.lint_job(task, lexicon, TODAY, None, None, remember=False).findings

    if kind == "lint":
        return check_text
    if kind == "fix":
        from onevoice.run import fix

        return lambda: fix.fix_documents(task, lexicon, TODAY)
    if kind == "impact":
        return _prepare_impact(growth.path, data)
    findings = check_text()
    if kind == "comment":
        from onevoice.exchange import docx

        return lambda: docx.write(growth.path, data, findings, TODAY)
    if kind.startswith("report"):
        from onevoice.report import load_report

        return lambda: load_report(kind.split()[1]).render(findings)
    return _prepare_baseline(task, findings, stale=kind == "stale")


def _prepare_explain(text, long):
    from onevoice.records.term import Term
    from onevoice.run import explain

    words = [text.strip()] if long else text.split()
    term = Term.model_validate({"id": "a", "preferred": "xq", "definition": "d", "avoid": words})
    return lambda: [list(explain.describe_words(term)), list(explain.describe_probes(term, [term], TODAY))]


def _prepare_impact(path, data):
    from onevoice.lint.impact import ImpactText, VocabularyChange, find_effects
    from onevoice.matcher.compile import gather_patterns
    from onevoice.prose.read import read_prose
    from onevoice.records.term import Term

    term = Term.model_validate({"id": "a", "preferred": "customer", "definition": "d", "avoid": ["client"]})
    words = VocabularyChange((), gather_patterns([term]))
    prose = read_prose(path, data)
    return lambda: find_effects([ImpactText(prose)], words, TODAY)


def _prepare_baseline(task, findings, stale):
    from onevoice.lint import baseline
    from onevoice.run.baseline import BaselineFile

    counts = BaselineFile("b.yaml", baseline.Baseline({}, {})).count_findings(findings)

    def compare_all():
        known = BaselineFile("b.yaml", baseline.parse_baseline("b.yaml", baseline.render_baseline(counts)))
        return known.drop_known_findings([] if stale else findings, task, load_lexicon(), vale=False, whole=True)

    return compare_all


def time_work(growth, number):
    """Processor seconds of the work on a text at a number, and how long the text is."""
    text = growth.make(number)
    work = run_work(growth, text)
    gc.collect()
    begun = time.process_time()
    work()
    return time.process_time() - begun, len(text)


def measure_growth(growth, first=FIRST):
    """Measure in this process: raises n until the time is well above the noise; each time is the best of two."""
    number, most = first, MAX_CHARACTERS if growth.work == "lint" else MAX_CHARACTERS // 10
    # What is loaded with the first text is not measured.
    time_work(growth, 4)
    while True:
        seconds, length = time_work(growth, number)
        if seconds >= MIN_SECONDS or length * 4 >= most:
            break
        number *= 4 if seconds < MIN_SECONDS / 6 else 2
    times = []
    for factor in (1, 2, 4):
        seconds = time_work(growth, factor * number)[0]
        times.append(min(seconds, time_work(growth, factor * number)[0]) if seconds < 2 else seconds)
        # Once more at what is suspect: another process may have taken the caches away.
        if factor == 4 and times[2] > times[1] * 2**MAX_EXPONENT and seconds < 2:
            times[2] = min(times[2], *(time_work(growth, factor * number)[0] for _ in range(2)))
    return number, tuple(times)


def measure_apart(growth, patience=PATIENCE):
    """Measure in a copy of this process, which is stopped if it takes too long."""
    load_lexicon()
    receiver, sender = os.pipe()
    child = os.fork()
    if not child:
        with contextlib.suppress(BaseException):
            os.close(receiver)
            lower_fence()
            resource.setrlimit(resource.RLIMIT_CPU, (patience, patience + 1))
            resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
            gc.freeze()
            said = repr(measure_growth(growth))
            os.write(sender, said.encode())
        os._exit(0)
    os.close(sender)
    with os.fdopen(receiver, "rb") as stream:
        said = stream.read()
    os.waitpid(child, 0)
    if not said:
        return Measured(0, (), f"took over {patience} s or 3 GB, or failed")
    import ast

    number, seconds = ast.literal_eval(said.decode())
    measured = Measured(number, seconds)
    # What is over at once cannot be told from the noise, nor does it trouble anybody.
    if measured.exponent > MAX_EXPONENT and seconds[2] > MIN_SECONDS * 2:
        return Measured(number, seconds, f"grows as n^{measured.exponent:.2f}")
    return measured
