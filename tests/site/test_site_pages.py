"""The pages of a site: valid, complete, the same each time, harmless whatever the ledger says."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest

from ledger.files import Disk
from ledger.loading.assembly import GivenText, load
from ledger.model import Ledger
from ledger.results.survey import survey
from ledger.scoring.meaning import MEANINGS
from ledger.site import environment
from ledger.site.build import plan
from ledger.site.page import File, Site
from ledger.status import STATUSES
from support import attacks

DAY = date(2026, 6, 30)
LEDGER = """\
ledger: 1
title: Rain & snow
people:
  ann: {name: Ann Ash, note: A forecaster.}
  bob: {name: Bob}
topics: {rain: "rain, and where", unused: never}
sources:
  talk:
    {title: A talk, publisher: The Paper, url: "https://example.org/talk?a=1&b=2", published: 2025-01-09, event: A fair}
claims:
  - id: rain
    claim: It rains in Rome in 2025.
    speaker: ann
    said: 2025-01-08
    source: talk
    at: line 3
    quote: it will <b>rain</b>
    wording: quoted
    topics: [rain]
    deadline: 2025
    deadline_words: this year
    criteria: |-
      The weather service says so.

      Nobody else does.
    series: rains
    added: 2026-01-02
    resolutions:
      - {outcome: ambiguous, judged: 2026-01-02, note: Unclear at first.}
      - {outcome: "false", judged: 2026-02-01, value: 0, evidence: [{source: talk, says: None fell.}], by: Cy}
      - {outcome: "true", judged: 2026-12-01, note: From the future.}
  - {id: rain-again, claim: It rains in Rome in 2026., speaker: ann, said: 2026-01-01, source: talk, deadline: 2026,
     series: rains, revises: rain, topics: [rain]}
  - {id: late, claim: Snow by March., speaker: bob, said: 2025, source: talk, deadline: 2026-03,
     resolutions: [{outcome: "true", judged: 2026-05-01, happened: 2026-04, note: It did.}]}
  - {id: owed, claim: Hail by May., speaker: bob, said: 2025, source: talk, deadline: 2026-05, checked: 2026-06-01}
  - {id: one-day, claim: Frogs some day., speaker: bob, said: unknown, source: talk, deadline: none}
  - {id: fact, claim: It is dry., speaker: ann, said: 2025-01-08, source: talk, kind: statement}
  - {id: unsaid, claim: Not said yet., speaker: ann, said: 2026-07-01, source: talk, deadline: 2027}
"""


def loaded(text: str) -> Ledger:
    found = load(Disk(), [GivenText("data/claims.yaml", text.encode())])
    assert not found.problems
    return found


def built(ledger: Ledger, day: date = DAY, address: str | None = None) -> dict[str, str]:
    files: Iterable[File] = (file.make() for file in plan(Site(survey(ledger, day=day), address)))
    found = [(file.path, file.text) for file in files]
    assert len(dict(found)) == len(found)
    return dict(found)


@cache
def site() -> dict[str, str]:
    return built(loaded(LEDGER))


@cache
def attacked() -> dict[str, str]:
    return built(attacks.ledger(), attacks.DAY, "https://example.org/")


def parsed(text: str) -> Element:
    """The page as browsers read it; ParseError where it is not valid."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


def words(text: str) -> str:
    """What a reader sees."""
    page = parsed(text)
    for element in page.iter():
        if element.tag in ("script", "style", "{http://www.w3.org/2000/svg}svg", "svg"):
            tail = element.tail
            element.clear()
            element.tail = tail
        if element.tag in ("p", "dt", "dd", "li", "th", "td", "h1", "h2", "h3", "title"):
            element.tail = f" {element.tail or ''}"
    return " ".join("".join(page.itertext()).split())


PAGES = sorted(name for name in site() if name.endswith(".html"))


# --- what there is ---------------------------------------------------------------------------------------------


