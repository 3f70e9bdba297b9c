"""One lint run: what is asked for, and documents and records' texts through the matcher and Vale to findings."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from onevoice.errors import OnevoiceError
from onevoice.finding import Finding, Span, cap_level, sort_findings
from onevoice.lint import excerpt, terms
from onevoice.matcher.language import counts_in
from onevoice.prose.files import describe_unread
from onevoice.prose.formats import join_format_names
from onevoice.prose.read import check_encoding, decode_text, encode_text, read_prose
from onevoice.report import text
from onevoice.run.documents import check_documents, make_read_error
from onevoice.run.handbook import current_date, find_handbook, find_settings, get_package_name
from onevoice.run.job import LintJob, collect_documents, collect_handbook_texts
from onevoice.run.lexicon import Lexicon, read_lexicon
from onevoice.run.selection import EVERYTHING, resolve_selection
from onevoice.run.settings import FILE as SETTINGS_FILE
from onevoice.run.style import check_style, find_refused_settings, list_style_names, select_vale

if TYPE_CHECKING:
    from onevoice.prose.block import Prose
    from onevoice.run.since import ChangedLines
    from onevoice.vale.resolve import Vale

Progress = Callable[[int], None]


@dataclass(frozen=True)
class LintOptions:
    """What `onevoice lint` is asked to do.

    paths: files and folders, `-` for standard input; none: the handbook's own texts. handbook: the folder that was
    named, or None. since: a Git revision. baseline: a file. comment: where the commented copy goes. sample: use the
    packaged handbook. encoding: of texts that are not UTF-8. only, skipped: terms and rules. excerpts: the report
    shows them, or the fingerprints of findings. record: the id of the team whose findings are counted.
    """

    paths: tuple[str, ...] = ()
    handbook: str | None = None
    fix: bool = False
    diff: bool = False
    since: str | None = None
    baseline: str | None = None
    comment: str | None = None
    no_vale: bool = False
    require_vale: bool = False
    no_cache: bool = False
    sample: bool = False
    encoding: str | None = None
    only: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    excerpts: bool = True
    record: str | None = None

    @property
    def reads_stdin(self) -> bool:
        return "-" in self.paths

    def check_usage(self) -> None:
        """Raise OnevoiceError if two options exclude each other, or one cannot do what it is asked."""
        if self.no_vale and self.require_vale:
            raise OnevoiceError("--no-vale and --require-vale cannot be combined. Leave one out.")
        if self.sample and not self.paths:
            raise OnevoiceError("--sample needs a file or folder: the sample's own texts aren't checked. Name one.")
        if self.since is not None and not self.since.strip():
            # An empty variable of a workflow must not pass for a check of what has changed.
            raise OnevoiceError(
                "--since needs a Git revision, and got an empty text. Name one, such as main or HEAD~1."
            )
        if self.since and self.reads_stdin:
            raise OnevoiceError("--since compares files in Git, and standard input is not one. Name the file.")
        if self.record and (self.since or self.baseline or self.diff or self.only or self.skipped or self.sample):
            raise OnevoiceError(
                "--record counts all findings. Leave out --since, --baseline, --diff, --only, --skip and --sample."
            )
        if self.encoding:
            check_encoding(self.encoding)
            if self.fix or self.diff:
                raise OnevoiceError(
                    "--encoding cannot be combined with --fix or --diff. Save the files as UTF-8 first."
                )
        if self.comment:
            from onevoice.run import comment

            comment.check_comment_target(self.paths, self.comment, fixes=self.fix or self.diff)
        if self.fix and self.reads_stdin and len(self.paths) > 1:
            raise OnevoiceError(
                "--fix takes either `-` or files, not both. The fixed text of `-` goes to standard output."
            )


@dataclass(frozen=True)
class LintResult:
    """What a run found. findings: in reading order. title: one line on what was checked, and by what."""

    findings: list[Finding]
    title: str


class JobFindings(NamedTuple):
    """The result of a job.

    findings: in reading order. unstyled_count: how many files Vale was to check and did not. unexplained: the findings
    that comments of Vale hide, such as `vale off`, which need give no reason. languages: how many files state each.
    """

    findings: list[Finding]
    unstyled_count: int
    unexplained: list[Finding]
    languages: Counter[str]


class LintRun:
    """One run of the lint.

    read_stdin: standard input, asked for once and only if `-` is among the paths. Raises OnevoiceError and DataError.
    """

    def __init__(self, options: LintOptions, read_stdin: Callable[[], bytes]) -> None:
        self.options = options
        options.check_usage()
        self.settings = find_settings()
        self.folder, self._is_sample = find_handbook(
            options.handbook, wants_sample=options.sample, settings=self.settings
        )
        if self._is_sample and not options.sample:
            raise OnevoiceError(
                f"no handbook to lint by. Name one with --handbook DIR, or as `handbook:` in {SETTINGS_FILE}; "
                "--sample takes the one that comes with onevoice."
            )
        self.lexicon = read_lexicon(self.folder)
        self.selection = EVERYTHING
        if options.only or options.skipped:
            styles = _list_known_styles(self.ini)
            self.selection = resolve_selection(options.only, options.skipped, self.lexicon, styles)
        self.settings.check_terms(self.lexicon.terms)
        self.selection = self.selection.switch_off(self.settings.off)
        wants_style = not options.no_vale and not self.selection.has_words_only
        self.vale = select_vale(wanted=wants_style, required=options.require_vale)
        if options.baseline:
            # A hook waits for each module that is loaded: what an option needs is imported with it.
            from onevoice.run import baseline

            self._baseline = baseline.open_baseline(options.baseline)
        self._standard_input = read_stdin() if options.reads_stdin else None
        self.today = current_date()
        self.job = self._collect_job()
        if not self.job.size and any(Path(path).is_dir() for path in options.paths or (".",)):
            raise OnevoiceError(
                f"nothing to lint in {', '.join(options.paths) or self.folder}: no {join_format_names('or')} file"
                f"{self._describe_unread(' ({} not read)')}.{self._describe_excluded()} Check the path."
            )
        self._filter_job()
        self.fix_errors: list[Finding] = []

    def _collect_job(self) -> LintJob:
        options, settings = self.options, self.settings
        paths = options.paths
        if not paths and settings.path and settings.handbook:
            paths = (settings.path.parent.as_posix(),)
        if paths:
            return collect_documents(paths, self._standard_input, options.encoding, settings)
        return collect_handbook_texts(self.folder, settings=settings)

    def _filter_job(self) -> None:
        """Leave out the files in which nothing has changed since the revision that was asked for."""
        self._changes: ChangedLines | None = None
        if self.options.since:
            from onevoice.run import since

            self._changes = since.find_changes_since(self.options.since, self.job)
            self.job = self._changes.filter_job(self.job)

    def list_fixes(self) -> list[tuple[Prose, str]]:
        """Each document that has a safe fix, and its fixed text. What can't be fixed is in `fix_errors` then."""
        from onevoice.run import fix

        fixed, self.fix_errors = fix.fix_documents(self.job, self.lexicon, self.today, self._changes, self.selection)
        return fixed

    def list_patches(self) -> list[str]:
        """What `--fix` would change, a patch for each document."""
        from onevoice.run import fix

        data = {file.path: file.data for file in self.job.documents}
        return [fix.format_patch(prose, source, data[prose.path]) for prose, source in self.list_fixes()]

    def iter_fixed_texts(self) -> Iterator[bytes]:
        """The bytes of each document, fixed: what an editor expects on standard output."""
        fixed = {prose.path: source for prose, source in self.list_fixes()}
        for file in self.job.documents:
            _, mark = decode_text(file.path, file.data)
            yield encode_text(fixed[file.path], mark) if file.path in fixed else file.data

    def write_fixes(self) -> Iterator[str]:
        """Fix the files, and look at them again: what to tell the user, a line each."""
        from onevoice.run import fix

        fixed = self.list_fixes()
        fix.sweep_document_folders(self.job)
        data = {file.path: file.data for file in self.job.documents}
        named = {Path(path).as_posix() for path in self.options.paths}
        written: set[Path] = set()
        for prose, source in fixed:
            # A file and a link to it are fixed once.
            if (target := Path(prose.path).resolve()) in written:
                continue
            written.add(target)
            try:
                if prose.path not in named:
                    fix.check_link(prose.path, [Path(), self.folder, *map(Path, self.options.paths)])
                fix.overwrite_document(prose, source, data[prose.path])
            except OnevoiceError as error:
                self.fix_errors.append(make_read_error(prose.path, error))
            else:
                yield f"Fixed {prose.path}"
        for path in fix.list_office_files(self.job):
            yield f"{path}: not fixed. Office files are only reported; --comment writes into a Word file."
        if fixed:
            self.job = self._collect_job()
            self._filter_job()

    def record_findings(self, findings: list[Finding], say: Callable[[str], None]) -> str:
        """Count a team's findings of this week into the handbook; what to tell the user. say: told of a wait."""
        from onevoice.run import record

        assert self.options.record is not None
        return record.record_findings(self.folder, findings, self.options.record, self.today, say)

    @cached_property
    def ini(self) -> Path | None:
        """The handbook's .vale.ini."""
        path = self.folder / ".vale.ini"
        return path if path.is_file() else None

    def collect_findings(self, *, remember: bool = True, progress: Progress = lambda count: None) -> JobFindings:
        """All that the run is about. remember, progress: as in documents.check_documents."""
        found, unstyled_count, unexplained, languages = lint_job(
            self.job,
            self.lexicon,
            self.today,
            self.vale,
            self.ini,
            remember=remember,
            # A baseline knows findings by their fingerprints.
            excerpts=self.options.excerpts or bool(self.options.baseline),
            progress=progress,
        )
        found = self.selection.select_findings(found)
        if self.settings.levels:
            found = [cap_level(finding, self.settings.find_level(finding.path)) for finding in found]
        return JobFindings(found, unstyled_count, self.selection.select_findings(unexplained), languages)

    def check(self, progress: Progress = lambda count: None) -> LintResult:
        """Find everything, except what a baseline knows and what is on unchanged lines."""
        options, job = self.options, self.job
        found, unstyled_count, unexplained, languages = self.collect_findings(
            remember=not options.no_cache, progress=progress
        )
        if self._changes:
            found, unexplained = (self._changes.filter_findings(some) for some in (found, unexplained))
        known = ""
        if options.baseline:
            found = self._baseline.drop_known_findings(
                found, job, self.lexicon, vale=bool(self.vale), whole=not options.since and self.selection.is_everything
            )
            known = self._baseline.summary_suffix
        # Neither where it changed nor what a baseline knows makes these unimportant.
        if self.fix_errors:
            found = sort_findings([*found, *self.fix_errors])
        owner = f" of {self.lexicon.name}" if self.lexicon.name else ""
        handbook = f"the handbook{owner}{self._describe_place()}"
        files = f"{job.size} file{'s' * (job.size != 1)}{f' changed since {options.since}' * bool(options.since)}"
        style = ", ".join(filter(None, (self._describe_style(unstyled_count), self.selection.describe_choice())))
        title = f"{files}, {handbook}, {style}: {text.summarize_findings(found)}{known}."
        # What has not changed is nobody's concern, whatever it is written in.
        unread = self._describe_unread(" {} not read.") * (not options.since)
        hidden = f" {len(unexplained)} more switched off by comments without a reason." if unexplained else ""
        asides = (hidden, unread, self._describe_foreign(languages), self._describe_excluded())
        return LintResult(found, title + "".join(asides))

    def _describe_place(self) -> str:
        """Where the handbook is."""
        if self._is_sample:
            return " (installed with onevoice)"
        # The folder of a package says nothing to a writer whose commit is refused.
        package = get_package_name(self.options.handbook)
        return f" (installed as {package})" if package else f" in {self.folder.resolve()}"

    def _describe_unread(self, frame: str) -> str:
        """What nobody has read in the folders, in a frame with `{}`; "" if there is nothing."""
        found = describe_unread(self.job.unread)
        return frame.format(found) if found else ""

    def _describe_foreign(self, stated: Mapping[str, int]) -> str:
        """The files in which the handbook has no words to look for, by their languages."""
        compiled = self.lexicon.matcher.compiled
        if not any(compiled.reportable_flags):
            return " The handbook has no words to look for yet."
        foreign = {
            tag: count
            for tag, count in sorted(stated.items())
            if tag and not any(counts_in(words, tag, compiled.language) for words in compiled.languages)
        }
        if not foreign:
            return ""
        count = sum(foreign.values())
        files = f"{count} files are" if count != 1 else "1 file is"
        tags = ", ".join(foreign)
        return f" {files} in a language without words to avoid in the handbook ({tags}): only names were checked."

    def _describe_excluded(self) -> str:
        count = self.job.excluded_count
        return f" {count} file{'s' * (count != 1)} excluded by {self.settings.path}." if count else ""

    def _describe_style(self, unstyled_count: int) -> str:
        if not self.vale:
            return "words only"
        if not self.ini and not self.lexicon.voice:
            return "words only (the handbook has no style rules)"
        gap = f", not for {unstyled_count} file{'s' * (unstyled_count != 1)}" if unstyled_count else ""
        return f"style with {self.vale}{gap}"

    def write_comments(self, findings: list[Finding]) -> str:
        """Write the commented copy; what to tell the user."""
        from onevoice.run import comment

        return comment.write_comment_copy(self.job, self.options.comment or "", findings, self.today)


