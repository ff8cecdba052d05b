"""The words of the calendar."""

from __future__ import annotations

_MONTHS = "january february march april may june july august september october november december".split()  # noqa: SIM905
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()  # noqa: SIM905
MONTHS = {name: number for number, name in enumerate(_MONTHS, 1)}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
MONTH_NAMES = [name.title() for name in _MONTHS]
WEEKDAYS = {name: number for number, name in enumerate(_DAYS)}
WEEKDAYS |= {name[:3]: number for name, number in WEEKDAYS.items() if name != "saturday"} | {
    "tues": 1, "wednes": 2, "thur": 3, "thurs": 3, "satur": 5, "sat": 5,
}  # fmt: skip
WEEKDAY_NAMES = [name.title() for name in _DAYS]

SEASONS = {"spring": 3, "springtime": 3, "summer": 6, "summertime": 6, "autumn": 9, "fall": 9, "winter": 12}
SEASONS |= {"wintertime": 12}
SEASON_NAMES = {3: "spring", 6: "summer", 9: "autumn", 12: "winter"}

# Holidays with a fixed day: month and day.
FIXED_HOLIDAYS = {
    "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25), "xmas": (12, 25),
    "boxing day": (12, 26), "new year ' s eve": (12, 31), "new years eve": (12, 31), "nye": (12, 31),
    "new year ' s day": (1, 1), "new years day": (1, 1), "new year day": (1, 1), "new year": (1, 1),
    "new year ' s": (1, 1), "epiphany": (1, 6), "groundhog day": (2, 2), "valentine ' s day": (2, 14),
    "valentines day": (2, 14),
    "st . patrick ' s day": (3, 17), "st patrick ' s day": (3, 17), "saint patrick ' s day": (3, 17),
    "international women ' s day": (3, 8), "pi day": (3, 14), "april fools day": (4, 1), "april fool ' s day": (4, 1),
    "april fools ' day": (4, 1), "earth day": (4, 22), "may day": (5, 1), "cinco de mayo": (5, 5),
    "juneteenth": (6, 19), "canada day": (7, 1), "independence day": (7, 4), "fourth of july": (7, 4),
    "4th of july": (7, 4), "bastille day": (7, 14), "assumption day": (8, 15), "halloween": (10, 31),
    "all saints ' day": (11, 1), "all saints day": (11, 1), "guy fawkes night": (11, 5), "bonfire night": (11, 5),
    "veterans day": (11, 11), "veterans ' day": (11, 11), "armistice day": (11, 11), "remembrance day": (11, 11),
    "australia day": (1, 26), "anzac day": (4, 25), "tax day": (4, 15), "leap day": (2, 29),
}  # fmt: skip
# Holidays on a weekday of a month, as the United States keep them: month, weekday, which one (-1 the last).
WEEKDAY_HOLIDAYS = {
    "martin luther king day": (1, 0, 3), "mlk day": (1, 0, 3), "presidents day": (2, 0, 3),
    "presidents ' day": (2, 0, 3), "mother ' s day": (5, 6, 2), "mothers day": (5, 6, 2), "memorial day": (5, 0, -1),
    "father ' s day": (6, 6, 3), "fathers day": (6, 6, 3), "labor day": (9, 0, 1), "columbus day": (10, 0, 2),
    "thanksgiving day": (11, 3, 4), "thanksgiving": (11, 3, 4),
}  # fmt: skip

NEXT = ("next", "following", "coming", "upcoming", "subsequent")
LAST = ("last", "previous", "past", "preceding")
UNITS = ("day", "week", "weekend", "month", "quarter", "half", "year", "decade", "century")
ABOUT = (
    "about", "around", "approximately", "approx .", "approx", "roughly", "circa", "ca .", "ca", "c .", "~", "some",
    "nearly", "almost", "close to", "more or less", "or thereabouts", "somewhere around", "sometime around",
    "or about", "or around",
)  # fmt: skip
HEDGES = (
    "sometime", "some time", "some point", "at some point", "probably", "possibly", "perhaps", "maybe", "hopefully",
    "likely", "very likely", "most likely", "certainly", "definitely", "presumably", "potentially", "even",
    "as planned", "exactly", "precisely", "some day", "one day", "no doubt", "with luck", "with any luck",
    "god willing", "all being well",
    "at the very latest", "at the latest", "at latest", "possibly as soon as", "currently", "only", "just",
)  # fmt: skip

# What stands before a point or a length.
IN = (
    "all of", "all", "in the course of", "over the course of", "during the course of", "in", "on", "during",
    "throughout", "at",
    "for", "over",
    "within", "inside of", "inside", "as of", "effective", "starting in", "starting on", "starting from", "starting",
    "beginning in", "beginning on", "beginning", "from", "as from", "come", "scheduled for", "planned for",
    "targeted for", "slated for", "on schedule for", "on track for", "aimed at",
    "the whole of", "set for", "due in",
    "due on",
    "due by", "due", "expected in", "expected by", "around the", "towards", "toward", "across", "into", "to",
    "of", "as late as",
    "live in", "this side of",
)  # fmt: skip
SINCE_THEN = (
    "from", "as from", "as of", "effective", "starting in", "starting on", "starting from", "starting",
    "beginning in",
    "beginning on", "beginning",
)  # fmt: skip
BY = (
    "by no later than", "in time for", "just in time for", "no later than", "not later than", "by",
    "no later then", "on or before", "at or before",
    "not after", "latest by", "latest in", "latest", "at the latest by", "at the latest in", "at the latest on",
    "by at the latest",
)  # fmt: skip
UNTIL = ("up until", "until at least", "at least until", "until", "till", "up to", "til")
THROUGH = ("through the end of", "through to", "through", "thru", "all the way through")
BEFORE = (
    "well before",
    "long before",
    "just before",
    "shortly before",
    "well ahead of",
    "prior to",
    "ahead of",
    "in advance of",
    "before",
    "earlier than",
    "sooner than",
)
EARLIEST = (
    "not before", "no earlier than", "not earlier than", "no sooner than", "not sooner than", "not until",
    "never before",
    "not until after", "only after", "only from", "well after", "long after", "shortly after", "just after",
    "right after", "soon after", "at the earliest in", "at the earliest by", "at the earliest on",
    "at the earliest", "earliest in", "earliest", "after", "beyond", "past", "later than", "since",
    "any time after", "anytime after",
)  # fmt: skip
FROM = ("as early as", "as soon as", "possibly as early as", "perhaps as early as", "possibly as soon as")
UNDER = (
    "less than", "under", "fewer than", "no more than", "not more than", "at most", "up to", "a maximum of",
    "maximum", "max",
    "below", "well under", "no later than", "as little as", "as few as",
)  # fmt: skip
OVER = (
    "more than",
    "over",
    "at least",
    "no less than",
    "not less than",
    "no fewer than",
    "upwards of",
    "well over",
    "beyond",
)

# What stands after one.
OR_LATER = (
    "at the earliest", "earliest", "or later", "or beyond", "and beyond", "or after", "onwards", "onward",
    "and after",
)  # fmt: skip
OR_EARLIER = (
    "at the latest", "at the very latest", "at latest", "latest", "or earlier", "or sooner", "if not sooner",
    "if not earlier", "if not before", "or before", "as planned", "on schedule", "inclusive",
)  # fmt: skip
OVER_WITH = (
    "is out", "is over", "is up", "is done", "is through", "ends", "is ended", "comes to an end", "closes",
)  # fmt: skip
