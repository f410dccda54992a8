# Each target works from a fresh clone on a machine with Python 3.11 or later and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
CORPUS := corpus
# One worker for each core, at most four; the tests of a file stay with one worker. More than that gained nothing.
SIDE_BY_SIDE := --numprocesses=logical --maxprocesses=4 --dist=loadfile --no-loadscope-reorder
QUESTION := Which Cheshire recommendations are still outstanding?

.PHONY: help run demo local-slack test test-quick check format bench train train-quick train-report lock clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | expand -t 14

run: $(VENV)/.installed ## index corpus/ and answer a question about it
	@$(BIN)/askpcc index
	@echo
	@$(BIN)/askpcc ask "$(QUESTION)"

demo: $(VENV)/.installed ## talk to the Slack bot in a browser, without a workspace (Linux with npm); CORPUS=FOLDER
	@PYTHONPATH=tests $(BIN)/python -m local_slack.demo $(CORPUS)

local-slack: | $(BIN)/python ## get what stands in for Slack from npm, for the demo and its test
	@PYTHONPATH=tests $(BIN)/python -m local_slack.package

test: $(VENV)/.installed-dev ## run all tests
	@$(BIN)/python -m pytest $(SIDE_BY_SIDE)

test-quick: $(VENV)/.installed-dev ## run the tests that need no model, no server and no other process
	@$(BIN)/python -m pytest $(SIDE_BY_SIDE) --quick -q

check: $(VENV)/.installed-dev ## formatting, lint, types and spelling
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check
	@$(BIN)/mypy
	@$(BIN)/typos

format: $(VENV)/.installed-dev ## format the code
	@$(BIN)/ruff format
	@$(BIN)/ruff check --fix

bench: $(VENV)/.installed-dev ## print what it costs: speed, memory
	@PYTHONPATH=tests $(BIN)/python -m bench.run

train: $(VENV)/.installed-train ## teach the reader and write src/askpcc/data/reader/ (hours; goes on where it was stopped)
	@$(BIN)/python -m training.make

train-quick: $(VENV)/.installed-train ## try the same with a few examples, and throw it away
	@$(BIN)/python -m training.make --quick

train-report: $(VENV)/.installed ## print what teaching comes to on batches that are left out (hours; FOLD=1 for a third)
	@$(BIN)/python -m training.report $(FOLD:%=--fold %)

lock: ## write the lock files afresh from pyproject.toml
	@sh tests/support/lock.sh "$(PYTHON)"

clean: ## remove the virtual environment and what is built
	@rm -rf $(VENV) .demo build dist .pytest_cache .mypy_cache .ruff_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "askpcc needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.11 run")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing askpcc and what it needs into $(VENV) (about 2 GB; takes some minutes, once)."
	@$(PIP) install --requirement requirements.lock
	@$(PIP) install --no-deps --editable .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@echo "Installing what tests and checks need."
	@$(PIP) install --requirement requirements-dev.lock
	@touch $@

$(VENV)/.installed-train: requirements-train.lock $(VENV)/.installed
	@echo "Installing what the export of the reader needs."
	@$(PIP) install --requirement requirements-train.lock
	@touch $@
