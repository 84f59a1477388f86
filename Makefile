# Six targets cover daily work: setup test lint types docs check. The rest: demo, lexicon, bench, lock, clean.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.ready

.PHONY: setup lexicon demo test lint format types docs docs-check check bench gate lock clean

## setup: a virtual environment with the pinned tools and the program in it
setup: $(STAMP)

$(STAMP): requirements-dev.lock pyproject.toml hatch_build.py
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(STAMP)

## lexicon: compile the word lists into src/marsad/_built, if a list changed
lexicon: setup
	$(BIN)/python hatch_build.py

## demo: read the sample articles and show who said what
demo: lexicon
	@$(BIN)/python -m demo.show 2>/dev/null || true

## test: the test suite
test: lexicon
	$(BIN)/python -m pytest

## lint: ruff's rules, ruff's format and the direction of imports
lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: setup
	$(BIN)/mypy --strict src

check: lint types test

## lock: pin the dependencies anew (needs uv on the PATH)
UV   ?= uv
PINS := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate
lock:
	$(UV) pip compile $(PINS) pyproject.toml -o requirements.lock
	$(UV) pip compile $(PINS) pyproject.toml --group dev --group build -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) src/marsad/_built build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
