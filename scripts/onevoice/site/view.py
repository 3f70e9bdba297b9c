"""What every section of the site needs: the handbook, the day, the templates, and one way to make a page."""

from __future__ import annotations

import dataclasses
import datetime
import functools
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from onevoice import forms
from onevoice.finding import RulePage
from onevoice.handbook import difference, signature
from onevoice.handbook.address import find_page_path, make_file_slug
from onevoice.handbook.figures import Figures
from onevoice.handbook.handbook import Handbook
from onevoice.handbook.news import History, count_singular, get_quotes
from onevoice.handbook.origin import Source, list_sources, name_origin
from onevoice.handbook.usage import Queries
from onevoice.kit.kit import Kit
from onevoice.output import Artifact
from onevoice.pains.answer import Pain, list_pains
from onevoice.phrases.catalog import (
    format_date,
    format_month,
    format_number,
    lookup_plain,
    lookup_plural,
    mark_text,
    translate_text,
    translate_word,
)
from onevoice.records import KINDS, Record
from onevoice.records.asset import Asset
from onevoice.records.envelope import iter_texts
from onevoice.records.journey import Stage
from onevoice.records.message import Message
from onevoice.records.persona import Persona
from onevoice.records.proof import Proof
from onevoice.records.team import Team
from onevoice.records.term import Term
from onevoice.site import cover, escape, trend
from onevoice.site.schedule import describe_clock
from onevoice.site.sections import Hub, list_hubs, list_left_out

SITE_DIR = Path(__file__).parent
SOON_DAYS = 30
# What the theme's own templates say.
THEME_PHRASES = (
    mark_text("Page not found"),
    mark_text("Pages move and words change."),
    mark_text("Look up a word"),
    mark_text("All rooms"),
    mark_text("News"),
)
STALE_STATES = ("expired", "overdue", "soon")


def raise_first_letter(text: str) -> str:
    """A text as a sentence begins; capitals inside it, such as a German noun's, stay."""
    return text[:1].upper() + text[1:]


def name_record(record: Record) -> str:
    """What people call a record; a record without a name is one of its kind."""
    return translate_word(record.label) if record.label == record.id else record.label


def quote_text(text: str) -> Markup:
    """A text that a filter has made safe, in the quotation marks of the language that is spoken."""
    opening, closing = get_quotes()
    return Markup("{}{}{}").format(opening, text, closing)


@dataclasses.dataclass(frozen=True)
class Freshness:
    """Whether a record can be trusted on a day.

    state: fresh, soon (due within SOON_DAYS), overdue, expired, disputed, or unknown (never reviewed).
    label: the state as a rep reads it. due, expires: the days after which it is overdue, and expired.
    """

    state: str
    label: str
    due: datetime.date | None = None
    expires: datetime.date | None = None


@dataclasses.dataclass(frozen=True)
class Verdict:
    """Whether a claim may be made.

    answer: Yes, Ask first or No. reason: why people should ask, as a sentence; "" if there is nothing to add.
    """

    answer: str
    reason: str