def test_there_is_a_page_for_everything_known_on_the_day() -> None:
    names = ("rain", "rain-again", "late", "owed", "one-day", "fact")
    assert sorted(site()) == sorted(
        [
            *(f"{path.format(name)}" for name in names for path in ("claim/{}.html", "embed/{}.html", "card/{}.svg")),
            *(
                f"{of}.{end}"
                for of in ("person/ann", "person/bob", "topic/rain", "topic/unused")
                for end in ("atom", "ics")
            ),
            *(
                "index.html",
                "claims.html",
                "topics.html",
                "people.html",
                "series.html",
                "sources.html",
                "score.html",
                "method.html",
            ),
            *("person/ann.html", "person/bob.html", "topic/rain.html", "topic/unused.html", "series/rains.html"),
            *("source/talk.html", "assets/style.css", "assets/site.js", "assets/icon.svg", "assets/claims.js"),
            *(
                "assets/claims-0.js",
                "assets/words-0.js",
                "lines.html",
                "changes.html",
                "claims.csv",
                "claims.jsonl",
                "deadlines.ics",
                "feed.atom",
            ),
        ]
    )


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_valid_and_have_one_heading_and_unique_ids(name: str) -> None:
    page = parsed(site()[name])
    assert len(list(page.iter("h1"))) == 1
    assert len(list(page.iter("main"))) == 1
    ids = Counter(element.get("id") for element in page.iter() if element.get("id"))
    assert [name for name, count in ids.items() if count > 1] == []
    for element in page.iter():
        for reference in (element.get("aria-labelledby") or "").split():
            assert reference in ids


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere(name: str) -> None:
    for element in parsed(site()[name]).iter():
        target = element.get("href") or element.get("src")
        if target is None or target.startswith(("#", "https://example.org/talk")):
            continue
        parts = urlsplit(target)
        assert not parts.scheme, target
        path = PurePosixPath(name).parent
        for step in unquote(parts.path).split("/"):
            path = path.parent if step == ".." else path / step
        assert str(path) in site(), f"{name} links to {target}"


def test_the_front_page_tells_the_score_and_what_is_owed() -> None:
    text = words(site()["index.html"])
    assert "A record of 6 public claims by 2 speakers" in text
    assert "Of two claims that are past their deadline and judged, none came true in time; " in text
    assert "one came true late and one did not come true." in text
    assert "That is a rate of 0%, with an interval from 0% to 66%. " + MEANINGS["interval"].sentence in text
    assert "One more claim waits for a verdict; depending on that, the rate would lie between 0% and 33%." in text
    assert "Not in the rate: one still open, one without a deadline and one not scored." in text
    assert "overdue 30 days May 2026 Hail by May. Bob" in text
    assert "open, in 6 months 2026 It rains in Rome in 2026. Ann Ash" in text
    assert "1 June 2026 1 claim looked at, nothing decisive found" in text
    assert "From the future" not in text


def test_a_claim_page_has_its_words_source_judgements_and_series() -> None:
    text = words(site()["claim/rain.html"])
    assert "“it will <b>rain</b>”" in text
    cited = "A talk, The Paper, 9 January 2025, line 3. A fair. https://example.org/talk?a=1&b=2"
    assert f"Ann Ash, 8 January 2025. {cited}" in text
    assert "false judged 1 February 2026, value 0, by Cy None fell. A talk" in text
    assert "ambiguous judged 2 January 2026; an earlier judgement, kept Unclear at first." in text
    assert "Revised by It rains in Rome in 2026. said 1 January 2026, deadline 2026, open, in 6 months" in text
    assert "Deadline 2025 (1 January to 31 December 2025) - “this year”" in text
    assert "The series Rains" in text
    assert "In the file claims.yaml" in text
    assert "It rains in Rome in 2025. rain claims.yaml:11" in words(site()["lines.html"])


def test_a_claim_says_why_it_is_not_scored() -> None:
    assert "Account not scored: it is a statement" in words(site()["claim/fact.html"])


def test_a_claim_page_holds_its_data_for_search_engines() -> None:
    page = parsed(site()["claim/rain.html"])
    (data,) = [e.text for e in page.iter("script") if e.get("type") == "application/ld+json"]
    graph = json.loads(data or "")["@graph"]
    assert [node["@type"] for node in graph] == ["Claim", "ClaimReview", "ClaimReview"]


