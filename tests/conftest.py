"""What tests of several rooms share: a browser, Vale, and what happens where a machine has neither."""

import importlib.util
import os
from pathlib import Path

import pytest
from hypothesis import settings

import chromium as browsers
from onevoice.vale.resolve import resolve_vale
from rounds import IS_WHOLE

# For how long the properties are tried: `--hypothesis-profile=night` is the other one. A busy machine is no failure,
# hence no deadline.
settings.register_profile("ci", max_examples=100, deadline=None, print_blob=True)
settings.register_profile("night", parent=settings.get_profile("ci"), max_examples=10_000)
settings.load_profile("night" if IS_WHOLE else "ci")


def pytest_collection_modifyitems(items):
    # Begun last, the longest tests would keep one processor busy while the others wait.
    items.sort(key=lambda item: item.get_closest_marker("early") is None)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    report = (yield).get_result()
    if report.skipped and isinstance(report.longrepr, tuple):
        report.sections.append(("absent", report.longrepr[2].removeprefix("Skipped: ")))


def absent(what: str) -> None:
    """A tool that a test needs is not on this machine: skip the test, or fail it where NO_SKIP is set."""
    if os.environ.get("NO_SKIP"):
        pytest.fail(f"{what} is not on this machine, and NO_SKIP is set", pytrace=False)
    pytest.skip(f"{what} is not on this machine")


@pytest.fixture(scope="session")
def libreoffice():
    """The module of bench/office.py, on a machine with LibreOffice: a second witness, which nothing has to have."""
    path = Path(__file__).parents[1] / "bench" / "office.py"
    spec = importlib.util.spec_from_file_location("bench_office", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if not module.find():
        pytest.skip("LibreOffice is not on this machine")
    return module


def pytest_terminal_summary(terminalreporter):
    counts = {}
    for report in terminalreporter.stats.get("skipped", []):
        for name, reason in report.sections:
            if name == "absent" and reason.endswith("is not on this machine"):
                counts[reason] = counts.get(reason, 0) + 1
    for reason, count in sorted(counts.items()):
        terminalreporter.write_line(f"{count} skipped: {reason}")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium."""
    return browsers.find() or absent("Chromium")


@pytest.fixture(scope="session")
def browser(chromium):
    """A running Chromium (Playwright's `Browser`)."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=browsers.ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def page(browser):
    """A new page that nothing else has seen."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def vale():
    """The Vale on this machine."""
    return resolve_vale(os.environ) or absent("Vale")
