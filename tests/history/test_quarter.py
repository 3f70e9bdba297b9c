"""A quarter of a handbook: 40 commits over 13 weeks, and everything that is told of them against a plain recount.

The recount knows nothing of git or of onevoice's records: it keeps a copy of the plain data after each commit, compares
the copies, and says in its own few lines what must have been told.
"""

import copy
import datetime
import email
import email.policy
import html
import json
import re
import textwrap

import feedparser
import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

from onevoice.commands import cli
from onevoice.handbook.handbook import Handbook
from onevoice.handbook.news import summarize_news
from onevoice.history import log, tell
from onevoice.load.folder import load_folder
from onevoice.run.build import plan_build
from repository import Repository

TODAY = datetime.date(2026, 11, 22)
FIRST_WEEK = datetime.date(2026, 8, 24)
FILES = {
    "terms": "terminology/terms.yaml",
    **{kind: f"content/{kind}.yaml" for kind in ("proof", "requests", "assets", "personas", "teams")},
}
BRAND = """brand:
  name: Acme
  url: https://acme.example/book/
  both_sign: [personas]
  review: {default: 6 weeks}
"""
# What stands for a record in a sentence, and what bears its meaning, by kind.
NAME = {
    "terms": "preferred",
    "personas": "name",
    "teams": "name",
    "proof": "title",
    "requests": "title",
    "assets": "title",
}
GIST = {"terms": "definition", "personas": "summary", "proof": "claim", "requests": "why", "assets": "summary"}
MEANING = {
    "terms": ("preferred", "definition", "avoid", "note"),
    "personas": ("name", "summary", "goals", "pains", "interested", "ready_to_buy"),
}


def term(id, definition, **more):
    return {"id": id, "preferred": id, "definition": definition, "reviewed": {"date": "2026-10-20"}, **more}


def proof(id, standing="usable", **more):
    words = {"title": id, "claim": f"{id} is so.", "say": f"They say {id}.", "basis": "b", "source": "s"}
    return {"id": id, "standing": standing, **words, **more}


def asset(id, **more):
    words = {"title": f"The {id}", "summary": f"All of {id}.", "type": "guide", "job": "sales", "use_when": "Always."}
    return {"id": id, **words, "personas": ["buyer"], "stages": ["look"], "url": f"https://acme.example/{id}", **more}


def request(id, team="sales", **more):
    return {"id": id, "title": f"A {id}", "team": team, "date": "2026-08-01", "why": f"No {id}, no deal.", **more}


BEGINNING = {
    "terms": [
        term("lead", "Somebody who may buy."),
        term("call", "A talk."),
        term("deal", "A sale that is likely.", reviewed={"date": "2026-10-05"}),
        term("pipe", "All deals.", reviewed={"date": "2026-10-30"}),
    ],
    "personas": [
        {
            "id": "buyer",
            "name": "Buyer",
            "summary": "Buys.",
            "goals": ["To buy"],
            "pains": ["Prices"],
            "interested": {"summary": "s", "signs": ["g"], "wants": ["w"]},
            "ready_to_buy": {"summary": "s", "signs": ["g"], "wants": ["w"]},
        }
    ],
    "teams": [
        {"id": "sales", "name": "Sales", "side": "sales", "purpose": "p"},
        {"id": "brand", "name": "Brand", "side": "marketing", "purpose": "p"},
    ],
    "proof": [proof("speed"), proof("price", expires="2026-10-31"), proof("age", expires="2026-12-01")],
    "requests": [request("sheet"), request("deck"), request("poster", team="brand")],
    "assets": [asset("guide")],
}
JOURNEY = """journey:
  summary: One stage.
  stages:
    - {id: look, name: Look, question: q, customer: c, marketing: m, sales: s, done_when: d}
"""