def test_the_method_page_explains_every_state_and_every_number() -> None:
    text = words(site()["method.html"])
    for status in STATUSES:
        assert f" {status} " in text
    for meaning in MEANINGS.values():
        for part in (meaning.sentence, meaning.says_not, meaning.formula, meaning.reference):
            assert " ".join(part.split()) in text


def test_charts_have_words_for_who_does_not_see_them_and_a_table_beside_them() -> None:
    for name in PAGES:
        page = parsed(site()[name])
        charts = [e for e in page.iter() if e.tag.endswith("svg") and "chart" in (e.get("class") or "")]
        assert all(chart.get("role") == "img" and len(chart.get("aria-label") or "") > 10 for chart in charts)
        if charts:
            assert any(True for _ in page.iter("table")), name


def test_a_day_before_anything_was_said_is_told_as_such() -> None:
    pages = built(loaded(LEDGER.replace("said: unknown", "said: 2025")), date(2024, 1, 1))
    assert "No claim was known on this day." in words(pages["index.html"])
    for text in (pages[name] for name in pages if name.endswith(".html")):
        parsed(text)


def test_long_lists_are_spread_over_pages_whose_names_no_claim_can_have() -> None:
    head = LEDGER.partition("claims:\n")[0]
    claims = "".join(
        f"  - {{id: c{i}, claim: Claim {i}., speaker: bob, said: 2025, source: talk, deadline: 2027-01-01}}\n"
        for i in range(450)
    )
    pages = built(loaded(f"{head}claims:\n{claims}"))
    for name in ("claims", "person/bob"):
        found = [f"{name}.html", f"{name}.2.html", f"{name}.3.html"]
        assert [
            parsed(pages[path]).findall(".//table[@class='claims sortable']/tbody/tr").__len__() for path in found
        ] == [
            200,
            200,
            50,
        ]
    assert "1 to 200 of 450" in words(pages["claims.html"])
    assert 'rel="next" href="../person/bob.3.html"' in pages["person/bob.2.html"]
    assert len(pages["index.html"]) < 200_000


# --- the same bytes --------------------------------------------------------------------------------------------


def test_the_same_ledger_and_day_give_the_same_bytes() -> None:
    assert built(loaded(LEDGER)) == site()


def test_nothing_tells_where_the_ledger_lay() -> None:
    elsewhere = load(Disk(), [GivenText("/home/somebody/private/claims.yaml", LEDGER.encode())])
    assert built(elsewhere) == site()


# --- the script's data -----------------------------------------------------------------------------------------


def data_of(script: str, name: str) -> list[object]:
    match = re.fullmatch(rf"forecastLedger\.{name}\((.*)\);\n", script, re.DOTALL)
    assert match
    found: list[object] = json.loads(f"[{match[1]}]")
    return found


def test_the_script_has_every_claim_and_every_word() -> None:
    (head,) = data_of(site()["assets/claims.js"], "head")
    part, rows = data_of(site()["assets/claims-0.js"], "claims")
    assert part == 0
    part, texts = data_of(site()["assets/words-0.js"], "words")
    assert isinstance(head, dict) and isinstance(rows, list) and isinstance(texts, list)
    assert (head["total"], head["parts"], head["kinds"]) == (6, 1, [["prediction", 5], ["statement", 1]])
    first = dict(zip(head["columns"], rows[0], strict=True))
    assert (first["id"], first["page"], first["phrase"]) == ("rain", "claim/rain.html", "miss")
    assert head["people"][first["speaker"]] == ["ann", "Ann Ash", 3]
    assert head["topics"][first["topics"][0]] == ["rain", "Rain", 2]
    assert [dict(zip(head["columns"], row, strict=True))["id"] for row in rows][-2:] == ["one-day", "fact"]
    assert texts[0].split("\n")[:4] == ["rain", "it rains in rome in 2025.", "line 3", "it will <b>rain</b>"]


# --- attacks ---------------------------------------------------------------------------------------------------

HANDLERS = re.compile("^on", re.IGNORECASE)
HARMLESS = {"script": {"src", "defer", "type"}, "a": {"href", "rel", "class", "aria-current", "title"}}


@pytest.mark.parametrize("name", sorted(attacked()))
def test_nothing_steers_a_terminal(name: str) -> None:
    allowed = "\u2028" if name == "assets/site.js" else ""
    assert [c for c in attacked()[name] if c in "\x00\x07\x1b\x9b\u202e\u2066\u2028" and c not in allowed] == []


