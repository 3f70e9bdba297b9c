"""Call cards that can't contradict themselves: what is for us, and what has expired, is never offered to be sent."""

import datetime
import re
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

from crawl import Page, pages
from handbooks import ROOT, TODAY
from onevoice.commands import cli
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import load_folder
from onevoice.run.build import plan_build

DAY = datetime.date.fromisoformat(TODAY)
BOOK = Handbook(load_folder(ROOT))
ASSETS = {asset.url: asset for asset in BOOK.list_approved("assets")}
CELLS = [(persona, stage) for persona in BOOK.list_approved("personas") for stage in BOOK.stages]
STAGE = {"question": "q", "customer": "c", "marketing": "m", "sales": "s", "done_when": "d"}
FACET = {"summary": "s", "signs": ["s"], "wants": ["w"]}


def bare(url: str) -> str:
    return urlsplit(url)._replace(query="", fragment="").geturl()


def links(page: Page, kind: str) -> list[str]:
    """The addresses that links of a class lead to, without their tracking."""
    found = [given for tag, given in page.tags if tag == "a" and kind in (given.get("class") or "").split()]
    return [bare(given["href"]) for given in found]


def test_no_page_offers_what_customers_may_not_get(site):
    offered = 0
    for address, page in pages(site).items():
        for url in links(page, "ov-send"):
            assert ASSETS[url].is_sendable(DAY), f"{address} offers {url}"
            offered += 1
        for url in map(bare, page.links):
            if url in ASSETS:
                assert not ASSETS[url].is_expired(DAY), f"{address} links to {url}, which has expired"
                assert not ASSETS[url].is_internal or url in links(page, "ov-use"), f"{address} offers {url}"
    assert offered > 200


def test_the_word_box_offers_to_send_what_customers_may_get(site):
    script = (site / "assets/labels.js").read_text("utf-8")
    found = dict(re.findall(r'^\["catalog/([\w-]+)/","(asset|internal|expired)"', script, re.M))
    wanted = {
        asset.id: "internal" if asset.is_internal else "expired" if asset.is_expired(DAY) else "asset"
        for asset in ASSETS.values()
    }
    assert {"internal", "expired"} < {*wanted.values()}
    assert found == wanted


def test_an_expired_asset_names_its_successor(site):
    expired = [asset for asset in ASSETS.values() if asset.is_expired(DAY)]
    assert expired
    known = pages(site)
    for asset in expired:
        following = BOOK.find_successor(asset, DAY)
        page = known[f"/catalog/{asset.id}/"]
        assert f"Use this instead: {following.title}" in " ".join(page.text.split())
        assert f"/catalog/{following.id}/" in [
            urlsplit(urljoin(f"/catalog/{asset.id}/", url)).path for url in page.links
        ]


def test_each_card_is_of_one_piece(site):
    """All cards: each says something of its own, with a claim and an asset of its own that belong to it."""
    known, seen = pages(site), []
    assert len(CELLS) == 12
    lines = {" ".join(message.say.split()): message for message in BOOK.list_approved("messages") if message.say}
    for persona, stage in CELLS:
        address = f"/messaging/{persona.id}/{stage.id}/"
        slots = read_slots((site / address.strip("/") / "index.html").read_text("utf-8"))
        said = slots["say"].text.partition(" Reviewed ")[0].removeprefix("Say ")
        line = lines[said]
        assert line.personas == (persona.id,) and stage.id in line.stages, address
        claims = [urlsplit(link).fragment for link in slots["proof"].links if "/proof/#" in link]
        assert len(claims) == 1 and claims[0] in line.proof, address
        proof = BOOK.find_record("proof", claims[0])
        assert proof.is_usable(DAY) and not proof.find_doubt(DAY), address
        (url,) = links(slots["sendit"], "ov-send")
        assert line.id in ASSETS[url].carries and proof.id in ASSETS[url].leans_on, address
        assert len(slots["askthem"].text.split()) > 5, address
        for offered in links(known[address], "ov-send"):
            assert ASSETS[offered].is_sendable(DAY), f"{address} offers {offered}"
        seen.append((said, proof.id, url))
    for texts in zip(*seen, strict=True):
        assert len(set(texts)) == 12