@dataclasses.dataclass(frozen=True)
class Guide:
    """A page that the company wrote itself, in Markdown: its file's stem, title, description and text.

    group: the heading it is listed under, or "". keywords: what people may look for to find it. owner: the id of the
    team to ask, or "". reviewed: the day on which it was last looked at. has_steps: its lists are to be checked off.
    shown_on: addresses of other pages that lead to it.
    """

    name: str
    title: str
    description: str
    text: str
    group: str = ""
    keywords: tuple[str, ...] = ()
    owner: str = ""
    reviewed: datetime.date | None = None
    has_steps: bool = False
    shown_on: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Its address."""
        return f"/pages/{self.name}/"


@dataclasses.dataclass(frozen=True)
class Takeaway:
    """Our words in the format of another program.

    name: the format's. path: of the file, below the site. corrected: how many of the words to avoid it can correct, of
    `total`; None if it corrects none. lost: the fields of a term that it doesn't keep.
    """

    name: str
    label: str
    path: str
    corrected: int
    total: int
    lost: tuple[str, ...]


@dataclasses.dataclass
class View:
    """The handbook as the site shows it.

    today: the day on which freshness is judged.
    link_terms: turns the first mention of each term on a page into a link: (address, Markdown, whether a person wrote
        it rather than a template) -> Markdown.
    find_mentions: the ids of the terms that a text uses.
    guides: the company's own pages.
    history: what Git knows about earlier versions.
    rules: what is checked.
    offline: the site will be opened from a folder, so that links name a page's file instead of its address.
    archive: the offline site as a ZIP file that people may download; None if there is none.
    wants_page: whether the page at an address should be made.
    kit: what this machine could make for the brand.
    list_takeaways: what people may take along for other programs.
    """

    handbook: Handbook
    today: datetime.date
    link_terms: Callable[[str, str, bool], str]
    find_mentions: Callable[[str], list[str]]
    guides: tuple[Guide, ...] = ()
    history: History = dataclasses.field(default_factory=History)
    rules: tuple[RulePage, ...] = ()
    offline: bool = False
    archive: bytes | None = None
    wants_page: Callable[[str], bool] = lambda path: True
    kit: Kit = dataclasses.field(default_factory=Kit)
    list_takeaways: Callable[[], Sequence[Takeaway]] = tuple

    @functools.cached_property
    def figures(self) -> Figures:
        """What was measured week by week; customers see none of it."""
        return Figures(() if self.handbook.is_public else self.handbook.measures)

    @functools.cached_property
    def queries(self) -> Queries:
        """What people searched for in the last thirteen weeks."""
        return Queries(self.figures, self.handbook.list_approved("assets"), self.figures.quarter)

    @functools.cached_property
    def pains(self) -> list[Pain]:
        """What customers said, grouped; customers themselves see none of it."""
        return [] if self.handbook.is_public else list_pains(self.handbook)

    @functools.cached_property
    def left_out(self) -> frozenset[str]:
        """The addresses of pages that this handbook has no records for."""
        return list_left_out(self.handbook) | (frozenset() if self.guides else {"/pages/"})

    def has_page(self, address: str) -> bool:
        """Whether there is anything at an address of the site, whose anchor doesn't count."""
        return address.partition("#")[0] not in self.left_out

    def list_hubs(self) -> list[Hub]:
        """The hubs of this handbook."""
        return [hub for hub in list_hubs() if self.has_page(hub.path)]

    @functools.cached_property
    def environment(self) -> Environment:
        """The templates with their filters. Anything that no filter has made safe is escaped as HTML."""
        environment = Environment(
            loader=FileSystemLoader(SITE_DIR / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            extensions=["jinja2.ext.i18n"],
            # A plain dictionary: every page asks for several templates.
            cache_size=-1,
        )
        # The extension adds the method, which types don't know.
        vars(environment)["install_gettext_callables"](lookup_plain, lookup_plural, newstyle=True)
        environment.filters |= {
            "md": escape.escape_markdown,
            "paras": escape.escape_paragraphs,
            "spaced": escape.escape_piece,
            "yaml": escape.format_yaml_scalar,
            "href": escape.sanitize_url,
            "attr": escape.neutralize_attribute,
            "slug": make_file_slug,
            "day": format_date,
            "word": translate_word,
            "clock": describe_clock,
            "opening": raise_first_letter,
        }
        environment.globals |= {
            "brand": self.handbook.brand,
            "handbook": self.handbook,
            "address": find_page_path,
            "assess_freshness": self.assess_freshness,
            "find_owner": self.find_owner,
            "name_owner": self.name_owner,
            "judge_claim": self.judge_claim,
            "name_data_age": self.name_data_age,
            "is_sendable": lambda asset: asset.is_sendable(self.today),
            "find_successor": lambda asset: self.handbook.find_successor(asset, self.today),
            "today": self.today,
            "has_page": self.has_page,
            "draw_icon": lambda asset: cover.draw_icon(asset, self.handbook.brand.asset_types),
            "make_monogram": cover.make_monogram,
            "name_language": cover.name_language,
            "name_origin": name_origin,
            "view": self,
            "word": translate_word,
            "quote": quote_text,
            "label_of": name_record,
            "number": format_number,
            "draw_spark": trend.draw_spark,
            "count_singular": count_singular,
        }
        return environment

    def render_page(
        self,
        path: str,
        template: str | Template,
        *,
        title: str,
        description: str,
        record: Any = None,
        data: Mapping[str, Any] | None = None,
        written: bool = False,
        **values: Any,
    ) -> Artifact | None:
        """A page of the site; None if it is not wanted.

        path: its address, such as `/glossary/lead/`. template: the file below templates/, without ending, or a
        template that the section brings along.
        title, description: for the browser's tab, search results and links pasted in chat.
        record: the record that the page shows; its owner, review and source line go at the bottom.
        data: what the page is about as structured data (schema.org), without its context.
        written: it has Markdown that a person wrote.
        """

        if not self.has_page(path) or not self.wants_page(path):
            return None

        def resolve_link(target: str) -> Markup:
            return escape.build_relative_link(target, path)

        text = self.environment.get_template(f"{template}.md" if isinstance(template, str) else template).render(
            path=path,
            page_title=title,
            description=description,
            record=record,
            data=escape.format_linked_data(data) if data else "",
            ref=resolve_link,
            to=lambda other: resolve_link(find_page_path(other)),
            **values,
        )
        tidy = "\n".join(line.rstrip() for line in text.split("\n")).strip() + "\n"
        # Figures hold no word to link, and to read them as text would take longer than all the rest.
        bare, figures = trend.take_out_figures(tidy)
        linked = trend.put_back_figures(self.link_terms(path, bare, written), figures)
        return Artifact(f"docs/{escape.locate_page_file(path)}", linked.encode())

    @functools.cached_property
    def _guides_by_page(self) -> dict[str, list[Guide]]:
        pages: dict[str, list[Guide]] = {}
        for guide in self.guides:
            for path in guide.shown_on:
                pages.setdefault(path, []).append(guide)
        return pages

    def find_guides(self, path: str) -> list[Guide]:
        """The company's own pages that the page at an address leads to."""
        return self._guides_by_page.get(path, [])

    def find_owner(self, record: Record) -> Team | None:
        """The team that keeps a record true."""
        return next(iter(self.handbook.resolve_ids("teams", [record.owner])), None) if record.owner else None

    def find_owner_id(self, record: Record) -> str | None:
        """The id of the team that keeps a record true, whatever its status; None if there is none to be shown."""
        return record.owner if record.owner and self.handbook.find_record("teams", record.owner) else None

    def name_owner(self, record: Record) -> str:
        """What to say of who keeps a record true if that is no team with a page; "" if there is nothing to say."""
        return (record.owner or "") if self.handbook.is_public else translate_text("no owner yet")

    def assess_freshness(self, record: Record) -> Freshness:
        """Whether a record can be trusted today."""
        due, expires = self.handbook.compute_due_date(record), getattr(record, "expires", None)
        standing = getattr(record, "standing", "usable")
        day = self.environment.filters["day"]
        if record.placeholder:
            return Freshness("unknown", "Placeholder: not our text yet", due, expires)
        if standing != "usable":
            return Freshness(
                standing,
                {"disputed": translate_text("Disputed: do not use"), "expired": translate_text("Expired")}[standing],
                due,
                expires,
            )
        if expires and expires < self.today:
            return Freshness("expired", translate_text("Expired on %(day)s", day=day(expires)), due, expires)
        if not due or not record.reviewed:
            return Freshness("unknown", translate_text("Never reviewed"), due, expires)
        if due < self.today:
            return Freshness("overdue", translate_text("Review overdue since %(day)s", day=day(due)), due, expires)
        ends = min(filter(None, (due, expires)))
        if (ends - self.today).days <= SOON_DAYS:
            return Freshness("soon", translate_text("Valid until %(day)s", day=day(ends)), due, expires)
        return Freshness("fresh", translate_text("Reviewed %(date)s", date=day(record.reviewed.date)), due, expires)

    def judge_claim(self, proof: Proof) -> Verdict:
        """Whether a claim may be made today: Yes, Ask first or No, with the reason if it isn't a plain yes."""
        freshness = self.assess_freshness(proof)
        if freshness.state in ("disputed", "expired"):
            return Verdict("No", "")
        reasons = [proof.find_doubt(self.today)]
        reasons += [
            {
                "overdue": translate_text("its review is overdue"),
                "unknown": translate_text("nobody has reviewed it yet"),
            }.get(freshness.state, "")
        ]
        reason = translate_text(" and ").join(filter(None, reasons))
        said = translate_text("Ask its owner first: %(reason)s.", reason=reason)
        return Verdict("Ask first", said) if reason else Verdict("Yes", "")

    def name_data_age(self, proof: Proof) -> str:
        """When a claim's data is from, as people read it."""
        day = proof.data_from
        if not day or day == "unknown":
            return translate_text("no date given") if day else translate_text("not recorded")
        parts = [int(part) for part in day.split("-")]
        if len(parts) == 1:
            return day
        return format_month(datetime.date(parts[0], parts[1], 1))

    def list_standings(self, record: Record) -> tuple[signature.SignatureStatus, ...]:
        """Whether sales and marketing have signed a record."""
        return signature.list_signature_statuses(self.handbook, record)

    def list_changes(self, before: Record, after: Record) -> list[tuple[str, str, str]]:
        """The passages in which two versions of a record differ: (name, text before, text after)."""
        return list(signature.compare_passages(before, after))

    def compare_texts(self, before: str, after: str) -> list[difference.WordRun]:
        """The words of two texts in one row; what stayed is cut down to the words around a change."""
        return difference.shorten_runs(difference.diff_words(before, after))

    @functools.cached_property
    def _users_by_term(self) -> dict[str, list[Record]]:
        users: dict[str, list[Record]] = {}
        for kind in KINDS:
            for record in self.handbook.list_approved(kind):
                for id in self.find_mentions("\n\n".join(text for _, text in iter_texts(record))):
                    users.setdefault(id, []).append(record)
        return users

    def find_users(self, term: Term) -> list[Record]:
        """The other records whose texts use a term."""
        return [record for record in self._users_by_term.get(term.id, ()) if record is not term]

    def list_due_records(self) -> dict[str | None, list[Record]]:
        """What needs a review, by the id of its owner (None: no owner), most urgent first."""
        queue: dict[str | None, list[Record]] = {}
        for kind in KINDS:
            for record in self.handbook.list_approved(kind):
                if self.assess_freshness(record).state in STALE_STATES:
                    queue.setdefault(self.find_owner_id(record), []).append(record)
        for records in queue.values():
            records.sort(
                key=lambda record: (
                    STALE_STATES.index(self.assess_freshness(record).state),
                    self.handbook.compute_due_date(record) or self.today,
                )
            )
        return queue

    def locate_source(self, record: Record) -> tuple[str, str]:
        """Where a record is written: (`file:line`, the web address of that line or ""); both "" if it is a secret."""
        if self.handbook.is_public:
            return "", ""
        source = list_sources(self.handbook, record)[0]
        whose = f"{name_origin(source.origin)}, " if source.origin else ""
        return f"{whose}{source.path}:{source.line}", self.build_edit_link(source)

    def list_origins(self, record: Record) -> list[Source]:
        """The handbooks that a record is made from, the farthest first; [] if that is only this one, or a secret."""
        sources = [] if self.handbook.is_public else list_sources(self.handbook, record)[::-1]
        return sources if any(source.origin for source in sources) else []

    def build_edit_link(self, source: Source) -> str:
        """The web address of the line on which a record is written; "" if its handbook does not name its repository."""
        home = source.origin or self.handbook.brand
        if not home.repository:
            return ""
        # Others have other names for it; all show the line, and a button to edit.
        verb = "edit" if home.repository.startswith("https://github.com/") else "blob"
        return f"{home.repository}/{verb}/{home.branch}/{quote(source.path)}#L{source.line}"

    def build_origin_link(self, source: Source, record: Record) -> str:
        """The address of a record on the site of the handbook that it is from; "" if that is not published."""
        url = source.origin.url if source.origin else ""
        return f"{url.rstrip('/')}{find_page_path(record)}" if url else ""

    def build_ask_link(self, path: str, record: Record | None = None, title: str = "") -> str:
        """The link for people without Git to ask or disagree about a page; "" without a form."""
        return self._fill_form_link(
            self.handbook.brand.ask_form, {"page": self.build_url(path), "record": record.label if record else title}
        )

    def build_confirm_link(self, path: str, record: Record) -> str:
        """The link that says that a record is still true; "" without a form, and for customers."""
        if self.handbook.is_public:
            return ""
        where, _ = self.locate_source(record)
        given = {"page": self.build_url(path), "record": record.label, "place": where}
        return self._fill_form_link(self.handbook.brand.confirm_form, given)

    def build_suggest_link(self, word: str) -> str:
        """The link that suggests a word for the glossary; "" without a form."""
        return self._fill_form_link(self.handbook.brand.suggest_form, {"word": word, "page": self.build_url("/")})

    def build_verdict_link(self, path: str, line: Message, persona: Persona, stage: Stage, verdict: str) -> str:
        """The link that says whether a line worked on a call; "" without a form."""
        given = {"page": self.build_url(path), "record": line.say or line.title, "verdict": verdict}
        names = {"persona": persona.name, "stage": stage.name}
        return self._fill_form_link(self.handbook.brand.feedback_form, given | names)

    def build_request_link(self, path: str, persona: Persona | None = None, stage: Stage | None = None) -> str:
        """The link that asks for content, filled in with the cell and the assets nearest to it."""
        given = {"page": self.build_url(path)}
        if persona and stage:
            near = self.handbook.find_nearest_assets(persona.id, stage.id, self.today)
            given |= {
                "persona": persona.name,
                "stage": stage.name,
                "title": translate_text(
                    "Something for %(persona)s at %(stage)s", persona=persona.name, stage=stage.name
                ),
                "nearest": "\n".join(f"{asset.title}: {self.build_url(find_page_path(asset))}" for asset in near),
            }
        return self.build_form_request(given)

    def build_form_request(self, given: Mapping[str, str]) -> str:
        """The link that asks for content, filled in with what is given, by the names of `fill`; "" without a form."""
        return self._fill_form_link(self.handbook.brand.request_form, given)

    def find_language(self, asset: Asset) -> str:
        """The language that an asset is in."""
        return asset.language or self.handbook.brand.language

    def _fill_form_link(self, id: str | None, given: Mapping[str, str]) -> str:
        found = self.handbook.resolve_ids("forms", [id] if id else [])
        return forms.build_form_link(found[0], given) if found else ""

    def build_url(self, path: str) -> str:
        """The full address of a page if brand.yaml says where the site is published, else its path."""
        return f"{(self.handbook.brand.url or '').rstrip('/')}{path}"

    def build_tracked_url(self, asset: Asset, persona: str = "", stage: str = "", channel: str = "email") -> str:
        """The asset's address with the tracking that brand.yaml describes."""
        brand = self.handbook.brand
        if not brand.utm or not asset.url.startswith("http"):
            return asset.url
        given = brand.utm.format(channel=channel, asset=asset.id, persona=persona, stage=stage)
        # Without a persona or a stage, as in the catalog, some of it says nothing.
        utm = "&".join(part.rstrip("-") for part in given.split("&") if part.partition("=")[2].strip("-"))
        base, mark, anchor = asset.url.partition("#")
        return f"{base}{'&' if '?' in base else '?'}{utm}{mark}{anchor}"