@pytest.mark.parametrize("name", sorted(name for name in attacked() if name.endswith(".html")))
def test_a_hostile_ledger_changes_no_page(name: str) -> None:
    page = parsed(attacked()[name])
    for element in page.iter():
        tag = element.tag.rpartition("}")[2]
        assert tag not in ("iframe", "object", "embed", "base", "img", "textarea"), name
        assert not [key for key in element.attrib if isinstance(key, str) and HANDLERS.match(key)]
        assert "style" not in element.attrib
        if tag == "script" and element.get("type") == "application/ld+json":
            json.loads(element.text or "")
        elif tag == "script":
            assert element.text is None
            assert (element.get("src") or "").startswith(("assets/", "../assets/", "https://example.org/assets/"))
        target = element.get("href") or element.get("src") or ""
        assert urlsplit(target).scheme in ("", "https", "http"), target
        assert "evil" not in urlsplit(target).netloc or '"' not in target
    assert "{{ 7*7 }}" in attacked()[name] or "7*7" not in attacked()[name]


def test_a_hostile_key_is_no_path() -> None:
    assert all(re.fullmatch(r"[a-z0-9./-]+", name) and ".." not in name for name in attacked())
    assert all(len(PurePosixPath(name).parts) <= 2 for name in attacked())


def test_the_data_of_the_script_is_only_data() -> None:
    data_of(attacked()["assets/claims.js"], "head")
    for name in ("claims", "words"):
        data_of(attacked()[f"assets/{name}-0.js"], name)


def test_every_page_has_a_policy_that_lets_nothing_in() -> None:
    for name in PAGES:
        (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', site()[name])
        assert policy.startswith("default-src 'none'; ")
        assert "unsafe" not in policy and "http" not in policy and "*" not in policy


FOREIGN = """\
ledger: 1
title: توقعات
about: {keeper: "Ann <b>", contact: ann@example.org, repository: "https://example.org/r?a=1&b", licence: CC-BY-4.0}
people: {ann: {name: محمد علي}}
sources: {talk: {title: خطاب, publisher: Reuters, published: 2025-01}}
claims:
  - {id: rain, claim: ستمطر السماء., speaker: ann, said: 2025-01, source: talk, deadline: 2026, quote: ستمطر}
  - {id: snow, claim: Snow falls., speaker: ann, said: 2025-H1~, source: talk, deadline: 2027}
"""


def test_text_of_another_direction_stands_apart_from_what_is_around_it() -> None:
    page = built(loaded(FOREIGN))["claim/rain.html"]
    assert '<h1 dir="auto">ستمطر السماء.</h1>' in page and '<blockquote dir="auto">' in page
    assert '<a dir="auto" href="../person/ann.html">محمد علي</a>, <time datetime="2025-01">January 2025</time>' in page
    assert '<a dir="auto" href="../source/talk.html">خطاب</a>, <bdi>Reuters</bdi>, <bdi>January 2025</bdi>' in page


BACKWARD = re.compile("[\u0590-\u08ff]")
ARABIC = """\
ledger: 1
title: توقعات
people: {ann: {name: محمد علي, note: كاتب}, bob: {name: Bob}}
topics: {rain: مطر}
sources: {talk: {title: خطاب, publisher: جريدة, event: معرض, note: ملاحظة, published: 2025-01}}
claims:
  - {id: rain, claim: ستمطر السماء., speaker: ann, said: 2025-01, source: talk, deadline: 2026, quote: ستمطر, series: a,
     topics: [rain], criteria: خدمة, note: قال, condition: إن, deadline_words: هذا العام, probability_words: ربما,
     quantity: {at_least: 2, unit: أيام}, forecasts: [{by: ann, date: 2025-02-01, probability: 20%, note: ظن}],
     observations: [{date: 2025-03-01, value: 1, note: رأى, evidence: [{title: صفحة, says: نعم}]}],
     amended: [{date: 2025-04-01, fields: [note], why: خطأ}],
     resolutions: [{outcome: "true", judged: 2026-02-01, by: سامي, note: كان, evidence: [{source: talk, says: نزل}]}]}
  - {id: snow, claim: ثلج., speaker: bob, said: 2025-H1~, source: talk, deadline: 2025, series: a, revises: rain}
"""


def test_no_text_from_right_to_left_stands_bare_beside_others() -> None:
    for name, text in built(load(Disk(), [GivenText("claims.yaml", ARABIC.encode())])).items():
        if not name.endswith(".html"):
            continue
        page = parsed(text)
        parents = {child: parent for parent in page.iter() for child in parent}
        for element in page.iter():
            for words, inside in ((element.text, element), (element.tail, parents.get(element))):
                if words and BACKWARD.search(words) and str(element.tag) != "script":
                    assert any(map(keeps_apart, [*up(inside, parents)])), (name, words)


def up(at: Element | None, parents: dict[Element, Element]) -> Iterator[Element]:
    while at is not None:
        yield at
        at = parents.get(at)


def keeps_apart(element: Element) -> bool:
    return str(element.tag).rpartition("}")[2] in ("bdi", "title", "svg") or element.get("dir") is not None


def test_a_table_says_by_what_it_is_sorted() -> None:
    heads = {
        name: [(head.get("aria-sort"), head.text) for head in parsed(site()[name]).iter("th") if head.get("aria-sort")]
        for name in ("claims.html", "claim/rain.html")
    }
    assert heads == {"claims.html": [("ascending", "Deadline")], "claim/rain.html": [("ascending", "Said")]}


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        (1, "A sign for each claim with a deadline, in the year in which the deadline ends."),
        (30, "Claims with a deadline by their state, in the year in which the deadline ends. The longest bar is 30"),
    ],
)
def test_what_a_chart_is_said_to_show_depends_on_how_much_there_is(claims: int, words: str) -> None:
    head = LEDGER.partition("claims:\n")[0]
    rows = "".join(
        f"  - {{id: c{i}, claim: Claim {i}., speaker: bob, said: 2025, source: talk, deadline: 2027}}\n"
        for i in range(claims)
    )
    assert words in built(loaded(f"{head}claims:\n{rows}"))["index.html"]


