# The two commands are `make run` and `make test`; `make` alone lists the rest.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
PORT ?= 8000
export PORT

BIN := .venv/bin
PIP := $(BIN)/pip install -qq --disable-pip-version-check
CATALOGUES := $(wildcard fieldlog/translations/*/LC_MESSAGES/messages.po)
COMPILED := $(CATALOGUES:.po=.mo)
CHROMIUM := /usr/bin/chromium
TYPESCRIPT := typescript@7.0.2
BIOME := @biomejs/biome@2.6.8
COMPILE := $(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes --no-header --no-emit-index-url \
	--no-emit-find-links --no-emit-trusted-host --no-emit-options

# $(call debian,packages): installs Debian packages where that is allowed, and says what to type where it is not.
define debian
	if [ "$$(id -u)" = 0 ]; then as_root=""; \
	elif sudo -n true 2>/dev/null; then as_root="sudo -n"; \
	else echo "Missing on this machine. Type:  sudo apt-get install $(1)"; exit 1; fi; \
	command -v apt-get >/dev/null || { echo "Missing on this machine: $(1)"; exit 1; }; \
	echo "Installing $(1)"; \
	$$as_root apt-get update -qq </dev/null; \
	$$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(1) </dev/null >/dev/null
endef

.PHONY: help run test bench check checks lint format types templates scripts rules translations lock clean chromium

help: ## List the commands
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 22

run: .venv/run $(COMPILED) ## Set everything up and start on http://127.0.0.1:8000 (PORT changes it)
	@exec $(BIN)/fieldlog practice

test: .venv/dev $(COMPILED) chromium ## Run every test, browser included (ARGS="-k name" picks)
	@$(BIN)/pytest -n 2 --dist worksteal $(ARGS)

bench: .venv/run $(COMPILED) ## Measure how fast entries come in, rows go out and pages are made, and write docs/benchmarks.md (some minutes)
	@$(BIN)/python -m benchmarks
	@$(BIN)/python -m benchmarks.exports
	@$(BIN)/python -m benchmarks.public
	@$(BIN)/python -m benchmarks.pages

check: .venv/dev $(COMPILED) ## Lint, types, scripts and house rules
	@$(MAKE) --keep-going --jobs 2 --output-sync=target checks

checks: lint types templates scripts rules

lint: .venv/dev
	@$(BIN)/ruff check --quiet && $(BIN)/ruff format --check --quiet --diff && echo "lint: clean"

types: .venv/dev
	@$(BIN)/mypy

templates: .venv/dev
	@$(BIN)/djlint --lint --quiet templates && echo "templates: clean"

scripts:
	@if command -v npx >/dev/null; then \
		npx --yes -p $(TYPESCRIPT) tsc -p jsconfig.json && npx --yes $(BIOME) ci --colors=off --error-on-warnings && echo "scripts: clean"; \
	else echo "scripts: skipped, this machine has no node"; fi

rules: .venv/dev $(COMPILED)
	@$(BIN)/pytest tests/houserules

format: .venv/dev ## Put code, scripts and styles into shape
	@$(BIN)/ruff check --fix --quiet || true
	@$(BIN)/ruff format --quiet
	@if command -v npx >/dev/null; then npx --yes $(BIOME) check --write --colors=off; fi

translations: .venv/dev ## Collect the Swedish texts; then fill in what is empty in the English catalogue
	@$(BIN)/pybabel --quiet extract --mapping babel.cfg --ignore-dirs '.*' --keywords 'lazy_gettext lazy_ngettext:1,2' \
		--no-wrap --omit-header --add-location never --sort-by-file -o .venv/messages.pot .
	@$(BIN)/pybabel --quiet update --no-fuzzy-matching --ignore-obsolete --no-wrap --omit-header --locale en \
		-i .venv/messages.pot -o fieldlog/translations/en/LC_MESSAGES/messages.po

lock: .venv/dev ## Renew the pinned versions and their hashes
	@$(COMPILE) --upgrade --build-deps-for=editable -o requirements.lock pyproject.toml
	@$(COMPILE) --upgrade --build-deps-for=editable --extra dev --constraint requirements.lock -o requirements-dev.lock pyproject.toml

clean: ## Remove the environment and everything made from the source; instance/ stays
	@rm -rf .venv .mypy_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info $(COMPILED)

# The browser, letters for it, and a library that the program which drives it brings along on no bare machine.
chromium: .venv/dev
	@if [ ! -x $(CHROMIUM) ] || ldd .venv/lib/python3*/site-packages/playwright/driver/node | grep -q "not found"; then \
		$(call debian,chromium fonts-dejavu-core libatomic1); fi

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "fieldlog needs Python 3.11 or later (PYTHON=… picks one)"; exit 1; }
	@if ! $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null; then $(call debian,python3-venv); fi
	@$(PYTHON) -m venv --clear .venv

# pip gets the build tool from the lock too, so that nothing unpinned is ever fetched.
.venv/run: .venv/bin/python requirements.lock pyproject.toml
	@echo "Installing what fieldlog needs"
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --no-index --editable .
	@touch $@

.venv/dev: .venv/run requirements-dev.lock
	@echo "Installing what the tests need"
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

# A catalogue without a header counts as fuzzy as a whole; that no text in it is fuzzy, a test says.
%.mo: %.po .venv/run
	@$(BIN)/pybabel --quiet compile --use-fuzzy -i $< -o $@
