"""People, sources and topics that a claim names and the ledger lacks: their keys, and how they are declared."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

from .. import fields
from ..edit.blocks import Value
from ..errors import UsageError
from ..intake.platforms.made_keys import slug
from ..loading.places import HeadPlaces
from ..model import Ledger
from ..results.lookup import split
from ..text import did_you_mean, folded, mixed_letter, shorten
from . import typed_values
from .plan import Missing

Words: TypeAlias = "Mapping[str, str | Sequence[str]]"  # from fields of a claim, or of its quantity, to what was typed

ENTRY = ("title", "publisher", "url", "published")  # what is told of a new source
_TABLE = {
    "speaker": "people",
    "also_by": "people",
    "fiscal_of": "people",
    "source": "sources",
    "also_in": "sources",
    "topics": "topics",
}
NAMED = tuple(_TABLE)  # fields that name people, sources and topics
_MANY = ("also_by", "also_in", "topics")
_ONE = {"people": "speaker", "topics": "topic", "sources": "source"}
_LABEL = {"people": "name", "sources": "title"}
_SOURCE = {of.key: of for of in fields.SOURCE}
_KEY_LETTERS = 40
_KEYS = "small letters, digits and hyphens"
_SHORT = 7
_NEARLY = 0.8  # of the letters of a longer key, in order: `le-monde-2026` is not `allmind-2026-04` mistyped


@dataclass(frozen=True, kw_only=True)
class NewNames:
    """How names that are not declared are met: refused, declared under a key made of them, or asked about first."""

    declare: bool = False
    asks: bool = False  # somebody can be asked
    confirmed: bool = False  # each key is asked about before it is taken
    keys: Mapping[str, str] = field(default_factory=dict)  # by name, as somebody chose them
    entry: Mapping[str, str] = field(default_factory=dict)  # of the new source: title, publisher, url, published


@dataclass(kw_only=True)
class Resolved:
    """The words with keys for names, what has to be declared, what must be asked, and what is wrong."""

    words: dict[str, str | Sequence[str]]
    declared: dict[str, dict[str, Value]] = field(default_factory=dict)
    missing: list[Missing] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    wrong: list[UsageError] = field(default_factory=list)


def resolve_names(ledger: Ledger, words: Words, new: NewNames, *, today: date) -> Resolved:
    """Put keys for the names that were typed; what is wrong is left as it was typed, to be refused with the rest."""
    found = Resolved(words=dict(words))
    for key in [key for key in _TABLE if key in words]:
        given = words[key]
        many = key in _MANY
        names = split([given] if isinstance(given, str) else given) if many else (str(given).strip(),)
        keys = []
        for name in names:
            try:
                keys.append(_key(ledger, key, name, new, found, today))
            except UsageError as error:
                found.wrong.append(error)
                keys.append("")
        if found.wrong and "" in keys:
            del found.words[key]
        else:
            found.words[key] = keys if many else keys[0]
    is_new = found.words.get("source") in found.declared.get("sources", {})
    if new.entry and not is_new and not found.missing and not found.wrong:
        options = ", ".join(f"--{key}" for key in new.entry)
        what = f"{words['source']!r} is declared already" if "source" in words else "no source is named"
        found.wrong.append(UsageError(f"{options}: {what}", hint="they tell of a new source, named with --source"))
    if found.wrong:  # nothing will be declared: what would have been is not wrong for that
        for key in NAMED:
            value = found.words.get(key, ())
            fresh = found.declared.get(_TABLE[key], {})
            if any(one in fresh for one in ((value,) if isinstance(value, str) else value)):
                del found.words[key]
    return found


def _key(ledger: Ledger, of: str, name: str, new: NewNames, found: Resolved, today: date) -> str:
    """The key of what was typed for a field, declared if it may be."""
    table, option = _TABLE[of], fields.flag(typed_values.CLAIM[of])
    known = _labels(ledger, table)
    declared = found.declared.setdefault(table, {})
    if name in known or name in declared:
        return name
    labels = {**known, **{key: _label_of(entry) for key, entry in declared.items()}}
    same = [key for key, label in labels.items() if _folded(label) == _folded(name)]
    if len(same) == 1 and name not in new.keys:
        return same[0]
    stranger = mixed_letter(name)
    if stranger is not None:
        hint = "type the name again; a text that was copied can have letters that only look alike"
        raise UsageError(f"{option} {shorten(name, 60)!r} has the letter {stranger} among Latin ones", hint=hint)
    untitled = of == "also_in" and (slug(name) == name or "://" in name)
    if not new.declare or untitled or _is_mistyped(name, known):
        return _refused(ledger, of, name, known, may=new.declare)
    told = new if of == "source" else replace(new, entry={}, confirmed=False)  # the entry is that of the source
    key = new.keys.get(name) or proposed(table, name, told.entry, today)
    _refuse_key(ledger, table, f"{option} {shorten(name, 60)!r}", key, known, declared)
    entry: Value = name
    if table == "people":
        entry = {"name": name}
    elif table == "sources":
        entry = _source(ledger, name, told, found, today)
    declared[key] = entry
    if new.confirmed and name not in new.keys and not found.missing:
        what = f"the new {_ONE[table]} {shorten(name, 60)!r}"
        found.missing.append(Missing(key_option(name), f"What is {what} called in the file? ({_KEYS})", default=key))
    found.told.append(f"{_ONE[table]} {key} is new: {shorten(_label_of(entry), 80)}")
    found.told += typed_values.told({"published": told.entry.get("published") if table == "sources" else None}, today)
    return key


def _folded(label: str) -> str:
    return " ".join(folded(label).split())


def _label_of(entry: Value) -> str:
    return str(next(iter(entry.values()))) if isinstance(entry, dict) else str(entry)


def key_option(name: str) -> str:
    """What a question about the key of a new name goes by."""
    return f"key of {name}"


def _labels(ledger: Ledger, table: str) -> Mapping[str, str]:
    if table == "topics":
        return ledger.topics
    held = ledger.people if table == "people" else ledger.sources
    return {key: str(getattr(entry, _LABEL[table])) for key, entry in held.items()}


def _is_mistyped(name: str, known: Collection[str]) -> bool:
    """Whether a word is nearly a key: names that have capitals or blanks are new on purpose."""
    from difflib import get_close_matches

    if name != name.lower() or " " in name:
        return False
    if len(name) <= _SHORT:
        return bool(did_you_mean(name, known))
    return any(key.startswith(name) for key in known) or bool(get_close_matches(name, known, 1, _NEARLY))


def _refused(ledger: Ledger, of: str, name: str, known: Collection[str], *, may: bool) -> str:
    table = _TABLE[of]
    option = "" if of in ("speaker", "source", "topics") else f"{fields.flag(typed_values.CLAIM[of])}: "
    more = {"source": "--declare --title TITLE adds it", "also_in": "--declare adds it under its title"}
    first = f"declare it under {table}: in {ledger.texts[0].name} first, or {more.get(of, '--declare adds it')}"
    written = "write its title" if table == "sources" else "write a name, such as Christine Lagarde"
    hint = did_you_mean(name, known) or (first if not may else "" if table == "topics" else written)
    raise UsageError(f"{option}no {_ONE[table]} {shorten(name, 60)!r}", hint=hint)


def proposed(table: str, name: str, entry: Mapping[str, str], today: date) -> str:
    """The key that is proposed for a name: of a source its publisher and day, if these are known."""
    if table == "sources" and slug(name) != name and entry.get("publisher") and entry.get("published"):
        day = typed_values.period("--published", entry["published"], today)
        return f"{slug(entry['publisher'], 24)}-{slug(day)}"
    return slug(entry.get("title", name) if "://" in name else name, _KEY_LETTERS)


def _refuse_key(
    ledger: Ledger, table: str, option: str, key: str, known: Mapping[str, str], declared: Mapping[str, Value]
) -> None:
    if key in known or key in declared:
        place = HeadPlaces(ledger.texts).locate((table, key))
        where = f"{place.file}:{place.line}" if key in known else "this edit"
        other = known.get(key) or _label_of(declared[key])
        raise UsageError(
            f"{option}: the key {key} stands in {where} already, for {shorten(other, 60)!r}",
            hint=f"write {key} if that is meant, else a fuller name",
        )
    try:
        typed_values.name(_NAME, key, ledger)
    except UsageError:
        raise UsageError(f"{option}: {key!r} cannot be its key", hint="write a name with letters a to z") from None


_ASKED = {
    "title": "What is the title of the new source?",
    "publisher": "Who published it?",
    "url": "Where can it be read? (an address)",
    "published": "When was it published? (a period)",
}
_NAME = fields.Field("id", "name", "a key")


def _source(ledger: Ledger, name: str, new: NewNames, found: Resolved, today: date) -> Value:
    """The entry of a new source; a title is asked for where a key or an address was given instead."""
    entry = dict(new.entry)
    is_address = "://" in name
    if is_address:
        entry.setdefault("url", name)
    if "title" not in entry and not is_address and slug(name) != name:
        entry["title"] = name
    if "title" not in entry:
        found.missing.append(Missing("--title", f"What is the title of the new source {shorten(name, 60)}?"))
        entry["title"] = name
    elif new.confirmed:
        left = (key for key in ENTRY if key not in entry)
        found.missing += [entry_question(key) for key in left]
    record = {
        key: typed_values.value(_SOURCE[key], entry[key], ledger=ledger, today=today, option=f"--{key}")
        for key in ENTRY
        if entry.get(key)
    }
    return typed_values.in_order(record, fields.SOURCE)


def entry_question(key: str, default: str = "") -> Missing:
    """The question about a field of a new source."""
    return Missing(f"--{key}", _ASKED[key], optional=key != "title", default=default)


def together(wrong: Sequence[UsageError], missing: Sequence[str] = ()) -> UsageError:
    """All that is wrong as one error, so that one run says everything."""
    if len(wrong) == 1 and not missing:
        return wrong[0]
    lines = [error.message + (f" ({error.hint})" if error.hint else "") for error in wrong]
    lines += [f"{', '.join(missing)}: missing"] if missing else []
    return UsageError(f"{len(wrong) + len(missing)} things are to be mended", hint="\n  ".join(lines))