def test_a_period_that_is_no_day_month_or_year_is_given_none() -> None:
    page = built(loaded(FOREIGN))["claim/snow.html"]
    assert "<bdi>about first half of 2025</bdi>" in page and 'datetime="2025' not in page


def test_the_footer_says_who_answers_and_where_to_write() -> None:
    pages = built(loaded(FOREIGN))
    for page in ("index.html", "claim/rain.html"):
        footer = pages[page].split("<footer>")[1]
        assert "Kept by <bdi>Ann &lt;b&gt;</bdi>. Corrections to <bdi>ann@example.org</bdi>. Licence: " in footer
        assert 'href="https://example.org/r?a=1&amp;b">The file and its history</a>' in footer
    assert "Kept by" not in site()["index.html"]


def test_a_page_that_is_shared_says_what_it_is() -> None:
    page = built(loaded(FOREIGN), address="https://example.org/c/")["claim/rain.html"]
    assert '<meta property="og:title" content="ستمطر السماء.">' in page
    assert '<meta property="og:url" content="https://example.org/c/claim/rain.html">' in page


def test_every_outcome_and_state_has_its_sign_and_place() -> None:
    from ledger.charts.palette import STATUS_ROLES, STATUS_SIGNS
    from ledger.fields import OUTCOMES
    from ledger.site import views
    from ledger.status import STATUSES

    assert set(views._SIGNS) == set(OUTCOMES)
    assert set(STATUS_ROLES) >= set(STATUSES) and set(STATUS_SIGNS) >= set(STATUSES)


def test_a_site_of_claims_in_every_state_is_made() -> None:
    from support.ledgers import ledger

    made = load(Disk(), [GivenText("claims.yaml", ledger().encode())])
    for day in (date(2024, 6, 1), date(2026, 11, 22), date(2028, 1, 1)):
        assert [file.make() for file in plan(Site(survey(made, day=day), None))]


