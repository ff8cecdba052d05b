"""The tools and resources of an agent's session, over the library that speaks the protocol."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError

from .. import __version__, fields
from ..errors import LedgerError, UsageError
from ..model import Ledger
from ..query import Filter
from ..writing.add import plan_add
from ..writing.new_names import ENTRY, NewNames
from ..writing.plan import Plan
from ..writing.resolve import AskedEvidence, AskedJudgement, plan_resolve
from ..writing.revise import plan_revise
from ..writing.touch import plan_touch
from .reading import DATA, AgentDesk
from .writing import AgentWriter

INSTRUCTIONS = f"""\
A ledger of predictions: who said what, where, by when, how sure, and what became of it. {DATA}
Tools that write answer with a preview: a diff, and a token. Show it to somebody, then call the same tool with the
same arguments and the token to write exactly that. Never invent a quote: it is compared with its document letter by
letter. A verdict needs evidence: an address or a declared source that says so.
"""


def serve(files: Sequence[str], documents: str | None, day: date | None) -> None:
    """Speak the protocol on standard input and output until the agent ends it."""
    gc.enable()  # a server lives long
    made(AgentDesk(files, documents, day)).run("stdio")


def made(desk: AgentDesk) -> MCPServer:
    """A server with all tools and resources."""
    server = MCPServer("forecast-ledger", version=__version__, instructions=INSTRUCTIONS, log_level="ERROR")
    _reading(server, desk)
    _writing(server, AgentWriter(desk))
    _resources(server, desk)
    return server


def _told(answer: Callable[[], str]) -> str:
    """An answer; what a command would refuse with becomes the tool's error."""
    try:
        return answer()
    except LedgerError as error:
        raise ToolError("; ".join(filter(None, (error.message, error.hint)))) from None


def _reading(server: MCPServer, desk: AgentDesk) -> None:
    @server.tool(name="list", structured_output=False)
    def list_(status: str = "", speaker: str = "", topic: str = "", search: str = "", limit: int = 50) -> str:
        """List claims by deadline: of a status (open, overdue, hit, miss, …), a speaker, a topic, or with words."""
        wanted = Filter(
            statuses=(status,) if status else (),
            speakers=(speaker,) if speaker else (),
            topics=(topic,) if topic else (),
            search=search or None,
        )
        return _told(lambda: desk.list(wanted, limit))

    @server.tool(structured_output=False)
    def show(ids: list[str]) -> str:
        """Show claims in full, by their ids."""
        return _told(lambda: desk.show(ids))

    @server.tool(structured_output=False)
    def due(days: int = 90) -> str:
        """Tell what is overdue, and what falls due within some days."""
        return _told(lambda: desk.due(days))

    @server.tool(structured_output=False)
    def score() -> str:
        """Score all claims against their deadlines."""
        return _told(desk.score)

    @server.tool(structured_output=False)
    def check() -> str:
        """Tell everything that is wrong with the ledger, quotes included where documents are at hand."""
        return _told(desk.check)

    @server.tool(structured_output=False)
    def scan(
        document: str | None = None, text: str | None = None, published: str | None = None, speaker: str | None = None
    ) -> str:
        """Find what looks like a claim about the future in a document of a declared source, or in a text."""
        return _told(lambda: desk.scan(document, text, published, speaker))


