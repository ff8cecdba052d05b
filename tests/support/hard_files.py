"""Ledgers as people and programs really leave them: each a text with two claims, a (open) and b (judged)."""

from __future__ import annotations

HEAD = """\
ledger: 1
people: {ann: {name: Ann}}
topics: {tea: Tea}
sources: {post: {title: A post}}
"""

PLAIN = f"""\
{HEAD}claims:
  - id: a
    claim: Tea is served.
    speaker: ann
    said: 2024
    source: post
    topics: [tea]
    deadline: 2025

  - id: b
    claim: Cake is served.
    speaker: ann
    said: 2024
    source: post
    deadline: 2025
    checked: 2025-02-03
    resolutions:
      - outcome: false
        judged: 2026-01-01
        evidence:
          - url: https://example.org/cake
            says: None was.
"""

_INDENTLESS = f"""\
{HEAD}claims:
- id: a
  claim: Tea is served.
  speaker: ann
  said: 2024
  source: post
  topics:
  - tea
  deadline: 2025
- id: b
  claim: Cake is served.
  speaker: ann
  said: 2024
  source: post
  deadline: 2025
  checked: 2025-02-03
  resolutions:
  - outcome: false
    judged: 2026-01-01
    evidence:
    - url: https://example.org/cake
      says: None was.
"""

_WIDE = f"""\
{HEAD}claims:
    -   id: a
        claim: Tea is served.
        speaker: ann
        said: 2024
        source: post
        deadline: 2025

    -   id: b
        claim: Cake is served.
        speaker: ann
        said: 2024
        source: post
        deadline: 2025
        checked: 2025-02-03
        resolutions:
            -   outcome: false
                judged: 2026-01-01
                evidence:
                    -   url: https://example.org/cake
                        says: None was.
"""

_FLOW_CLAIMS = f"""\
{HEAD}claims:
  - {{id: a, claim: Tea is served., speaker: ann, said: 2024, source: post, deadline: 2025}}
  - {{id: b, claim: Cake is served., speaker: ann, said: 2024, source: post, deadline: 2025,
     checked: 2025-02-03,
     resolutions: [{{outcome: false, judged: 2026-01-01, note: None was.}}]}}
"""

_FLOW_ALL = f"""\
{HEAD}claims: [
  {{id: a, claim: Tea is served., speaker: ann, said: 2024, source: post, deadline: 2025}},
  {{id: b, claim: Cake is served., speaker: ann, said: 2024, source: post, deadline: 2025, checked: 2025-02-03,
    resolutions: [{{outcome: false, judged: 2026-01-01, note: None was.}}]}},
]
"""

_QUOTED_KEYS = f"""\
{HEAD}claims:
  - "id": "a"
    "claim": "Tea is served."
    "speaker": "ann"
    "said": "2024"
    "source": "post"
    "deadline": "2025"
  - 'id': 'b'
    'claim': 'Cake is served.'
    'speaker': 'ann'
    'said': '2024'
    'source': 'post'
    'deadline': '2025'
    'checked': '2025-02-03'
    'resolutions':
      - 'outcome': 'false'
        'judged': '2026-01-01'
        'note': 'None was.'
"""

_COMMENTS = f"""\
# at the top
{HEAD}# between head and claims
claims:  # the claims
  # section one

  - id: a  # the first
    # inside
    claim: Tea is served.
    speaker: ann
    said: 2024   # a year
    source: post
    deadline: 2025    # as said
    # at the end of a

  # section two

  # just above b
  - id: b
    claim: Cake is served.
    speaker: ann
    said: 2024
    source: post
    deadline: 2025
    # checked by hand
    checked: 2025-02-03  # in a hurry
    resolutions:  # so far
      # the only one
      - outcome: false  # sadly
        judged: 2026-01-01
        note: None was.   # really
        # and nothing more
      # end of the judgements
    # end of b
# end of the file
"""

_EMPTIES = f"""\
{HEAD}claims:
  - id: a
    claim: Tea is served.
    speaker: ann
    said: 2024
    source: post
    deadline: 2025
    topics: []
    note:
    checked:
    resolutions: []  # none yet
  - id: b
    claim: Cake is served.
    speaker: ann
    said: 2024
    source: post
    deadline: 2025
    checked:   # soon
    note: ''
    resolutions:
    - outcome: false
      judged: 2026-01-01
      happened:
      note: None was.
"""