def read_slots(html: str) -> dict[str, Page]:
    """The five boxes of a card by their class, without `ov-`."""
    card = html.partition('<div class="ov-card">')[2]
    starts = [*re.finditer(r'<div class="ov-(say|not|askthem|proof|sendit)">', card)]
    ends = [*(match.start() for match in starts[1:]), card.index('<h2 id="what-you-may-hear">')]
    found = {start[1]: Page(card[start.end() : end]) for start, end in zip(starts, ends, strict=True)}
    for page in found.values():
        page.text = " ".join(page.text.split()).replace("¶", "").replace("  ", " ")
    return found


def test_the_email_after_a_call_has_no_word_of_ours(site, tmp_path):
    """Twelve emails: each has the line, its proof and the link, and our own lint finds nothing in it."""
    for address, page in pages(site).items():
        for tag, given in page.tags:
            if tag == "a" and given.get("class") == "ov-email":
                fields = parse_qs(urlsplit(given["href"]).query, strict_parsing=True)
                (subject,), (body,) = fields["subject"], fields["body"]
                text = body.replace("\r\n", "\n")
                assert subject and text.count("https://") == 1 and "(Source: " in text, address
                assert not re.search(r"\b(?:MQL|SQL|lead score|persona)\b", text), address
                # Who reads the same figure twice in three sentences stops reading.
                figures = re.findall(r"(?<!\d)(?!20\d\d)\d\d+", text.partition("https://")[0])
                assert len(figures) == len({*figures}), f"{address}: {text}"
                assert "?:" not in text, address
                (tmp_path / f"{address.strip('/').replace('/', '-')}.txt").write_text(text)
    assert len([*tmp_path.iterdir()]) == 12
    result = CliRunner().invoke(cli, ["lint", str(tmp_path), "--handbook", str(ROOT), "--no-cache"])
    assert result.exit_code in (0, 3), result.output


# --- a handbook of one card, in which something changes


@pytest.fixture
def write(tmp_path):
    """A function that writes a handbook with one card from assets and plays, and renders its pages."""

    def render(assets: list[dict], plays: tuple[dict, ...] = (), today: datetime.date = DAY) -> dict[str, str]:
        usual = {
            "summary": "s",
            "type": "deck",
            "job": "sales",
            "personas": ["head"],
            "stages": ["meet"],
            "use_when": "u",
            "carries": ["line"],
        }
        records = {
            "brand": {"name": "Acme", "utm": "utm_source={channel}&utm_campaign={asset}&utm_content={persona}-{stage}"},
            "journey": {"summary": "s", "stages": [{"id": "meet", "name": "Meet", **STAGE}]},
            "personas": [
                {"id": "head", "name": "Head of buying", "summary": "s", "goals": ["g"], "pains": ["p"]}
                | {"interested": FACET, "ready_to_buy": FACET}
            ],
            "messages": [
                {"id": "pitch", "type": "pitch", "title": "A pitch", "say": "For anybody."},
                {
                    "id": "line",
                    "type": "value",
                    "title": "A line",
                    "say": "For you.",
                    "personas": ["head"],
                    "stages": ["meet"],
                },
            ],
            "assets": [
                {"title": one["id"].title(), "url": f"https://acme.example/{one['id']}", **usual, **one}
                for one in assets
            ],
            "plays": [
                {"title": "t", "type": "campaign", "summary": "s", "why": "w", "starts": TODAY, "ends": TODAY, **one}
                for one in plays
            ],
        }
        (tmp_path / "content").mkdir(exist_ok=True)
        (tmp_path / "terminology").mkdir(exist_ok=True)
        (tmp_path / "terminology" / "terms.yaml").write_text("terms: []\n")
        for kind, found in records.items():
            with (tmp_path / "content" / f"{kind}.yaml").open("w") as file:
                YAML().dump({kind: found}, file)
        plan = plan_build(tmp_path, today)
        return {one.path: one.data.decode("utf-8", "replace") for one in plan.output_files if one.path.endswith(".md")}

    return render


CARD = "docs/messaging/head/meet/index.md"


