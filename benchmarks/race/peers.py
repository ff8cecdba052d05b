"""The tools of the race: how each is given the records, and how it is asked to list, filter, count and edit them."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bench_cache import with_rare_topic

GROUPS = 10
SHOWN = 20
OPERATIONS = ("list", "rows", "filter", "count", "edit")
Command = Sequence[str]


class Record(NamedTuple):
    """What every tool is given: a day, a title, a group, and whether it is one of the twenty that a filter finds."""

    number: int
    day: str
    title: str
    group: str
    rare: bool


def records(count: int) -> list[Record]:
    """The same records for the same number."""
    pick, step = random.Random(count), max(1, count // SHOWN)
    return [
        Record(
            number,
            f"20{pick.randint(10, 25)}-{pick.randint(1, 12):02}-{pick.randint(1, 28):02}",
            f"Company number {number} builds at least {pick.randint(1, 99)},000 things in its works",
            f"group-{pick.randint(0, GROUPS - 1)}",
            number % step == 0 and number // step < SHOWN,
        )
        for number in range(count)
    ]


class Peer:
    """A tool with its records in a folder of its own; an operation it does not have is None."""

    name = ""
    python = False

    def __init__(self, folder: Path, count: int) -> None:
        self.folder = folder / f"{self.name.replace(' ', '-')}-{count}"
        self.folder.mkdir()
        self.count = count
        self.edits = 0
        self.environment: dict[str, str] = {}
        self.fill(records(count))

    def fill(self, found: list[Record]) -> None:
        """Write the records as the tool keeps them."""
        raise NotImplementedError

    def command(self, operation: str) -> Command | None:
        """The words of an operation."""
        return getattr(self, operation)()  # type: ignore[no-any-return]

    def forget(self) -> None:
        """Remove what the tool keeps besides the records, so that the next run is a cold one."""

    def version(self) -> str:
        """The tool's version."""
        raise NotImplementedError

    def list(self) -> Command | None:
        """Everything, as for a reader."""

    def rows(self) -> Command | None:
        """Everything, as rows for another program."""

    def filter(self) -> Command | None:
        """The twenty."""

    def count_(self) -> Command | None:
        """How many, or how much, by group."""

    def edit(self) -> Command | None:
        """One change of one record."""


def said(*command: str) -> str:
    """The first line that a command prints."""
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    return (ran.stdout or ran.stderr).splitlines()[0]


class Ours(Peer):
    """Claims of twenty lines; each edit is a judgement."""

    name = "forecast-ledger"

    def fill(self, found: list[Record]) -> None:
        self.file = self.folder / "claims.yaml"
        self.file.write_text(with_rare_topic(self.count))
        self.environment = {"FORECAST_LEDGER_CACHE": str(self.folder / "cache")}
        self.program = os.environ.get("BENCH_PROGRAM", str(Path(sys.executable).parent / "ledger")).split()

    def _run(self, *words: str) -> Command:
        return [*self.program, "-f", str(self.file), *words]

    def forget(self) -> None:
        shutil.rmtree(self.folder / "cache", ignore_errors=True)

    def version(self) -> str:
        return said(*self.program, "--version").removeprefix("ledger ")

    def list(self) -> Command:
        return self._run("list", "--format", "table")

    def rows(self) -> Command:
        return self._run("list", "--format", "tsv", "--columns", "id,claim,speaker,deadline,status,days")

    def filter(self) -> Command:
        return self._run("list", "--topic", "rare")

    def count_(self) -> Command:
        return self._run("people")

    def edit(self) -> Command:
        self.edits += 1
        claim = f"claim-{self.edits * 7 % self.count}"
        return self._run("resolve", claim, "true", "--again", "--note", f"seen {self.edits}", "--no-input")


class _Journal(Peer):
    """Transactions in a journal of plain text."""

    def fill(self, found: list[Record]) -> None:
        self.file = self.folder / "main.journal"
        self.file.write_text("".join(map(self._entry, found)))
        self.new = self.folder / "new.journal"

    def _entry(self, record: Record) -> str:
        tag = "    ; rare: yes\n" if record.rare else ""
        return f"{record.day} {record.title}\n{tag}    expenses:{record.group}  1.00\n    assets:cash\n\n"


class HLedger(_Journal):
    """hledger; an edit imports one transaction."""

    name = "hledger"

    def version(self) -> str:
        return said("hledger", "--version").split()[1].rstrip(",")

    def _run(self, *words: str) -> Command:
        return ["hledger", "-f", str(self.file), *words]

    def list(self) -> Command:
        return self._run("register", "expenses")

    def rows(self) -> Command:
        return self._run("register", "expenses", "-O", "csv")

    def filter(self) -> Command:
        return self._run("register", "expenses", "tag:rare")

    def count_(self) -> Command:
        return self._run("balance", "expenses")

    def edit(self) -> Command:
        self.edits += 1
        day = f"20{30 + self.edits // 28}-01-{self.edits % 28 + 1:02}"
        self.new.write_text(f"{day} New {self.edits}\n    expenses:group-1  1.00\n    assets:cash\n")
        return self._run("import", str(self.new))


