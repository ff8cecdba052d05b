"""The table of commands: where each lives, so that none is imported before it is called."""

from typing import NamedTuple


class LazyCommand(NamedTuple):
    """Where a command lives: module in this package, name of the command (or of a table of entries), help."""

    module: str
    name: str
    help: str


COMMANDS = {
    "list": LazyCommand("list", "list_", "Claims with their states, filtered and sorted."),
    "show": LazyCommand("list", "show", "One claim in full, with its judgements and revisions."),
    "due": LazyCommand("list", "due", "What is overdue, then what falls due next."),
    "review": LazyCommand("review", "review", "What waits for a look, one claim and one key at a time."),
    "check": LazyCommand("check", "check", "Everything that is wrong with a ledger."),
    "add": LazyCommand("add", "add", "Enter a new claim."),
    "scan": LazyCommand("scan", "scan", "What in a text looks like a claim about the future."),
    "resolve": LazyCommand("resolve", "resolve", "Judge claims: true, false, partly, ambiguous, annulled."),
    "reopen": LazyCommand("resolve", "reopen", "Withdraw the verdict of claims."),
    "revise": LazyCommand("add", "revise", "Enter what the speaker says now, instead of an earlier claim."),
    "touch": LazyCommand("resolve", "touch", "Note that claims were looked at and nothing decisive found."),
    "diff": LazyCommand("diff", "diff", "What changed since a commit, or between two, in words."),
    "log": LazyCommand("diff", "log", "The commits that touched a claim, and what they changed."),
    "ci": LazyCommand("ci", "COMMANDS", "Workflow files that run ledger check."),
    "score": LazyCommand("score", "score", "Rates and scores of claims against their deadlines."),
    "calibration": LazyCommand("score", "calibration", "Stated probabilities against what happened."),
    "leaderboard": LazyCommand("leaderboard", "leaderboard", "Forecasters on the questions they share."),
    "slip": LazyCommand("score", "slip", "Time taken against time promised, and what is late."),
    "topics": LazyCommand("counts", "topics", "Topics and how many claims each has."),
    "people": LazyCommand("counts", "people", "Speakers and how many claims each has."),
    "sources": LazyCommand("counts", "sources", "Sources and how many claims each has."),
    "export": LazyCommand("export", "export", "Write claims as a table, database, calendar, feed or linked data."),
    "import": LazyCommand("import_", "import_", "What other programs, platforms and people wrote, into a ledger."),
    "site": LazyCommand("site", "site", "Write the ledger as a web site that needs no server."),
    "cache": LazyCommand("cache", "COMMANDS", "What is kept of large ledgers so that they are read once."),
    "lsp": LazyCommand("lsp", "lsp", "The ledger in an editor: findings, names and proven edits while typing."),
    "mcp": LazyCommand("mcp", "mcp", "The ledger for agents: tools that read, and write what was previewed."),
    "init": LazyCommand("init", "init", "Begin a ledger: a commented first file."),
    "schema": LazyCommand("init", "schema", "JSON Schema of the file, or of a command's JSON."),
    "help": LazyCommand("help_", "help_", "The keys of the file (ledger help format) and other pages of reference."),
}