def section(text: str, heading: str) -> str:
    """A section of a page without its heading; "" if there is none."""
    found = re.search(rf"^## {heading}\b[^\n]*\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    return found[1] if found else ""


def test_a_card_without_an_asset_has_no_email(write):
    found = write([])
    assert ".ov-email" not in found[CARD] and ".ov-rest" not in found[CARD].partition("A pitch")[0]
    assert "[Follow-up email](mailto:?subject=Sheet&amp;body=" in write([{"id": "sheet"}])[CARD]


@pytest.mark.parametrize("kind", ["script", "battle card"])
def test_a_handbook_that_does_not_say_for_whom(write, kind):
    found = write([{"id": "ours", "type": kind}, {"id": "theirs"}])
    assert "[Theirs](https://acme.example/theirs?" in section(found[CARD], "Send")
    assert "[Ours]" not in section(found[CARD], "More to send")
    assert "(https://acme.example/ours){ .ov-use }" in section(found[CARD], "Use on the call")
    for path, text in found.items():
        assert not re.search(r"acme\.example/ours[^)]*\)\{[^}]*ov-send", text), path


@pytest.mark.parametrize("given", [{"for": "us"}, {"expires": "2026-11-20"}])
def test_what_may_not_be_sent_leaves_the_card_the_play_and_the_catalog(write, given):
    found = write(
        [{"id": "sheet", **given}],
        ({"id": "play", "use" if "for" in given else "send": ["sheet"]},),
    )
    assert "Nothing fits yet." in section(found[CARD], "Send")
    assert "Sheet" not in section(found[CARD], "More to send")
    shown = [path for path, text in found.items() if "acme.example/sheet" in text]
    assert bool(shown) == ("for" in given)
    for path, text in found.items():
        assert ".ov-send" not in text, path
        assert "utm_campaign" not in text, path


def test_a_script_of_customers(write):
    found = write([{"id": "film", "type": "script", "for": "customers"}])
    assert "acme.example/film" in section(found[CARD], "Send")


def test_the_last_of_a_row_of_successors_is_named(write):
    row = [
        {"id": "one", "expires": "2025-01-01", "replaced_by": "two"},
        {"id": "two", "expires": "2026-01-01", "replaced_by": "three"},
        {"id": "three", "expires": "2026-11-21"},
    ]
    found = write(row)
    for id in ("one", "two"):
        assert "Use this instead: [Three](../three/index.md)" in found[f"docs/catalog/{id}/index.md"]
    found = write(row, today=DAY + datetime.timedelta(days=1))
    assert "Don't send it. Nothing replaces it yet." in found["docs/catalog/three/index.md"]


def test_tracking_says_only_what_is_known(write):
    found = write([{"id": "sheet"}])
    tracked = "https://acme.example/sheet?utm_source=email&amp;utm_campaign=sheet"
    assert f"({tracked}&amp;utm_content=head-meet)" in found[CARD]
    assert f"({tracked})" in found["docs/catalog/index.md"]


@pytest.mark.parametrize(
    ("given", "answer", "reason"),
    [
        ({"data_from": "2026-09"}, "Yes", ""),
        ({}, "Yes", ""),
        ({"data_from": "2023"}, "Yes", ""),
        ({"data_from": "2023-10"}, "Ask first", "the data is more than 3 years old"),
        ({"data_from": "2019"}, "Ask first", "the data is more than 3 years old"),
        ({"data_from": "unknown"}, "Ask first", "nobody knows from when the data is"),
        ({"reviewed": {"date": "2024-01-01"}}, "Ask first", "its review is overdue"),
        ({"reviewed": None}, "Ask first", "nobody has reviewed it yet"),
        ({"standing": "disputed"}, "No", ""),
        ({"standing": "expired"}, "No", ""),
        ({"expires": "2026-11-20"}, "No", ""),
    ],
)
def test_whether_a_claim_may_be_made(tmp_path, given, answer, reason):
    usual = {"title": "t", "claim": "c", "standing": "usable", "say": "So it is.", "basis": "b", "source": "s"}
    record = {"id": "one", **usual, "reviewed": {"date": "2026-11-01"}, **given}
    (tmp_path / "content").mkdir()
    with (tmp_path / "content" / "proof.yaml").open("w") as file:
        YAML().dump({"proof": [{key: value for key, value in record.items() if value is not None}]}, file)
    plan = plan_build(tmp_path, DAY)
    text = next(one.data.decode() for one in plan.output_files if one.path == "docs/messaging/proof/index.md")
    assert re.findall(r'class="ov-answer" data-answer="[\w-]+"[^>]*>([^<]+)<', text) == [answer, answer]
    assert reason in text
    instead = "Don't say this anymore" if "expires" in given else "Say instead"
    assert (f"**{instead}:** So it is." in text) == (answer == "No")
    assert ("ov-words" in text) == (answer != "No")
