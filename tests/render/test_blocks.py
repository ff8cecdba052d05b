from ledger.render.terminal.blocks import Block, Blocks, flow
from ledger.render.terminal.cells import Cell
from ledger.render.terminal.console import Surface

BLOCK = Block(
    ["robots-2026", Cell("overdue", "bold red")],
    [("claim", "Tesla builds at least 50,000 robots."), ("note", "First line.\n\nSecond\x1b line.")],
)


def shown(blocks: Blocks, width: int, *, color: bool = False, encoding: str = "utf-8") -> list[str]:
    return list(blocks.lines(Surface(width, color, encoding)))


def test_values_stand_beside_their_labels_and_keep_their_lines() -> None:
    assert shown(Blocks([BLOCK, BLOCK._replace(fields=[])]), 40) == [
        "robots-2026  overdue",
        "  claim  Tesla builds at least 50,000",
        "         robots.",
        "  note   First line.",
        "",
        "         Second\\x1b line.",
        "",
        "robots-2026  overdue",
    ]


def test_without_room_values_stand_under_their_labels() -> None:
    assert shown(Blocks([BLOCK._replace(lead=["robots-units-2026", "overdue"])]), 20) == [
        "robots-units-2026",
        "overdue",
        "  claim",
        "    Tesla builds at",
        "    least 50,000",
        "    robots.",
        "  note",
        "    First line.",
        "",
        "    Second\\x1b line.",
    ]


def test_title_caption_and_colour() -> None:
    blocks = Blocks([Block(["a"], [("汎", Cell("red words here", "red")), ("long", "")])], "Title", "Caption")
    assert shown(blocks, 22, color=True) == [
        "\x1b[1mTitle\x1b[0m",
        "",
        "a",
        "  \x1b[2m汎\x1b[0m    \x1b[31mred words here\x1b[0m",
        "  \x1b[2mlong\x1b[0m",
        "",
        "\x1b[2mCaption\x1b[0m",
    ]


def test_ascii_only() -> None:
    block = Block(["2025–26"], [("says", "“汎用” …")])
    assert shown(Blocks([block]), 40, encoding="ascii") == ["2025-26", '  says  "??" ...']


def test_flow_goes_on_in_a_new_line() -> None:
    cells = ["one", Cell("two", "red"), "three four five six seven"]
    assert list(flow(cells, Surface(20))) == ["one  two", "three four five six", "seven"]
    assert list(flow([], Surface(20))) == []
