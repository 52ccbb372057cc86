# The registry's commands. `make help` lists them.

HOST ?= 127.0.0.1
PORT ?= 8000
# `make test ARGS=tests/models` runs a part, without coverage.
ARGS ?=
WORKERS ?= 2
SCALE ?= 10
export HOST PORT
# Else each of the many processes of a test, a start or a command would compile everything for itself.
unexport PYTHONDONTWRITEBYTECODE

python = .venv/bin/python
coverage = $(if $(ARGS),,--cov --cov-report=term)
catalogues = $(wildcard locale/*/LC_MESSAGES/django.po)
templates = $(shell find templates -name '*.html' 2>/dev/null)

# What `check --deploy` needs to see the site as it runs in production.
production = ENVIRONMENT=production SITE_URL=https://registry.example.org \
	EMAIL_URL=smtp+tls://mail.example.org REDIS_URL=redis://127.0.0.1:6379/0 \
	SECRET_KEY="$$($(python) -c 'import secrets; print(secrets.token_urlsafe(50))')"

.DEFAULT_GOAL := help
.PHONY: help demo test bench access browse weight drill killing chaos fuzz workflow describe setup run lint format words lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

demo: .venv/words.stamp ## environment, database, real data, and the site on http://HOST:PORT/
	@$(python) manage.py demo --host "$(HOST)" --port "$(PORT)"

test: .venv/test.stamp .venv/words.stamp ## environment with test tools, and the whole suite (DATABASE_URL=postgres://… for PostgreSQL)
	$(python) -m pytest -n $(WORKERS) --dist loadfile $(coverage) $(ARGS)

setup: .venv/words.stamp ## environment and an empty, current database
	$(python) manage.py migrate --verbosity 0

# An empty database of its own: the sample is never mixed with real records.
# (Asked in the recipe: a default for one target would take the variable from all others.)
bench: .venv/test.stamp .venv/words.stamp ## measure the API's reads on generated records (SCALE=10, DATABASE_URL=postgres://… for PostgreSQL)
	DATABASE_URL=$${DATABASE_URL:-sqlite:///var/sample-$(SCALE).sqlite3} $(python) -m tests.bench.run --scale $(SCALE)

fuzz: .venv/test.stamp .venv/words.stamp ## hold the API against its own description (SAMPLE=yes: in about a minute)
	$(python) -m tests.fuzz.run $(if $(SAMPLE),--sample)

# Two hundred deliverers die; it takes a quarter of an hour.
chaos: .venv/test.stamp .venv/words.stamp ## kill whoever sends messages, take Redis away, and count what was lost or doubled
	rm -f var/chaos.sqlite3*
	SECRET_KEY=$(or $(SECRET_KEY),$$(printf 'only-for-chaos-%.0s' 1 2 3 4)) DATABASE_URL=$${DATABASE_URL:-sqlite:///var/chaos.sqlite3} $(python) -m tests.chaos.run

workflow: .venv/test.stamp .venv/words.stamp ## hold the workflow of submissions against a model, and race for it (RUNS=200, SEED=1, DATABASE_URL=postgres://… for PostgreSQL)
	WORKFLOW_RUNS=$(or $(RUNS),200) WORKFLOW_SEED=$(or $(SEED),1) WORKFLOW_SHRINK=$(SHRINK) $(python) -m pytest -n 0 -q tests/workflow

browse: .venv/test.stamp .venv/words.stamp ## in a real browser: what stands around pages, and the way of a submission
	$(python) -m tests.browser.run

# Every page in every language and state; LANGUAGES=en,ar for some, SHOTS=var/shots for pictures.
access: .venv/test.stamp .venv/words.stamp ## public pages held against the rules of accessibility, in a real browser
	$(python) -m tests.browser.access

weight: .venv/test.stamp .venv/words.stamp ## what public pages weigh, and how soon they stand on a slow machine
	$(python) -m tests.browser.weight

killing: .venv/test.stamp .venv/words.stamp ## kill whoever applies an uploaded sheet: all of it is there, or nothing (KILLS=20, ROWS=300)
	KILLS=$(KILLS) ROWS=$(ROWS) $(python) -m tests.killing.run

drill: .venv/test.stamp .venv/words.stamp ## restore a backup that was taken while others wrote, on both databases, and compare
	$(python) -m tests.drill.run

describe: setup ## keep what the API promises, after additions to it
	@$(python) manage.py shell --no-imports --command "from registry.api.description import promise; print(promise.keep())"

run: setup ## serve the database as it is
	@$(python) manage.py serve --host "$(HOST)" --port "$(PORT)"

lint: .venv/test.stamp ## every rule a machine can keep
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	$(if $(templates),.venv/bin/djade --check $(templates))
	.venv/bin/lint-imports --no-logo
	$(python) manage.py makemigrations --check --dry-run
	@$(production) $(python) manage.py check --deploy --fail-level WARNING

format: .venv/test.stamp ## put Python and templates in order
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	$(if $(templates),-.venv/bin/djade $(templates))

words: .venv/app.stamp ## bring the catalogues of the languages up to date, and say what is not translated
	@$(python) manage.py catalogues

lock: ## resolve pyproject.toml anew into requirements/ (needs uv)
	uv pip compile $(lockflags) pyproject.toml -o requirements/app.txt
	uv pip compile $(lockflags) pyproject.toml --group dev -c requirements/app.txt -o requirements/test.txt

# No address of any package index may land in the lock.
lockflags = --quiet --universal --python-version 3.12 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'

clean: ## remove the environment and everything the site made, its database included
	rm -rf .venv .tools var .coverage .hypothesis .pytest_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps: a second run installs nothing.
.venv/app.stamp: requirements/app.txt requirements/install.sh
	@requirements/install.sh app && touch $@

.venv/words.stamp: .venv/app.stamp $(catalogues)
	@$(python) manage.py catalogues --compile && touch $@

.venv/test.stamp: requirements/test.txt requirements/install.sh
	@requirements/install.sh test && touch $@ .venv/app.stamp
