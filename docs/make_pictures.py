"""Make the README's terminal pictures from real runs: `make docs`."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = 104
THEME = TerminalTheme(
    (250, 250, 247),
    (38, 42, 51),
    [
        (60, 64, 72),
        (176, 36, 36),
        (22, 112, 60),
        (133, 90, 0),
        (28, 84, 160),
        (134, 48, 140),
        (0, 106, 122),
        (90, 94, 102),
    ],
)
# Rich's own frame names fonts of a CDN; this one takes what the reader's system has.
FRAME = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width; white-space: pre }}
.{unique_id}-title {{ font-family: ui-sans-serif, system-ui, sans-serif; font-size: 18px }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
PICTURES = {
    "list.svg": ["ledger", "list", "--topic", "doge,neuralink,colossus", "--as-of", "2026-11-22"],
    "due.svg": ["ledger", "due", "--as-of", "2026-11-22", "--within", "60d"],
}


def picture(command: list[str]) -> str:
    """An SVG of what a command prints on a terminal of COLUMNS columns."""
    program = str(Path(sys.executable).parent / command[0])
    shown = subprocess.run(
        [program, *command[1:], "--format", "table", "--color", "always"],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": str(COLUMNS)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), color_system="standard", force_terminal=True)
    console.print(Text(f"$ {' '.join(command)}", style="bold"))
    console.print(Text.from_ansi(shown), soft_wrap=True)
    return console.export_svg(title="", theme=THEME, code_format=FRAME, unique_id="ledger")


def main() -> None:
    """Write every picture."""
    for name, command in PICTURES.items():
        path = ROOT / "docs" / "images" / name
        path.write_text(picture(command), encoding="utf-8")
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