class Quarter:
    """The repository, and a copy of the plain data after each commit."""

    def __init__(self, folder):
        self.repository = Repository(folder)
        self.data = copy.deepcopy(BEGINNING)
        self.copies = []
        self.signed = {}
        self.files = {"content/brand.yaml": BRAND, "content/journey.yaml": JOURNEY}
        self.save("2026-08-20")

    def find(self, kind, id):
        return next(record for record in self.data[kind] if record["id"] == id)

    def save(self, day, **also):
        folder = self.repository.folder
        for kind, name in FILES.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("w", encoding="utf-8") as file:
                yaml = YAML()
                yaml.default_flow_style = False
                yaml.dump({kind: self.data[kind]}, file)
        self.commit(day, **also)

    def commit(self, day, **also):
        self.repository.commit(day, {**self.files, **also})
        self.files = {}
        self.copies.append((datetime.date.fromisoformat(day), copy.deepcopy(self.data), dict(self.signed)))

    def sign(self, day, record, side):
        """Through the real command; what was signed is remembered as it stands."""
        arguments = ["sign", record, "--as", side, "--handbook", str(self.repository.folder)]
        result = CliRunner().invoke(cli, arguments, env={"ONEVOICE_TODAY": day}, standalone_mode=False)
        assert result.exception is None and result.return_value == 0
        kind, id = record.split("/")
        read = YAML(typ="safe").load((self.repository.folder / FILES[kind]).read_text("utf-8"))[kind]
        signature = next(one for one in read if one["id"] == id)["signed"]
        plain = {one: {"date": str(value["date"]), "of": value["of"]} for one, value in signature.items()}
        self.find(kind, id)["signed"] = plain
        self.signed[kind, id, side] = {name: self.find(kind, id).get(name) for name in MEANING[kind]}
        self.commit(day)


@pytest.fixture(scope="module")
def quarter(tmp_path_factory):
    made = Quarter(tmp_path_factory.mktemp("quarter") / "book")
    change, sign = made.find, made.sign
    change("terms", "lead")["definition"] = "A person who may buy."
    made.save("2026-08-25")
    change("terms", "lead")["definition"] = "A person who may buy from us."
    made.save("2026-08-27")
    sign("2026-08-28", "personas/buyer", "sales")
    sign("2026-08-31", "personas/buyer", "marketing")
    change("terms", "call")["avoid"] = ["ring", {"term": "buzz", "use": ["talk"]}]
    made.save("2026-09-01")
    made.data["terms"].append(term("team", "Those who work together."))
    made.save("2026-09-04")
    change("proof", "speed")["standing"] = "disputed"
    made.save("2026-09-08")
    made.data["requests"].append(request("video", why="They want to see it."))
    made.save("2026-09-09")
    change("requests", "sheet")["state"] = "planned"
    made.save("2026-09-10")
    made.commit("2026-09-14", **{"README.md": "Not a record.\n"})
    change("personas", "buyer")["summary"] = "Buys for the whole company."
    made.save("2026-09-15")
    sign("2026-09-17", "personas/buyer", "sales")
    made.data["assets"].append(asset("sheet", answers="sheet"))
    change("requests", "sheet")["state"] = "answered"
    made.save("2026-09-18")
    change("terms", "call")["avoid"] = [{"term": "buzz", "use": ["talk"], "level": "warning"}]
    made.save("2026-09-22")
    change("terms", "pipe").update(id="pipeline", was="pipe", preferred="pipeline")
    made.save("2026-09-24")
    change("proof", "speed")["standing"] = "usable"
    made.save("2026-09-28")
    sign("2026-09-29", "terms/deal", "marketing")
    change("terms", "team")["definition"] = "Oops."
    made.save("2026-09-30")
    change("terms", "team")["definition"] = "Those who work together."
    made.save("2026-10-01")
    change("terms", "deal")["dissent"] = [{"side": "sales", "date": "2026-10-05", "why": "Likely is too little."}]
    made.save("2026-10-05")
    made.data["terms"].append(term("loop", "A way back.", status="proposed"))
    made.save("2026-10-06")
    change("terms", "loop")["status"] = "approved"
    made.save("2026-10-12")
    made.data["terms"].append(term("gone", "Not for long."))
    made.save("2026-10-13")
    made.data["terms"].remove(change("terms", "gone"))
    made.save("2026-10-14")
    change("terms", "deal")["definition"] = "A sale that is agreed on."
    del change("terms", "deal")["dissent"]
    made.save("2026-10-19")
    change("proof", "price")["standing"] = "expired"
    made.save("2026-10-20")
    change("assets", "guide")["answers"] = "poster"
    made.save("2026-10-21")
    change("requests", "poster")["state"] = "answered"
    made.save("2026-10-22")
    change("terms", "team")["status"] = "retired"
    made.save("2026-10-26")
    change("personas", "buyer")["goals"] = ["To buy", "To buy well"]
    made.save("2026-10-27")
    change("requests", "deck").update(state="declined", decision="Nobody asks for it.")
    made.save("2026-10-29")
    made.data["assets"].append(asset("video", answers="video", expires="2026-11-20"))
    change("requests", "video")["state"] = "answered"
    made.save("2026-11-02")
    change("terms", "lead")["owner"] = "sales"
    made.save("2026-11-03")
    change("terms", "call")["note"] = "Also on the screen."
    made.save("2026-11-04")
    # A broken file is nothing to tell of; what changed meanwhile is told when it can be read again.
    made.commit("2026-11-09", **{FILES["terms"]: "terms:\n  - id: [\n"})
    change("terms", "lead")["definition"] = "A person we may call."
    made.save("2026-11-10")
    sign("2026-11-12", "terms/lead", "sales")
    change("assets", "guide")["status"] = "retired"
    made.save("2026-11-16")
    change("terms", "lead")["preferred"] = "Lead"
    made.save("2026-11-18")
    change("terms", "call")["reviewed"] = {"date": "2026-11-19"}
    made.save("2026-11-19")
    made.repository.git("checkout", "-q", "-b", "other")
    change("proof", "age")["claim"] = "We are old."
    made.save("2026-11-19")
    made.copies.pop()
    made.repository.git("checkout", "-q", "main")
    made.repository.git("merge", "-q", "--no-ff", "--no-edit", "other", day="2026-11-20")
    made.copies.append((datetime.date(2026, 11, 20), copy.deepcopy(made.data), dict(made.signed)))
    return made


