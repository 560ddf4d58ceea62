# The commands of this project. `make` alone explains them.
SHELL := /bin/bash
.DEFAULT_GOAL := help

PYTHON ?= python3
STAGE ?= local
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
LOCK := infra/local/requirements.txt
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command 'make lock'
export PYTHONPATH := $(CURDIR):$(CURDIR)/layers/core

.PHONY: help run stop reset mails test lint build deploy bench resume lock contract docs

help: ## List the commands
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  \033[1mmake %-10s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(READY) ## Start the desk on this machine and walk one application through it
	@$(BIN)/python -m infra.local run

stop: $(READY) ## Stop it; what it holds is kept
	@$(BIN)/python -m infra.local stop

reset: $(READY) ## Stop it and forget everything
	@$(BIN)/python -m infra.local reset

mails: $(READY) ## Show the mails that customers of the local desk got
	@$(BIN)/python -m infra.local mails

test: $(READY) ## Unit, integration, infrastructure and end-to-end tests
	@$(BIN)/pytest -q -n 2 tests/unit tests/integration tests/infrastructure
	@$(BIN)/pytest -q tests/e2e

lint: $(READY) ## Style, types and the directions of imports
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy layers/core/aftersales functions infra tests
	@$(BIN)/lint-imports

bench: $(READY) ## Cold starts, decisions and assignments a second, what a refund and an exchange cost
	@$(BIN)/python -m tests.bench

deploy: $(READY) ## Deploy to AWS: make deploy STAGE=production (the README says what it needs)
	@$(BIN)/python -m infra.ops deploy --stage $(STAGE)

resume: $(READY) ## Give applications that stand still a running execution: make resume STAGE=…
	@$(BIN)/python -m infra.ops resume --stage $(STAGE) $(NUMBERS)

contract: $(READY) ## Write infra/openapi.yaml anew from the route table and the models
	@$(BIN)/python -m infra.contract

docs: $(READY) ## Write anew what stands in docs/ by the code: diagrams, facts, shipped policies
	@$(BIN)/python -m infra.docs

lock: $(READY) ## Bring all locked versions up to date
	@$(COMPILE) --upgrade --group dev -o $(LOCK)
	@$(COMPILE) --upgrade -c $(LOCK) --overrides layers/runtime/overrides.txt -o layers/runtime/requirements.txt layers/runtime/requirements.in
	@$(COMPILE) --upgrade -c $(LOCK) -o layers/identity/requirements.txt layers/identity/requirements.in
	@$(COMPILE) --upgrade -c $(LOCK) -o layers/rules/requirements.txt layers/rules/requirements.in
	@$(COMPILE) --upgrade -c $(LOCK) --overrides layers/payments/overrides.txt -o layers/payments/requirements.txt layers/payments/requirements.in
	@$(COMPILE) --upgrade -c $(LOCK) --overrides layers/carriers/overrides.txt -o layers/carriers/requirements.txt layers/carriers/requirements.in

$(READY): $(LOCK)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is older. Try: make PYTHON=python3.13 …"; exit 1; }
	@echo "Installing the tools into $(VENV) …"
	@$(PYTHON) -m venv $(VENV) || { echo "The venv module of $(PYTHON) is missing (Debian: apt-get install python3-venv)."; exit 1; }
	@$(BIN)/pip install --quiet --disable-pip-version-check "$$(grep -o '^uv==[0-9.]*' $(LOCK))"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r $(LOCK)
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@
