"""What of a site goes elsewhere: old addresses, maps, feeds, frames, cards, corrections; hostile texts in each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree import ElementTree

import feedparser
import html5lib
import icalendar
import pytest

from ledger.charts import labels
from ledger.charts.scene import Label
from ledger.files import Disk
from ledger.loading.assembly import GivenText, load
from ledger.model import About
from ledger.results.survey import survey
from ledger.site import sharing
from ledger.site.build import plan
from ledger.site.folder import write_site
from ledger.site.page import Site
from ledger.site.repository import correction_address, line_address
from support import attacks

DAY = date(2026, 6, 30)
HERE = "https://example.org/c/"
LEDGER = """\
ledger: 1
title: Rain & snow
about: {keeper: Ann, contact: ann@example.org, repository: "https://github.com/ann/rain.git"}
people: {ann: {name: Ann Ash}, bob: {name: Bob, kind: organisation}}
topics: {wet: where it rains, never: never}
sources: {talk: {title: A talk, url: "https://example.org/talk", published: 2024-01-02}}
claims:
  - {id: rain, claim: "It rains <b>.", speaker: ann, said: 2024, source: talk, deadline: 2025, topics: [wet],
     formerly: [wet-day, rain-2025], resolutions: [{outcome: "true", judged: 2026-02-01, happened: 2026-01, note: n}]}
  - {id: snow, claim: It snows., speaker: bob, said: unknown, source: talk, deadline: 2027, see_also: [wet-day]}