# --- The recount


def holds(record, kind, side, signed):
    was = signed.get((kind, record["id"], side))
    return was is not None and was == {name: record.get(name) for name in MEANING[kind]}


def words_of(record):
    """Avoided words: how grave, and what to say."""
    found = {}
    for one in record.get("avoid", ()):
        one = {"term": one} if isinstance(one, str) else one
        found[one["term"]] = (one.get("level", "error"), one.get("use", [record["preferred"]]))
    return found


def recount(kind, old, new, answers, signed_old, signed_new):
    """What must be told of a record; `answers`: the names of the assets that began to answer it."""
    if new is None:
        return ["Removed"] if old else []
    name = NAME[kind]
    told = []
    if old is None and new.get("status") == "retired":
        return []
    if old is None:
        verb = "Proposed" if new.get("status") == "proposed" else "Added"
        told.append(f"{verb}: “{new[GIST[kind]]}”")
        old = {**new, "answers": None, "signed": {}}
    if new.get("status") == "retired" != old.get("status"):
        return ["Retired"]
    if old.get("status") == "proposed" and new.get("status") == "approved":
        told.append("Approved")
    if old[name] != new[name]:
        told.append(f"Renamed from “{old[name]}” to “{new[name]}”")
    before, after = words_of(old) if kind == "terms" else {}, words_of(new) if kind == "terms" else {}
    for word, (level, use) in after.items():
        if word not in before:
            told.append(f"We no longer say “{word}”; say “{use[0]}”")
        elif before[word][0] != level:
            told.append(f"“{word}” is now a {level}")
    told += [f"We can say “{word}” again" for word in before if word not in after]
    for field in ("definition", "claim", "summary"):
        if old.get(field) != new.get(field):
            told.append(f"The {field} changed from “{old[field]}” to “{new[field]}”")
    if old.get("goals") != new.get("goals"):
        told.append(f"The goals changed from “{'; '.join(old['goals'])}” to “{'; '.join(new['goals'])}”")
    if old.get("note") != new.get("note"):
        told.append(f"New note: “{new['note']}”")
    if old.get("standing") != new.get("standing"):
        told.append(f"Now {new['standing']}")
    if old.get("state") != new.get("state") and new["state"] != "answered":
        told.append(new["state"].capitalize() + (f": “{new['decision']}”" if new.get("decision") else ""))
    if old.get("owner") != new.get("owner"):
        told.append("New owner: “Sales”")
    for side in ("sales", "marketing"):
        was, now = old.get("signed", {}).get(side), new.get("signed", {}).get(side)
        stood = was and holds(old, kind, side, signed_old)
        stands = now and holds(new, kind, side, signed_new)
        if stands and now != was:
            told.append(f"{side.capitalize()} signed")
        elif stood and not stands:
            told.append(f"Changed since {side} signed")
    for one in new.get("dissent", ()):
        if one not in old.get("dissent", ()):
            told.append(f"{one['side'].capitalize()} disagrees: “{one['why']}”")
    for one in old.get("dissent", ()):
        if one not in new.get("dissent", ()):
            told.append(f"{one['side'].capitalize()} no longer disagrees")
    return told


