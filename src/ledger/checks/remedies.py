"""What to do about each code, in general: for docs/checks.md and for tools that show help beside a finding."""

from __future__ import annotations

_BASE = (
    "What decides a verdict is frozen once it is set. Take the change back, or add an entry to `amended` that names "
    "the field, with the date and the reason: then it is a warning. A new date or number of the speaker is a new "
    "claim with `revises`. Accepted on the command line only: `--ignore {}`."
)

REMEDIES: dict[str, str] = {
    "syntax": "Mend the text at the place named. Mostly it is a quotation mark that is not closed, a tab, or a text "
    "with `: ` or ` #` in it that needs quotes. The other claims are read all the same.",
    "yaml-feature": "Write the value out: a claim reads alone. Put a text that begins with `&`, `*` or `!` in quotes, "
    "and keep one document in a file.",
    "limit": "Shorten the text or split the file with `include`; long texts belong in documents.",
    "bad-include": "Name files below the ledger's own folder, such as `claims/*.yaml`, each once.",
    "bad-forecasts": "Name tables below the ledger's own folder, such as `forecasts/*.csv`, with the columns `claim`, "
    "`by`, `date` and `probability`.",
    "duplicate-key": "Keep one of the two. After a lost dash, two claims run into one: put the dash back.",
    "unknown-key": "Use the name that is proposed, or move the text into `note`. Only the keys of the format exist.",
    "duplicate-forecast": "Keep one of the two, or correct the date: each forecaster gives one probability a day.",
    "missing-key": "Add the key. A claim without deadline has `deadline: none`, one of unknown date `said: unknown`.",
    "bad-value": "Write the value as the hint says. A text that looks like a number, `true` or `null` needs quotes. "
    "A judgement is dated after the claim was said, and not before the judgements it follows.",
    "bad-period": "Write a period: `2026-12-31`, `2026-12`, `2026-Q4`, `2026-H2`, `2026`, `2030s` or a range such as "
    "`2026-03/2026-06`, with `~` behind it if it is approximate.",
    "duplicate-id": "Give each claim its own id. The first of the two is read.",
    "undeclared": "Declare the name in `people`, `topics` or `sources`, or correct its spelling.",
    "dangling-reference": "Correct the id, enter that claim, or remove the reference.",
    "reference-cycle": "Take one step of the circle out: a claim revises an earlier one, and rests on its premises.",
    "said-after-deadline": "Correct `said` or `deadline`. A claim about the past is `kind: statement`.",
    "happened-before-said": "Correct `happened` or `said`. What had been met when it was said was no prediction: judge "
    "it `annulled`, or make it `kind: statement`.",
    "in-future": "Correct the day. Judgements, looks, entries and amendments are dated when they are made, and what "
    "happened has happened.",
    "straddles": "Give `happened` as a month or a day, so that it lies on one side of the last day of the deadline. "
    "Until then the judgement decides nothing.",
    "outcome-contradicts-value": "Correct the outcome or the value. `at_least` and `at_most` decide, inclusive. If the "
    "judgement stands in the history, append another.",
    "outcome-contradicts-happened": "`happened` says when it came true: remove it beside `false`; date the judgement "
    "after the event; judge a claim with `window: during` false if the event came before or after its period.",
    "control-character": "Remove the character. Such characters come in by copying from pages and terminals.",
    "quote-not-in-document": "Quote the exact words of the document, letter by letter, and give the line on which they "
    "begin; or drop the quote and tell it in your own words.",
    "document-changed": "Get the document from which the quotes were taken. If the new one is right, check the quotes "
    "against it and set `sha256`, as `sha256sum` prints it.",
    "overdue": "Judge the claim: `ledger resolve ID OUTCOME`. If nothing decisive is known yet, say that you looked: "
    "`ledger touch ID`. For 30 days after (`--recheck`) it is a note. Overdue is a fact about the ledger, not about "
    "the speaker.",
    "contradictory-series": "Correct one of the two verdicts. Claims with the same series, window, quantity and "
    "deadline are one event; if they are not, say in `quantity` or `deadline` what tells them apart.",
    "goalpost-moved": _BASE.format("goalpost-moved"),
    "claim-deleted": "Put the claim back. One that should not have been entered is judged `annulled`, with the reason. "
    "Accepted on the command line only: `--ignore claim-deleted`.",
    "judgement-rewritten": "Put the judgement back and append another: the last one counts, and the first stays to be "
    "seen. Accepted on the command line only: `--ignore judgement-rewritten`.",
    "not-compared": "Compare with a commit whose ledger can be read and found: an older one, or after getting the rest "
    "of the history. If you looked at the change yourself, accept it, on the command line only: "
    "`--ignore not-compared`.",
    "no-evidence": "Add `evidence`: a declared source, a url or a title, and what it says.",
    "no-criteria": "Add `criteria`: what must be observed by the deadline, and who says so.",
    "deadline-differs-from-words": "Correct the deadline, the words or the day they were said. Words of a fiscal year "
    "take `fiscal_of`, or the speaker's `fiscal_year_end`. Where the source means something else than its words, say "
    "so in the `note` and accept it on its line: `# ledger: ignore[deadline-differs-from-words] why`. Words that are "
    "used in more than one way are never reported; docs/words.md tells which those are.",
    "unused": "Remove the name, or use it. An ignore that accepts nothing is removed, or put at the end of the line it "
    "is for, with a reason.",
    "reworded": "Nothing to mend if the words mean the same. Say so in `amended`, or take the change back.",
    "meaning-changed": "Put the name, title, day or document back, or declare another key: every claim under the key "
    "speaks of somebody or something else now. Another `timezone` makes today another day; a pattern that is gone from "
    "`forecasts` takes what its tables forecast out of every score.",
    "due-soon": "Nothing is wrong. Judge the claim once it is decided.",
    "hindsight": "Nothing to mend. A claim that was chosen when its outcome was known says little about the next one; "
    "readers of a rate may want to know.",
    "judgement-extended": "Nothing to mend: all that the judgement said still stands.",
    "no-document": "Name the file in the source's `document`, and put it into the folder given by `--documents`.",
}
