# Every target sets up what it needs on a clean machine. `make help` lists them.
PYTHON ?= python3
VENV := .venv/bin
PREPARE := $(PYTHON) scripts/prepare.py
PYTEST := $(VENV)/python -m pytest
export PATH := $(CURDIR)/$(VENV):$(PATH)

.DEFAULT_GOAL := help
.PHONY: help run test check fix bench torture docs

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /  make \1|/' | column -t -s '|'

run: ## serve the town on port 8000 (BANJIE_PORT, BANJIE_BIND, BANJIE_HOME, BANJIE_DATABASE_URL)
	@$(PREPARE) run
	@exec $(VENV)/banjie serve --set-up

test bench torture: export PYTHONDONTWRITEBYTECODE :=
# Tests start many processes; each compiles every module anew where nothing may be written.

test: ## run every test: the front end, then Python on PostgreSQL, then on SQLite with the browser
	@$(PREPARE) test
	cd frontend && npm run --silent test -- --passWithNoTests
	$(VENV)/python scripts/with_postgres.py $(PYTEST) -n 2 --dist loadgroup --database-only -m "not torture and not browser"
	$(PYTEST) -n 3 --dist loadgroup -m "not torture"

check: ## look the code over without running it: style, types, layers, templates, house rules
	@$(PREPARE) check
	@$(VENV)/python scripts/check.py

fix: ## put right what machines can: format and simple lint
	@$(PREPARE) check
	$(VENV)/ruff check --fix .
	$(VENV)/ruff format .
	find banjie -path '*/templates/*' -name '*.html' | xargs -r $(VENV)/djade --target-version 5.2

bench: ## measure, as ratios in one run, on both databases
	@$(PREPARE) test
	$(VENV)/python benchmarks/run.py
	$(VENV)/python scripts/with_postgres.py --durable $(VENV)/python benchmarks/run.py

torture: ## the long loops that break things, on both databases
	@$(PREPARE) test
	$(VENV)/python scripts/with_postgres.py --durable $(PYTEST) -m torture
	$(PYTEST) -m torture

docs: ## write the index of decisions anew
	@$(PREPARE) check
	$(VENV)/python scripts/decisions.py