class LedgerCli(_Journal):
    """ledger-cli; it changes no file."""

    name = "ledger-cli"

    def version(self) -> str:
        return said("/usr/bin/ledger", "--version").split()[1].split("-")[0]

    def _run(self, *words: str) -> Command:
        return ["/usr/bin/ledger", "-f", str(self.file), *words]

    def list(self) -> Command:
        return self._run("register", "expenses")

    def rows(self) -> Command:
        return self._run("csv", "expenses")

    def filter(self) -> Command:
        return self._run("register", "expenses", "and", "%rare")

    def count_(self) -> Command:
        return self._run("balance", "expenses")


class BeanQuery(Peer):
    """beancount's query tool; it changes no file."""

    name = "bean-query"
    python = True
    bin = Path()

    def fill(self, found: list[Record]) -> None:
        self.file = self.folder / "main.beancount"
        accounts = ["Assets:Cash", *(f"Expenses:Group{n}" for n in range(GROUPS))]
        opened = "".join(f"2000-01-01 open {account}\n" for account in accounts)
        self.file.write_text(opened + "\n" + "".join(map(self._entry, found)))

    def _entry(self, record: Record) -> str:
        tag = " #rare" if record.rare else ""
        group = f"Expenses:Group{record.group[6:]}"
        return f'{record.day} * "{record.title}"{tag}\n  {group}  1.00 USD\n  Assets:Cash\n\n'

    def forget(self) -> None:
        for path in self.folder.glob(".*picklecache"):
            path.unlink()

    def version(self) -> str:
        return said(str(self.bin / "bean-query"), "--version").split()[1].rstrip(",")

    def _run(self, query: str, form: str = "text") -> Command:
        return [str(self.bin / "bean-query"), "-f", form, str(self.file), query]

    def list(self) -> Command:
        return self._run("SELECT date, narration, account, number WHERE account ~ 'Expenses'")

    def rows(self) -> Command:
        return self._run("SELECT date, narration, account, number WHERE account ~ 'Expenses'", "csv")

    def filter(self) -> Command:
        return self._run("SELECT date, narration, account WHERE account ~ 'Expenses' AND 'rare' IN tags")

    def count_(self) -> Command:
        return self._run("SELECT account, count(*) WHERE account ~ 'Expenses' GROUP BY account")


class Taskwarrior(Peer):
    """Tasks; an edit changes a description."""

    name = "taskwarrior"

    def fill(self, found: list[Record]) -> None:
        self.ids = [str(uuid.UUID(int=record.number + 1)) for record in found]
        lines = []
        for record, name in zip(found, self.ids, strict=True):
            tags = ' tags:"rare"' if record.rare else ""
            lines.append(
                f'[description:"{record.title}" entry:"1700000000" modified:"1700000000" project:"{record.group}" '
                f'status:"pending"{tags} uuid:"{name}"]\n'
            )
        data = self.folder / "data"
        data.mkdir()
        (data / "pending.data").write_text("".join(lines))
        rc = self.folder / "taskrc"
        rc.write_text(f"data.location={data}\nconfirmation=off\nverbose=nothing\ndefaultwidth=100\ndefaultheight=0\n")
        self.environment = {"TASKRC": str(rc)}

    def version(self) -> str:
        return said("task", "--version")

    def list(self) -> Command:
        return ["task", "list"]

    def rows(self) -> Command:
        return ["task", "export"]

    def filter(self) -> Command:
        return ["task", "+rare", "list"]

    def count_(self) -> Command:
        return ["task", "projects"]

    def edit(self) -> Command:
        self.edits += 1
        return ["task", self.ids[self.edits * 7 % self.count], "modify", f"Changed {self.edits}"]


class Todoman(Peer):
    """Tasks, one file each; an edit changes a title."""

    name = "todoman"
    python = True
    bin = Path()

    def fill(self, found: list[Record]) -> None:
        folder = self.folder / "lists" / "all"
        folder.mkdir(parents=True)
        for record in found:
            categories = f"{record.group},rare" if record.rare else record.group
            lines = (
                "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//race//EN", "BEGIN:VTODO", f"UID:{record.number}",
                "DTSTAMP:20240101T000000Z", f"SUMMARY:{record.title.replace(',', chr(92) + ',')}",
                f"DUE;VALUE=DATE:{record.day.replace('-', '')}", f"CATEGORIES:{categories}",
                "END:VTODO", "END:VCALENDAR",
            )  # fmt: skip
            (folder / f"{record.number}.ics").write_text("".join(f"{line}\r\n" for line in lines))
        self.config = self.folder / "config.py"
        self.cache = self.folder / "cache.sqlite3"
        self.config.write_text(f"path = {str(self.folder / 'lists' / '*')!r}\ncache_path = {str(self.cache)!r}\n")

    def forget(self) -> None:
        self.cache.unlink(missing_ok=True)

    def version(self) -> str:
        return said(str(self.bin / "todo"), "--version").split()[-1]

    def _run(self, *words: str) -> Command:
        return [str(self.bin / "todo"), "--config", str(self.config), *words]

    def list(self) -> Command:
        return self._run("list")

    def rows(self) -> Command:
        return self._run("--porcelain", "list")

    def filter(self) -> Command:
        return self._run("list", "--category", "rare")

    def edit(self) -> Command:
        self.edits += 1
        return self._run("edit", "--priority", ("low", "high")[self.edits % 2], "7")


PEERS: tuple[type[Peer], ...] = (Ours, HLedger, LedgerCli, BeanQuery, Taskwarrior, Todoman)
