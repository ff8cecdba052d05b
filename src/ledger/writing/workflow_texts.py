"""The texts of `ci init`. `@NAME@` stands for what depends on the ledger and on where the program is installed from.

Actions are pinned by hash, the tag in a comment: a tag can be moved.
`pip`, not `python -m pip`: the latter would import a `pip` that a pull request put into the folder.
"""

from __future__ import annotations

CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1"
PYTHON = "actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97 # v7.0.0"
CONFIGURE = "actions/configure-pages@983d7736d9b0ae728b81ab479565c72886d7745b # v5.0.0"
UPLOAD = "actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9 # v5.0.0"
DEPLOY = "actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128 # v5.0.0"

# What to compare with. A shallow clone is left to the check: it says how to mend that.
BASE = """\
case "$BASE" in
  "" | *[!0-9a-f]*) ;; # nothing, or a name
  *[!0]*)
    if ! git cat-file -e "$BASE^{commit}" 2>/dev/null &&
      [ "$(git rev-parse --is-shallow-repository)" = false ] && ! git fetch --quiet origin "$BASE" 2>/dev/null
    then
      echo "@WARNING@the commit before this push is gone (a forced push?): compared with HEAD^1 instead"
      BASE=$(git rev-parse --verify --quiet HEAD^1 || true)
    fi ;;
  *) BASE=$(git rev-parse --verify --quiet "refs/remotes/origin/$DEFAULT_BRANCH^{commit}" || true) ;; # a new branch
esac
"""
# The step of the action, and of a workflow that cannot use it.
CHECK = (
    """\
read -r -a args <<< "$ARGS"
files=()
while IFS= read -r file; do
  if [ -n "$file" ]; then files+=(--file "$file"); fi
done <<< "$FILE"
# A pull request is judged by what it brings: what was overdue before it is told, and turns the daily run red.
if [ "$EVENT" = pull_request ]; then
  args+=(--ignore overdue)
  overdue=$(fledger list --status overdue --format plain "${files[@]}" 2>/dev/null | wc -l) || overdue=0
  if [ "$overdue" -gt 0 ]; then echo "::notice::overdue, whatever this pull request brings: $((overdue))"; fi
fi
"""
    + BASE.replace("@WARNING@", "::warning::")
    + """\
fledger check --summary "${files[@]}" ${BASE:+--base "$BASE"} "${args[@]}"
"""
)
# A pull request is compared with the branch it goes to, a push with what stood there before it.
CHECK_ENV = """\
EVENT: ${{ github.event_name }}
BASE: ${{ @BASE@(github.event_name == 'pull_request' && 'HEAD^1') || github.event.before }}
DEFAULT_BRANCH: ${{ github.event.repository.default_branch }}
"""
INSTALL = f"""\
- uses: {PYTHON}
  with:
    python-version: "3.12"
- name: Install
  run: pip install "@REQUIREMENT@"
"""
CHECKOUT_ALL = f"""\
- uses: {CHECKOUT}
  with:
    fetch-depth: 0 # what stood there before is compared with
    persist-credentials: false
"""
GITHUB = """\
# Checks the ledger on every change. Made by: fledger ci init github
name: ledger

on:
  push:
    branches: [main, master]
  pull_request:
  workflow_dispatch:

permissions:
  contents: read

# Of a pull request only what it is now is checked; no push is passed over, since each is compared with the one before.
concurrency:
  group: ledger-${{ github.event.pull_request.number || github.sha }}
  cancel-in-progress: true

jobs:
  check:
    name: Check the ledger
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
@CHECKOUT@@CHECK@"""
DAILY = """\
# Checks the ledger daily: a deadline that passes without a verdict turns this red and opens an issue, or updates
# the one that is open. Made by: fledger ci init github
#
# A quiet repository: GitHub switches this file off when a public repository had no commit for 60 days, and writes
# to whoever last changed it. Any commit before that, or "Enable workflow" on its page, or
# gh workflow enable ledger-daily.yml, keeps it running. The check of pull requests is a file of its own and stays.
name: ledger daily

on:
  schedule:
    - cron: "17 4 * * *"
  workflow_dispatch:

permissions:
  contents: read

concurrency:
  group: ledger-daily

jobs:
  check:
    name: Check what has fallen due
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      contents: read
      issues: write # the one issue
    steps:
@CHECKOUT@@CHECK@      - name: Open, update or close the issue
        if: ${{ !cancelled() && hashFiles('ledger-report.md') != '' }}
        env:
          GH_TOKEN: ${{ github.token }}
          GH_REPO: ${{ github.repository }}
          OUTCOME: ${{ steps.check.outcome }}
          TITLE: The ledger needs a look
        run: |
          number=$(gh issue list --state open --author app/github-actions --limit 100 --json number,title \\
            --jq 'map(select(.title == "The ledger needs a look")) | .[0].number // empty')
          if [ "$OUTCOME" = failure ]; then
            if [ -n "$number" ]; then
              gh issue edit "$number" --body-file ledger-report.md
            else
              gh issue create --title "$TITLE" --body-file ledger-report.md
            fi
          elif [ -n "$number" ]; then
            gh issue close "$number" --comment "The check finds nothing wrong any more."
          fi
"""
PAGES = """\
# Publishes the ledger as a web site, on every change and daily, since states change with the day.
# Once: Settings > Pages > Source: GitHub Actions. Made by: fledger ci init pages
name: ledger pages

on:
  push:
    branches: [main, master]
  schedule:
    - cron: "37 4 * * *"
  workflow_dispatch:

permissions:
  contents: read

concurrency:
  group: pages

jobs:
  build:
    name: Build the site
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      contents: read
      pages: read # the address of the site
    steps:
@CHECKOUT@@INSTALL@      - id: pages
        uses: @CONFIGURE@
      - name: Build the site
        env:
          URL: ${{ steps.pages.outputs.base_url }}
        run: fledger site _site --url "$URL"@OPTIONS@
      - uses: @UPLOAD@
        with:
          path: _site
  deploy:
    name: Publish it
    needs: build
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      pages: write # what is published
      id-token: write # how the deployment proves where it comes from
    environment:
      name: github-pages
      url: ${{ steps.deployment.outputs.page_url }}
    steps:
      - id: deployment
        uses: @DEPLOY@
"""
GITLAB = """\
# Checks the ledger on every change. For a daily run, so that a deadline that passes overnight turns it red,
# add a schedule: Build > Pipeline schedules. Made by: fledger ci init gitlab
ledger:
  image: python:3.12
  variables:
    GIT_DEPTH: "0" # what stood there before is compared with
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_PIPELINE_SOURCE == "schedule"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  script:
    - pip install "@REQUIREMENT@"
    - |
      # A merge request is compared with where it branched off and judged by what it brings: what is overdue is told,
      # and turns the scheduled run red. A push is compared with what stood there before it.
      BASE="${CI_MERGE_REQUEST_DIFF_BASE_SHA:-$CI_COMMIT_BEFORE_SHA}"
      DEFAULT_BRANCH="$CI_DEFAULT_BRANCH"
      set --
      case "$CI_PIPELINE_SOURCE" in
        schedule) BASE="" ;;
        merge_request_event)
          set -- --ignore overdue
          fledger list --status overdue --format plain@OPTIONS@ || true ;;
      esac
@BASE@      fledger check --summary --report gitlab=gl-code-quality-report.json@OPTIONS@ ${BASE:+--base "$BASE"} "$@"
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
"""
# A deadline that has passed is no reason to refuse a commit about something else: the daily run tells.
PRE_COMMIT = """\
# Checks the ledger before each commit, once it is installed: pre-commit install
# Made by: fledger ci init pre-commit
repos:
  - repo: @ADDRESS@
    rev: @REF@
    hooks:
      - id: ledger-check
        args: @HOOK@
"""


def indented(text: str, by: int = 6) -> str:
    """The text, each line moved to the right."""
    return "".join(f"{' ' * by}{line}\n" for line in text.splitlines())