def records(data):
    return {(kind, record["id"]): record for kind, found in data.items() for record in found}


def told_between(quarter, first, last):
    """What is to be told of the commits from one day until another, by (kind, id)."""
    before = [one for one in quarter.copies if one[0] < first][-1]
    after = [one for one in quarter.copies if one[0] <= last][-1]
    old, new, now = records(before[1]), records(after[1]), records(quarter.data)
    answered = {}
    for key, record in new.items():
        was = old.get(key, {})
        in_use = record.get("status") != "retired"
        if key[0] == "assets" and in_use and record.get("answers") and record["answers"] != was.get("answers"):
            answered[record["answers"]] = record
    found = {}
    for key in [*new, *(key for key in old if key not in new)]:
        kind, id = key
        # A record under a new name is the record that it was.
        was = old.get(key) or old.get((kind, new[key].get("was"))) if key in new else old[key]
        if key not in new and any(record.get("was") == id for record in new.values()):
            continue
        told = recount(kind, was, new.get(key), answered, before[2], after[2])
        if kind == "assets" and new.get(key) in list(answered.values()):
            told.append(f"Answers the request “{now['requests', new[key]['answers']]['title']}”")
        if kind == "requests" and id in answered:
            told.append(f"Answered by “{answered[id]['title']}”")
        if told:
            found[key] = sorted(told)
    return found


def mondays():
    return [FIRST_WEEK + datetime.timedelta(weeks=number) for number in range(13)]


@pytest.fixture(scope="module")
def handbook(quarter):
    return Handbook(load_folder(quarter.repository.folder))


@pytest.fixture(scope="module")
def history(quarter, handbook):
    return tell.load_recent_history(quarter.repository.folder, handbook, TODAY)


@pytest.fixture(scope="module")
def pages(quarter):
    plan = plan_build(quarter.repository.folder, TODAY)
    return {
        one.path.removeprefix("docs/"): one.data.decode("utf-8", "replace")
        for one in plan.output_files
        if one.path.startswith("docs/")
    }


def by_week(history):
    found = {}
    for item in history.news:
        monday = item.day - datetime.timedelta(days=item.day.weekday())
        found.setdefault(monday, {})[item.kind, item.id] = sorted(line.full_text for line in item.lines)
    return found


def test_the_quarter_is_one(quarter):
    commits = log.read_commit_log(quarter.repository.folder).commits
    every = quarter.repository.git("rev-list", "--count", "HEAD").strip()
    assert int(every) >= 40
    assert {commit.day - datetime.timedelta(days=commit.day.weekday()) for commit in commits[1:]} == set(mondays())


def test_news(quarter, history):
    expected = {}
    for monday in mondays():
        if told := told_between(quarter, monday, monday + datetime.timedelta(days=6)):
            expected[monday] = told
    assert by_week(history) == expected
    assert (history.caveat, history.beginning) == ("", None)


@pytest.mark.parametrize("first", ["2026-08-24", "2026-09-17", "2026-10-05", "2026-11-16"])
def test_digest(quarter, handbook, first):
    day = datetime.date.fromisoformat(first)
    found = tell.load_history_since(quarter.repository.folder, handbook, day)
    told = {(item.kind, item.id): sorted(line.full_text for line in item.lines) for item in found.news}
    expected = told_between(quarter, day, TODAY)
    assert told == expected
    text, rich = (digest(quarter, first, form) for form in ("text", "html"))
    message = email.message_from_string(digest(quarter, first, "mail"), policy=email.policy.default)
    parts = [part.get_content() for part in message.iter_parts()]
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert [" ".join(part.split()) for part in parts] == [" ".join(text.split()), " ".join(rich.split())]
    plain = " ".join(text.split())
    for lines in expected.values():
        for line in lines:
            assert line in plain
    assert max(len(line) for line in text.splitlines() if "https:" not in line) <= 72