_EMPTY_LIST_BELOW = f"""\
{HEAD}claims:
  - id: a
    claim: Tea is served.
    speaker: ann
    said: 2024
    source: post
    deadline: 2025
    resolutions:
      # none yet
    note: |
      Two lines,
      and a block.

  - id: b
    claim: >-
      Cake is
      served.
    speaker: ann
    said: 2024
    source: post
    deadline: 2025
    checked: >-
      2025-02-03
    resolutions:
      - outcome: false
        judged: 2026-01-01
        note: |+
          None was.


"""

_BLOCK_AT_END = PLAIN + "        note: >-\n          None,\n          not one."

_TABS = PLAIN.replace("deadline: 2025\n", "deadline: 2025\t# as said\n").replace("None was.", "None was.   ")

_ODD_ORDER = f"""\
{HEAD}claims:
  - deadline: 2025
    source: post
    id: a
    speaker: ann
    said: 2024
    claim: 'Tea: is it served?'
  - resolutions:
      - note: |-
          None was.

          Not one.
        judged: 2026-01-01
        outcome: false
    checked: 2025-02-03
    deadline: 2025
    id: b
    speaker: ann
    said: 2024
    source: post
    claim: "Cake \\"is\\" served."
after_the_claims: no
""".replace("after_the_claims: no\n", "title: Below\n")

_SEPARATE_DASH = f"""\
{HEAD}claims:
  -
    id: a
    claim: Tea is served.
    speaker: ann
    said: 2024
    source: post
    deadline: 2025
  -
    id: b
    claim: Cake is served.
    speaker: ann
    said: 2024
    source: post
    deadline: 2025
    checked: 2025-02-03
    resolutions:
      -
        outcome: false
        judged: 2026-01-01
        note: None was.
"""

_WORDS = PLAIN.replace("Tea is served.", "Tea 🍵 est servi à l’heure — déjà vu 你好 𝔘𝔫𝔦.").replace(
    "None was.", "नहीं 🎂."
)

FILES = {
    "plain": PLAIN,
    "crlf": PLAIN.replace("\n", "\r\n"),
    "bom": "\ufeff" + PLAIN,
    "bom and crlf": "\ufeff" + PLAIN.replace("\n", "\r\n"),
    "lone cr": PLAIN.replace("\n", "\r"),
    "no final newline": PLAIN.rstrip("\n"),
    "blank lines at the end": PLAIN + "\n\n\n",
    "spaces at the end": PLAIN + "  ",
    "indentless": _INDENTLESS,
    "indentless, crlf, no final newline": _INDENTLESS.rstrip("\n").replace("\n", "\r\n"),
    "wide dashes": _WIDE,
    "flow claims": _FLOW_CLAIMS,
    "all in brackets": _FLOW_ALL,
    "quoted keys": _QUOTED_KEYS,
    "comments everywhere": _COMMENTS,
    "comments, crlf": _COMMENTS.replace("\n", "\r\n"),
    "empty values": _EMPTIES,
    "empty list below its key": _EMPTY_LIST_BELOW,
    "block scalar at the end": _BLOCK_AT_END,
    "literal block at the end": PLAIN + "        note: |\n          None,\n          not one.\n",
    "tabs and trailing spaces": _TABS,
    "odd order of keys": _ODD_ORDER,
    "dash on its own line": _SEPARATE_DASH,
    "non-bmp and wide characters": _WORDS,
    "next line character": PLAIN.replace("None was.", '"None\x85was."'),
    "line separator": PLAIN.replace("Tea is served.", '"Tea is\u2028served."'),
    "document start": "%YAML 1.2\n---\n" + PLAIN,
    "document end": PLAIN + "...\n",
    "start and end, comment after": "---\n" + PLAIN + "...\n# the end\n",
    "head after the claims": PLAIN.replace(HEAD, "ledger: 1\n") + HEAD.replace("ledger: 1\n", ""),
}
