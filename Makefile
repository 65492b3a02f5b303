# SPDX-License-Identifier: AGPL-3.0-or-later
# Every command of this repository. `make help` lists them.

SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PORT ?= 8000
SCALE ?= province
APP ?=
export PORT

PY := .venv/bin/python
RUN := .venv/bin/binhyen
CATALOGUES := $(shell find binhyen -name '*.po')
STATIC := $(shell find binhyen -path '*/static/*' -type f -not -path 'binhyen/sync/static/field/*')
FIELD := $(shell find field -name node_modules -prune -o -name tests -prune -o -type f -print)
BUILT := binhyen/sync/static/field/.stamp

.PHONY: help demo demo-data serve ready test check bench screenshots messages generate lock clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' \
	  | while IFS="$$(printf '\t')" read -r name text; do printf '  make %-12s %s\n' "$$name" "$$text"; done

demo: demo-data ## Start the product with an invented year of Lâm Đồng: PORT=8000 SCALE=province|commune
	@$(RUN) serve

demo-data: ready ## Make the demo's database and end
	@$(RUN) demo --scale $(SCALE)

serve: ready ## Start the product with the database that is there
	@$(RUN) serve

ready: .venv/.core .venv/.catalogues static-root/staticfiles.json

test: .venv/.dev ready ## Run every test: SQLite, PostgreSQL, a real browser
	@$(PY) -m scripts.suite

check: .venv/.dev .venv/.catalogues ## Format, lint, types, layers, house rules, migrations, generated files
	@$(PY) -m scripts.check

bench: .venv/.dev ready ## Measure the pages of the demo province
	@$(PY) -m bench

screenshots: .venv/.dev ready ## Take the pictures of the README anew
	@$(PY) -m scripts.screenshots

messages: .venv/.dev ## Put new texts into the Vietnamese catalogues: APP=teams
	@$(PY) -m scripts.messages update $(APP)

generate: .venv/.dev ready ## Write the generated files anew: API schema, policy, inventories
	@$(RUN) generate

lock: .venv/.dev ## Choose the newest versions that pyproject.toml allows
	@sh scripts/lock.sh

clean: ## Remove what can be made again; databases in var/ stay
	@rm -rf .venv static-root field/node_modules binhyen/sync/static/field .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find binhyen config scripts tests -name __pycache__ -prune -exec rm -rf {} +
	@find binhyen -name '*.mo' -delete

.venv/.core: requirements/core.txt scripts/install.sh
	@sh scripts/install.sh core

.venv/.dev: requirements/dev.txt scripts/install.sh
	@sh scripts/install.sh dev

.venv/.catalogues: .venv/.core $(CATALOGUES)
	@$(PY) -m scripts.messages compile
	@touch $@

$(BUILT): .venv/.core $(FIELD) scripts/field.py
	@$(PY) -m scripts.field build

static-root/staticfiles.json: .venv/.core $(BUILT) $(STATIC)
	@BINHYEN_COLLECTING=1 $(RUN) collectstatic --noinput --clear --verbosity 0
	@touch $@
