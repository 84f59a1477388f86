# Six targets cover daily work: setup test lint types docs check. The rest: demo, lexicon, web, engines, bench, lock, clean.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.ready
OTHERS := .venv-engines
TABLES := src/marsad/_built/.stamp
DESK   := demo-desk/project
WORDS  := $(shell find src/marsad -path src/marsad/web -prune -o \( -name "*.yml" -o -name "*.tsv" -o -name "*.txt" \) -print) $(wildcard src/marsad/arabic/*.py src/marsad/codebook/*.py src/marsad/grounding/*.py)

.PHONY: setup lexicon web demo test lint format types docs docs-check check engines bench gate pictures lock clean

## setup: a virtual environment with the pinned tools and the program in it
setup: $(STAMP)

$(STAMP): requirements-dev.lock pyproject.toml hatch_build.py
	@$(PYTHON) -c 'import sys; sys.exit("Marsad needs Python 3.11 or newer, not " + sys.version if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(STAMP)

## lexicon: compile the word lists into src/marsad/_built, if one of them changed
lexicon: setup $(TABLES)

$(TABLES): $(STAMP) $(WORDS)
	$(BIN)/python hatch_build.py
	@mkdir -p $(@D) && touch $@

## web: take the map, its land and borders, htmx and Arabic fonts from npm, if what is pinned changed (MARSAD_SKIP_WEB=1 leaves them out)
web: setup
	@$(BIN)/python hatch_web.py

## demo: read the sample articles, show who said what, what an army concedes, who is said to hold a city; make a project of them and say what opens its workspace
demo: lexicon web
	@$(BIN)/marsad read --format table demo
	@$(BIN)/marsad read --format html demo > demo.html
	@$(BIN)/marsad read --format jsonl demo > demo.claims.jsonl
	@$(BIN)/marsad reconcile --format jsonl demo.claims.jsonl > demo.incidents.jsonl
	@printf '\nTied together over outlets, the incidents that a side concedes or that are disputed:\n\n'
	@$(BIN)/marsad reconcile --format table --status conceded --status disputed demo.claims.jsonl
	@printf '\nWho is said to hold the city of Khan Shaykhun, since when, on whose word:\n\n'
	@$(BIN)/marsad control --format table --place "خان شيخون" demo.incidents.jsonl
	@echo "The articles as a page, with every claim at its words: demo.html"
	@echo "The claims and the incidents as data: demo.claims.jsonl, demo.incidents.jsonl"
	@test -f $(DESK)/marsad.toml || $(BIN)/marsad init $(DESK) > /dev/null 2>&1
	@$(BIN)/marsad store migrate --project $(DESK) > /dev/null 2>&1 || true
	@printf '\nA project with these and a fortnight more, told by ten outlets:\n\n'
	@$(BIN)/marsad ingest --project $(DESK) demo/articles.jsonl demo-desk/campaign.jsonl
	@printf '\nThis opens its workspace at http://127.0.0.1:8321/ (Ctrl-C ends it):\n\n    $(BIN)/marsad serve --project $(DESK) --open\n\n'

## test: the test suite on all cores (TEST_JOBS=1 for one); where Chromium is missing, the tests in a browser are skipped and say how to install it
TEST_JOBS ?= logical
test: export PYTHONDONTWRITEBYTECODE =
test: lexicon web
	$(BIN)/python -m pytest -n $(TEST_JOBS) --maxprocesses 8 --dist loadfile

## lint: ruff's rules, ruff's format and the direction of imports
lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

## types: mypy in strict mode
types: setup
	$(BIN)/mypy --strict src

## docs: write the generated pages (command line, codebook) anew
docs: lexicon
	$(BIN)/python docs/generate.py

docs-check: lexicon
	$(BIN)/python docs/generate.py --check

## check: everything that CI checks
check: lint types docs-check test

## engines: archives on Spark and on Ray, in a virtual environment of their own (needs Java 17): faults, and the same rows as on this machine's own processes
engines: lexicon $(OTHERS)/.ready
	MARSAD_NO_SKIP=1 $(APART) $(OTHERS)/bin/python -m pytest -p no:cacheprovider -n 0 -k "spark or ray" tests/archive/engines

# Alone with a loopback and with what it starts, where the system lets us: Ray would listen at the machine's own address.
APART := $(shell unshare -rnpf --kill-child --mount-proc ip link set lo up 2>/dev/null && echo "unshare -rnpf --kill-child --mount-proc sh -c 'ip link set lo up && exec \"\$$@\"' sh")

$(OTHERS)/.ready: requirements-engines.lock pyproject.toml hatch_build.py
	test -x $(OTHERS)/bin/python || $(PYTHON) -m venv $(OTHERS)
	$(OTHERS)/bin/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --require-hashes -r requirements-engines.lock
	$(OTHERS)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

## bench: speed and memory, then accuracy against the pinned floors
bench: lexicon
	$(BIN)/python bench/speed.py
	$(BIN)/python bench/gate.py
	nice $(BIN)/python bench/corpus_check.py

gate: lexicon
	$(BIN)/python bench/gate.py

## pictures: take the pictures of the workspace that the README shows anew (needs Chromium)
pictures: lexicon web
	$(BIN)/python docs/take_pictures.py

## lock: pin the dependencies anew, Python's (needs uv on the PATH) and npm's
UV   ?= uv
PINS := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate
lock:
	$(UV) pip compile $(PINS) pyproject.toml -o requirements.lock
	$(UV) pip compile $(PINS) pyproject.toml --group dev --group build -c requirements.lock -o requirements-dev.lock
	$(UV) pip compile $(PINS) pyproject.toml --group build --group engines -c requirements.lock -o requirements-engines.lock
	$(BIN)/python hatch_web.py lock

clean:
	rm -rf $(VENV) $(OTHERS) src/marsad/_built src/marsad/web/static/vendor build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