def _writing(server: MCPServer, writer: AgentWriter) -> None:
    def call(tool: str, arguments: dict[str, Any], token: str | None, planning: Callable[[Ledger, Any], Plan]) -> str:
        return _told(lambda: writer.call(tool, arguments, token, planning))

    @server.tool(structured_output=False)
    def add(
        claim: dict[str, str | list[str]],
        declare: bool = False,
        new_source: dict[str, str] | None = None,
        token: str | None = None,
    ) -> str:
        """Enter a claim, from its fields by name (claim, speaker, said, source, quote, deadline_words, criteria, …).

        With `declare` people, topics and the source that the ledger lacks are declared in the same edit; `new_source`
        has title, publisher, url and published of that source. Without token: a preview.
        """
        arguments = {"claim": claim, "declare": declare, "new_source": new_source}
        new = NewNames(declare=declare, entry=_entry(new_source))
        return call("add", arguments, token, lambda ledger, day: plan_add(ledger, _words(claim), today=day, new=new))

    @server.tool(structured_output=False)
    def revise(
        id: str,  # noqa: A002
        claim: dict[str, str | list[str]],
        declare: bool = False,
        new_source: dict[str, str] | None = None,
        token: str | None = None,
    ) -> str:
        """Enter what the speaker says now instead of an earlier claim; names as with add. Without token: a preview."""
        arguments = {"id": id, "claim": claim, "declare": declare, "new_source": new_source}
        new = NewNames(declare=declare, entry=_entry(new_source))

        def planned(ledger: Ledger, day: Any) -> Plan:
            return plan_revise(ledger, id, _words(claim), today=day, new=new)

        return call("revise", arguments, token, planned)

    @server.tool(structured_output=False)
    def resolve(
        id: str,  # noqa: A002
        outcome: str,
        evidence: list[str],
        says: str | None = None,
        happened: str | None = None,
        value: str | None = None,
        note: str | None = None,
        by: str | None = None,
        in_time: bool = False,
        token: str | None = None,
    ) -> str:
        """Judge a claim: true, false, partly, ambiguous, annulled or withdrawn. Without token: a preview.

        Evidence is one or more addresses or declared sources; `says` tells what the one of them says.
        """
        arguments = {key: held for key, held in locals().items() if key in _JUDGEMENT}
        found = AskedEvidence(words=tuple(evidence), says=says)
        asked = AskedJudgement(
            outcome=outcome, happened=happened, value=value, evidence=found, note=note, by=by, in_time=in_time
        )

        def planned(ledger: Ledger, day: Any) -> Plan:
            if not evidence:
                raise UsageError("a verdict needs evidence", hint="give an address or a declared source that says so")
            return plan_resolve(ledger, [id], asked, today=day)

        return call("resolve", arguments, token, planned)

    @server.tool(structured_output=False)
    def touch(id: str, token: str | None = None) -> str:  # noqa: A002
        """Note that a claim was looked at today and nothing decisive found. Without token: a preview."""
        return call("touch", {"id": id}, token, lambda ledger, day: plan_touch(ledger, [id], today=day))


_JUDGEMENT = ("id", "outcome", "evidence", "says", "happened", "value", "note", "by", "in_time")


def _words(claim: dict[str, str | list[str]]) -> dict[str, str | list[str]]:
    """The fields that somebody may type; UsageError for others."""
    known = set(fields.typed())
    for key in claim:
        if key not in known:
            raise UsageError(f"a new claim has no field {key!r}", hint=f"there are {', '.join(sorted(known))}")
    return claim


def _entry(source: dict[str, str] | None) -> dict[str, str]:
    """What is told of a new source; UsageError for anything else."""
    for key in source or {}:
        if key not in ENTRY:
            raise ToolError(f"a new source has no field {key!r}; there are {', '.join(ENTRY)}")
    return source or {}


def _resources(server: MCPServer, desk: AgentDesk) -> None:
    @server.resource("ledger://names", mime_type="application/json")
    def names() -> str:
        """The people, sources and topics that a claim may name."""
        return _told(desk.names)

    @server.resource("ledger://claim/{id}", mime_type="application/json")
    def claim(id: str) -> str:  # noqa: A002
        """One claim in full."""
        return _told(lambda: desk.show([id]))

    @server.resource("ledger://document/{name}", mime_type="text/plain")
    def document(name: str) -> str:
        """The text of a declared source's document."""
        return _told(lambda: f"{DATA}\n\n{desk.document(name)}")