"""


@cache
def made(address: str | None = HERE, folder: str | None = "data") -> dict[str, str]:
    ledger = load(Disk(), [GivenText("claims.yaml", LEDGER.encode())])
    assert not ledger.problems
    return {one.path: one.make().text for one in plan(Site(survey(ledger, day=DAY), address, None, folder))}


@cache
def hostile() -> dict[str, str]:
    return {one.path: one.make().text for one in plan(Site(survey(attacks.ledger(), day=attacks.DAY), HERE))}


def test_an_id_that_a_claim_had_before_leads_to_it() -> None:
    for old in ("wet-day", "rain-2025"):
        page = made()[f"claim/{old}.html"]
        assert '<meta http-equiv="refresh" content="0; url=rain.html">' in page
        assert '<link rel="canonical" href="rain.html">' in page and "noindex" in page
        html5lib.HTMLParser(strict=True).parse(page)
    assert "claim/snow-2025.html" not in made()


def test_the_map_names_every_page_that_is_to_be_found_and_no_other() -> None:
    root = ElementTree.fromstring(made()["sitemap.xml"])
    found = [loc.text or "" for loc in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    pages = {path for path, text in made().items() if path.endswith(".html") and "noindex" not in text}
    assert {address.removeprefix(HERE) for address in found} == pages
    assert made()["robots.txt"].splitlines()[-1] == f"Sitemap: {HERE}sitemap.xml"
    assert f'<link rel="canonical" href="{HERE}">' in made()["index.html"]


def test_a_page_for_what_is_not_there_points_to_the_others_in_full() -> None:
    page = made()["404.html"]
    assert not re.findall(r'(?:href|src)="(?!https://)(?!#main)[^"]*"', page)
    assert "canonical" not in page and "noindex" in page


def test_a_site_of_unknown_address_has_no_files_that_need_one() -> None:
    assert not {"404.html", "sitemap.xml", "robots.txt"} & made(None).keys()
    assert "<iframe" not in made(None)["claim/rain.html"] and "og:image" not in made(None)["claim/rain.html"]


def test_files_of_somebody_else_keep_their_place(tmp_path: Path) -> None:
    ledger = load(Disk(), [GivenText("claims.yaml", LEDGER.encode())])
    planned: Sequence = plan(Site(survey(ledger, day=DAY), HERE))  # type: ignore[type-arg]
    write_site(str(tmp_path / "out"), planned)
    (tmp_path / "out" / "robots.txt").write_text("User-agent: *\nDisallow: /\n")
    for _ in range(2):
        write_site(str(tmp_path / "out"), planned)
        assert (tmp_path / "out" / "robots.txt").read_text() == "User-agent: *\nDisallow: /\n"


def test_a_topic_and_a_speaker_have_a_feed_and_a_calendar_of_their_own() -> None:
    whole, part = feedparser.parse(made()["feed.atom"]), feedparser.parse(made()["topic/wet.atom"])
    assert not part.bozo
    assert part.feed.title == "Rain & snow: Wet"
    assert [link.href for link in part.feed.links] == [f"{HERE}topic/wet.atom", f"{HERE}topic/wet.html"]
    assert whole.feed.id != part.feed.id
    assert {entry.id for entry in part.entries} == {entry.id for entry in whole.entries}  # an entry is the same in both
    empty = feedparser.parse(made()["topic/never.atom"])
    assert (empty.entries, empty.feed.updated) == ([], "1970-01-01T00:00:00Z")
    calendar = icalendar.Calendar.from_ical(made()["person/bob.ics"])
    (event,) = calendar.walk("VEVENT")
    assert str(calendar["X-WR-CALNAME"]) == "Rain & snow: Bob"
    assert event["DTSTAMP"].dt.year == 1970  # nothing dated is known of it: the same every day
    assert 'href="../topic/wet.atom">feed</a>' in made()["topic/wet.html"]


def test_a_claim_for_a_frame_is_small_and_leads_to_its_page() -> None:
    page = made()["embed/rain.html"]
    html5lib.HTMLParser(strict=True).parse(page)
    assert '<meta name="robots" content="noindex">' in page and "<nav" not in page and "<script" not in page
    assert 'href="../claim/rain.html">It rains &lt;b&gt;.</a>' in page
    assert "late 31 days" in page and len(page) < 7_000
    claim = made()["claim/rain.html"]
    assert f"&lt;iframe src=&quot;{HERE}embed/rain.html&quot; title=&quot;" in claim
    assert f'<meta property="og:image" content="{HERE}card/rain.svg">' in claim


def test_a_claim_says_how_to_cite_it() -> None:
    cited = "<bdi>Ann</bdi>. <bdi>Rain &amp; snow</bdi>: “<bdi>It rains &lt;b&gt;.</bdi>”"
    when = f"(rain; late 31 days on 30 June 2026). {HERE}claim/rain.html</p>"
    assert f"{cited} {when}" in made()["claim/rain.html"]


def test_a_card_is_a_picture_whose_words_stay_inside() -> None:
    long = "A very long claim about " + "robots and reactors and more " * 20
    cjk = "二〇二六年までに" * 30
    for words in (long, cjk, "w" * 400):
        text = LEDGER.replace("It snows.", words)
        site = Site(survey(load(Disk(), [GivenText("claims.yaml", text.encode())]), day=DAY))
        drawing = sharing.card(site, site.survey.by_id["snow"])
        for item in drawing.items:
            if isinstance(item, Label):
                assert item.x + labels.width_of(item.text, item.size) <= drawing.width and item.y <= drawing.height
    ElementTree.fromstring(made()["card/rain.svg"])


@pytest.mark.parametrize(
    ("repository", "line", "issue"),
    [
        ("https://github.com/a/b.git", "https://github.com/a/b/blob/HEAD/data/c%20d.yaml#L7", "/issues/new?title="),
        ("https://gitlab.com/a/b/", "https://gitlab.com/a/b/-/blob/HEAD/data/c%20d.yaml#L7", "/-/issues/new?issue%5B"),
        ("https://codeberg.org/a/b", None, "https://codeberg.org/a/b/issues/new?title=Correction%3A%20rain"),
        ("https://git.example.org/x", None, "mailto:ann@example.org?subject=Correction%3A%20rain&body="),
        ("javascript:alert(1)", None, "mailto:"),
    ],
)
def test_a_correction_and_a_line_have_the_addresses_of_their_host(
    repository: str, line: str | None, issue: str
) -> None:
    about = About(contact="ann@example.org", repository=repository)
    assert line_address(about, "data", "c d.yaml", 7) == line
    assert line_address(about, None, "c d.yaml", 7) is None
    assert issue in (correction_address(about, "rain", None) or "")


@pytest.mark.parametrize(
    ("contact", "address"),
    [("https://example.org/write", "https://example.org/write"), ("javascript:x@y", None), ("Room 12", None)],
)
def test_a_contact_is_linked_where_it_can_be(contact: str, address: str | None) -> None:
    assert correction_address(About(contact=contact), "rain", None) == address


def test_a_correction_carries_the_claim_whatever_it_is_called() -> None:
    about = About(repository="https://github.com/a/b")
    found = urlsplit(correction_address(about, "a&title=b#c", "https://example.org/?x&y") or "")
    assert parse_qs(found.query) == {
        "title": ["Correction: a&title=b#c"],
        "body": ["About https://example.org/?x&y:\n\n"],
    }
    assert not found.fragment


def test_a_claim_s_line_is_led_to_from_its_page() -> None:
    assert 'href="../lines.html#c-rain">claims.yaml</a>' in made()["claim/rain.html"]
    assert 'href="https://github.com/ann/rain/blob/HEAD/data/claims.yaml#L8"' in made()["lines.html"]


@pytest.mark.parametrize("path", sorted(path for path in hostile() if path.endswith((".svg", ".xml", ".atom"))))
def test_hostile_texts_are_text_in_cards_and_maps(path: str) -> None:
    root = ElementTree.fromstring(hostile()[path])
    for element in root.iter():
        tag = str(element.tag).rpartition("}")[2]
        assert tag not in ("script", "foreignObject", "image", "iframe", "use")
        assert not [key for key in element.attrib if key.lower().startswith("on")]
        target = element.get("href") or ""
        assert not target or target.startswith((HERE, "https://"))


def test_hostile_keys_are_no_paths_and_no_addresses() -> None:
    assert all(re.fullmatch(r"[a-z0-9./-]+", path) and ".." not in path for path in hostile())
    addresses = re.findall("<loc>([^<]*)</loc>", hostile()["sitemap.xml"])
    assert all(unquote(address).startswith(HERE) and " " not in address for address in addresses)
    assert hostile()["robots.txt"].count("\n") == 5