def digest(quarter, first, form):
    result = CliRunner().invoke(
        cli,
        ["digest", "--since", first, "--format", form, "--handbook", str(quarter.repository.folder)],
        env={"ONEVOICE_TODAY": TODAY.isoformat()},
        standalone_mode=False,
    )
    assert result.exception is None and result.return_value == 0 and result.stderr == ""
    return result.stdout


def test_heard_from_sales(quarter, history):
    """Of the requests of sales, those whose asset came in time; marketing's own are no answer to sales."""
    heard = [(one.request, one.asset, one.day.isoformat()) for one in history.answered_requests]
    assert heard == [("A sheet", "The sheet", "2026-09-18"), ("A video", "The video", "2026-11-02")]
    text = digest(quarter, "2026-10-01", "text")
    section = text.split("Sales asked, we delivered")[1].split("\n\n")[1]
    assert textwrap.dedent(section).startswith("- A video (Sales, August 1, 2026): They want to see it.")
    assert "A sheet" not in text


def states(page):
    """The signatures that a page shows: (state, side)."""
    found = re.findall(r'<span class="ov-signature" data-state="(\w+)">([^<]*)</span>', page)
    return {("marketing" if "arketing" in text else "sales"): state for state, text in found}


def test_signatures(quarter, pages):
    now = records(quarter.data)
    shown = {}
    for kind, folder in (("terms", "glossary"), ("personas", "messaging/personas")):
        for record in quarter.data[kind]:
            if record.get("status", "approved") != "approved":
                continue
            expected = {
                side: "signed" if holds(record, kind, side, quarter.signed) else "changed"
                for side in record.get("signed", {})
            }
            if kind == "personas":
                expected = {"sales": "missing", "marketing": "missing", **expected}
            assert states(pages[f"{folder}/{record['id']}/index.md"]) == expected
            shown[kind, record["id"]] = expected
    assert {"signed", "changed"} >= {state for found in shown.values() for state in found.values()}
    assert sum(state == "changed" for found in shown.values() for state in found.values()) >= 3
    assert now["personas", "buyer"]["signed"]


def test_the_difference_leads_from_what_was_signed_to_what_stands_there(quarter, pages):
    page = pages["glossary/deal/index.md"]
    line = re.search(r"- \*\*Definition:\*\* (.*)", page)[1]
    line = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", line)
    old = re.sub(r"<ins>.*?</ins> *", "", line).replace("<del>", "").replace("</del>", "")
    new = re.sub(r"<del>.*?</del> *", "", line).replace("<ins>", "").replace("</ins>", "")
    assert html.unescape(old).strip() == quarter.signed["terms", "deal", "marketing"]["definition"]
    assert html.unescape(new).strip() == quarter.find("terms", "deal")["definition"]
    assert "What changed since sales signed" in pages["messaging/personas/buyer/index.md"]
    assert "include the text that" not in "".join(pages.values())


def test_due(quarter, pages):
    """Expired, overdue, or due within 30 days; six weeks hold a review."""
    expected = {}
    for (kind, _), record in records(quarter.data).items():
        if record.get("status", "approved") != "approved":
            continue
        expires = datetime.date.fromisoformat(record["expires"]) if "expires" in record else None
        reviewed = record.get("reviewed")
        due = datetime.date.fromisoformat(reviewed["date"]) + datetime.timedelta(weeks=6) if reviewed else None
        if kind == "proof" and record["standing"] != "usable":
            state = record["standing"]
        elif expires and expires < TODAY:
            state = "expired"
        elif due and due < TODAY:
            state = "overdue"
        elif due and min(filter(None, (due, expires))) <= TODAY + datetime.timedelta(days=30):
            state = "soon"
        else:
            continue
        expected[record[NAME[kind]]] = state
    page = pages["catalog/due/index.md"]
    found = re.findall(r'^- \[([^]]*)\]\([^)]*\) <span class="ov-fresh" data-state="(\w+)"', page, re.M)
    assert dict(found) == expected
    assert set(expected.values()) == {"expired", "overdue", "soon"}