def lint_job(
    job: LintJob,
    lexicon: Lexicon,
    today: datetime.date,
    vale: Vale | None,
    ini: Path | None,
    *,
    remember: bool = True,
    excerpts: bool = True,
    progress: Progress = lambda count: None,
) -> JobFindings:
    """Everything that is found, and the number of files whose style Vale did not check.

    ini: the handbook's .vale.ini, or None. remember, excerpts, progress: as in documents.check_documents.
    """
    results = check_documents(job.documents, lexicon, today, remember=remember, excerpts=excerpts, progress=progress)
    readable = [file for file, result in zip(job.documents, results, strict=True) if not result.is_unreadable]
    known: set[str] = set()
    found, unexplained = list(job.read_errors), list[Finding]()
    styled: Mapping[str, list[Finding] | None] = {}
    if vale:
        try:
            found += find_refused_settings(ini)
            styled = check_style(readable, job.records, lexicon, vale, ini, remember=remember)
        except Exception as error:
            # Whatever Vale does, or we do about it, our own words are reported.
            paths = [file.path for file in job.documents] + [prose.path for prose in job.records]
            said = str(error) if isinstance(error, OnevoiceError) else f"{type(error).__name__}: {error}"
            place, message = ini.as_posix() if ini else paths[0], f"Style was not checked: {said}"
            found.append(Finding("file", "error", place, Span(1, 1, 1, 1), "", " ".join(message.split())))
    for file, result in zip(job.documents, results, strict=True):
        style = styled.get(file.path) or ()
        if not style and not result.has_comments:
            found += result.findings
            continue
        # A hook waits for each module that is loaded, and few documents suppress anything.
        from onevoice.lint.suppress import apply_suppressions

        prose = read_prose(file.path, file.data, file.ending)
        known = known or lexicon.rule_names | _list_known_styles(ini)
        kept = apply_suppressions(
            prose, sort_findings([*result.findings, *style]), known, ("Brand", *lexicon.facts), unexplained
        )
        found += excerpt.add_excerpts(prose.source, kept) if excerpts else kept
    for prose in job.records:
        # A record's text is shown on a page with others, so it cannot know which use is the first.
        issues = terms.find_issues(prose, lexicon.matcher, today, lexicon.build_term_url)
        own = [issue.finding for issue in issues if issue.hit.category != "abbreviation"]
        own += styled.get(prose.path) or ()
        found += excerpt.add_excerpts(prose.source, own) if excerpts else own
    # An error on a file as a whole says why it was not checked; a warning, that a part of it was not.
    checked = sum(
        alerts is not None and all((alert.rule, alert.level) != ("file", "error") for alert in alerts)
        for alerts in styled.values()
    )
    languages = Counter(result.language for result in results)
    return JobFindings(sort_findings(found), job.size - checked if vale else 0, unexplained, languages)


def _list_known_styles(ini: Path | None) -> set[str]:
    """The styles of a .vale.ini; none if it cannot be read, which the check of style has reported."""
    try:
        return list_style_names(ini)
    except OnevoiceError:
        return set()