MEASURED = """\
ledger: 1
people: {ann: {name: Ann}}
sources: {talk: {title: A talk}}
claims:
  - {id: many, claim: Many., speaker: ann, said: 2024-01, source: talk, deadline: 2025,
     quantity: {at_least: 50, range: [50, 100], unit: robots},
     observations: [{date: 2024-06-01, value: 12}, {date: 2024-09-01, note: none},
       {date: 2027-01-01, value: 99}],
     amended: [{date: 2024-07-01, fields: [deadline_words, criteria], why: "Said <b>so</b>."}],
     resolutions: [{outcome: "false", judged: 2026-02-01, value: 30, note: Counted.}]}
  - {id: bare, claim: Bare., speaker: ann, said: 2024-01, source: talk, deadline: 2025, quantity: {at_least: 50}}
  - {id: point, claim: Point., speaker: ann, said: 2024-01, source: talk, deadline: none, quantity: {point: 5},
     observations: [{date: 2024-06-01, value: 0}]}
  - {id: huge, claim: Huge., speaker: ann, said: 2024-01, source: talk, deadline: none, quantity: {at_least: 1.0e+300},
     observations: [{date: 2024-06-01, value: 1.0e+300}]}
"""


def test_a_number_is_drawn_against_its_target() -> None:
    pages = built(load(Disk(), [GivenText("claims.yaml", MEASURED.encode())]))
    page = pages["claim/many.html"]
    told = "at least 50, said 50 to 100; seen 12, 1 Jun 2024; judged 30, 31 Dec 2025."
    assert f'aria-label="Against the target: {told}"' in page
    assert "seen 12 1 Jun 2024 judged 30 31 Dec 2025" in words(page)
    assert "in the pale field it comes true" in page
    assert "The number as it was seen." in pages["claim/point.html"]
    assert all("Against the target" not in pages[f"claim/{name}.html"] for name in ("bare", "huge"))


def test_the_changes_are_told_newest_first_with_their_reasons() -> None:
    text = words(built(load(Disk(), [GivenText("claims.yaml", MEASURED.encode())]))["changes.html"])
    judged = "1 February 2026 judged false, value 30 Many. Ann miss Counted."
    assert f"{judged} 1 July 2024 corrected: deadline words, criteria Many. Ann miss Said <b>so</b>." in text
    assert "Nothing has been judged or corrected yet." in built(loaded(LEDGER), date(2025, 6, 1))["changes.html"]


def fetched(pages: dict[str, str], name: str) -> dict[str, int]:
    """What a browser asks for to show a page, with its bytes."""
    found = [element.get("src") or element.get("href") or "" for element in parsed(pages[name]).iter("script")]
    found += [
        link.get("href") or "" for link in parsed(pages[name]).iter("link") if link.get("rel") in ("stylesheet", "icon")
    ]
    names = {name, *(address.removeprefix("../") for address in found if address)}
    return {one: len(pages[one].encode()) for one in names}


def test_pages_are_light_and_ask_for_little() -> None:
    """A bound that a page of a ledger of 1,000 claims keeps: it grows with what it tells, not with the ledger."""
    head = LEDGER.partition("claims:\n")[0]
    rows = "".join(
        f"  - {{id: c{i}, claim: Claim {i} about rain in {i} places., speaker: ann, said: 2025, source: talk, "
        f"deadline: {2024 + i % 9}, topics: [rain], series: s{i // 20}, criteria: The weather service says so.}}\n"
        for i in range(1000)
    )
    pages = built(loaded(f"{head}claims:\n{rows}"))
    most = {"index.html": 40_000, "claims.html": 100_000, "claim/c500.html": 45_000, "topic/rain.html": 145_000}
    for name, size in most.items():
        found = fetched(pages, name)
        assert len(found) <= (5 if name == "claims.html" else 4), found
        assert found[name] <= size, found
        assert sum(found.values()) - found[name] <= 50_000, found
    assert len(pages["assets/claims.js"]) < 5_000


def test_what_every_page_says_of_itself_stands_in_one_template() -> None:
    templates = Path(environment.__file__).parent / "templates"
    for words in ("Content-Security-Policy", 'name="referrer"', 'name="generator"', 'charset="utf-8"'):
        found = [path.name for path in sorted(templates.iterdir()) if words in path.read_text(encoding="utf-8")]
        assert found == ["head.html"], words