def test_the_page_tells_the_same(history, pages):
    page = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", pages["news/index.md"])
    page = html.unescape(page)
    headings = re.findall(r"^## .*? \{ #(\d[\d-]+) \}", page, re.M)
    assert headings == sorted({str(day) for day in by_week(history)}, reverse=True)
    for item in history.news:
        assert item.label in page
        for line in item.lines:
            assert line.text in page


def test_feeds_are_read_back(history, pages):
    atom = feedparser.parse(pages["news/atom.xml"])
    assert not atom.bozo
    assert atom.feed.title == "Acme handbook: news"
    assert atom.feed.links[0].href == "https://acme.example/book/news/atom.xml"
    data = json.loads(pages["news/feed.json"])
    assert data["version"] == "https://jsonfeed.org/version/1.1"
    weeks = by_week(history)
    assert len(atom.entries) == len(data["items"]) == len(weeks)
    assert len({entry.id for entry in atom.entries}) == len(atom.entries)
    moments = [datetime.datetime.fromisoformat(entry.updated) for entry in atom.entries]
    assert moments == sorted(moments, reverse=True)
    assert atom.feed.updated == atom.entries[0].updated
    for entry, item, monday in zip(atom.entries, data["items"], sorted(weeks, reverse=True), strict=True):
        assert (entry.id, entry.title, entry.updated) == (item["id"], item["title"], item["date_modified"])
        assert entry.content[0].value == item["content_html"]
        assert item["title"] == f"Week of {monday:%B} {monday.day}, {monday.year}"
        assert item["url"] == f"https://acme.example/book/news/#{monday}"
        news = [one for one in history.news if one.day - datetime.timedelta(days=one.day.weekday()) == monday]
        sentences = [one.text for one in summarize_news(news)]
        told = item["content_text"].splitlines()
        assert 1 <= len(sentences) <= 3 and told[: len(sentences)] == sentences
        assert told[len(sentences) :] == [
            f"{one.label} ({one.singular}): {line.sentence}" for one in news for line in one.lines
        ]


def test_the_same_again(quarter, pages):
    """The same commits on the same day make the same bytes, from another place too."""
    again = quarter.repository.folder.parent / "clone"
    quarter.repository.git("clone", "-q", f"file://{quarter.repository.folder}", str(again))
    plan = plan_build(again, TODAY)
    assert {
        one.path: one.data.decode("utf-8", "replace") for one in plan.output_files if one.path.startswith("docs/")
    } == {f"docs/{path}": text for path, text in pages.items()}


def test_a_shallow_clone_says_what_it_cannot_know(quarter, history):
    shallow = quarter.repository.folder.parent / "shallow"
    quarter.repository.git("clone", "-q", "--depth", "12", f"file://{quarter.repository.folder}", str(shallow))
    told = tell.load_recent_history(shallow, Handbook(load_folder(shallow)), TODAY)
    assert told.news and set(told.news) < set(history.news)
    first = log.read_commit_log(shallow).commits[0].day
    assert f"only goes back to {first:%B} {first.day}, {first.year}" in told.caveat
    page = {one.path: one.data for one in plan_build(shallow, TODAY).output_files}
    assert told.caveat in page["docs/news/index.md"].decode()
    assert "include the text that marketing signed" in page["docs/glossary/deal/index.md"].decode()


def test_without_git_the_rest_is_told(quarter, tmp_path, pages):
    import shutil

    bare = shutil.copytree(quarter.repository.folder, tmp_path / "bare", ignore=shutil.ignore_patterns(".git"))
    found = {
        one.path.removeprefix("docs/"): one.data.decode("utf-8", "replace")
        for one in plan_build(bare, TODAY).output_files
    }
    assert "built without its Git history" in found["news/index.md"]
    assert feedparser.parse(found["news/atom.xml"]).entries == []
    assert states(found["glossary/deal/index.md"]) == states(pages["glossary/deal/index.md"])
    assert found["catalog/due/index.md"] == pages["catalog/due/index.md"]
