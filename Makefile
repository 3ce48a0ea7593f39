# Needs only Python 3.11 or newer and make; `make tools` also Node.js 20.19 or newer. PYTHON=… picks the interpreter, VENV=… the folder.
VENV ?= .venv
BIN := $(VENV)/bin
SITE ?= site
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# An editable install is not compiled by pip; where Python may not write byte code later, every start would pay.
# Nor are the words of patterns there that a release brings: every first run would work them out.
COMPILE := $(BIN)/python -m compileall -q cramplint && $(BIN)/python tools/words.py
USABLE := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))

# LOCKED=1, as in CI: the versions of lock/ and no others, each by its hash, the build's too.
LOCKED ?=
comma := ,
NEWEST = $(PIP) -e '.$(if $(1),[$(1)])'
PINNED = $(PIP) --require-hashes -r lock/$(if $(findstring upkeep,$(1)),upkeep,dev).txt && $(PIP) --no-deps --no-build-isolation -e .
INSTALL = $(if $(filter 1,$(LOCKED)),$(PINNED),$(NEWEST))
COMPILED := $(BIN)/uv pip compile --quiet --no-progress --universal --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command 'make lock'

.PHONY: run test attack fuzz tools lint check evaluate bench mutants lock audit dist sbom help clean
.DEFAULT_GOAL := help

help:
	@echo "make run       publish articles/ to $(SITE)/"
	@echo "make test      run the tests"
	@echo "make tools     install what some tests need besides: page checkers, Chromium, Java, wheels"
	@echo "make lint      ruff, mypy, cramplint on articles/, its own texts and its rule pages"
	@echo "make check     lint and test: what a change must pass"
	@echo "make evaluate  score the rules by labelled texts, write EVALUATION.md"
	@echo "make bench     measure beside other tools, write benchmarks/RESULTS.md; BENCH_SCALE=small is quick"
	@echo "make attack    hostile articles through check, fix and publish; what costs grow by"
	@echo "make fuzz      the laws over many more articles, for FUZZ_SECONDS (300)"
	@echo "make mutants   break check, fix, suppression and the gate, tell what no test saw; MUTANTS= names some"
	@echo "make lock      raise the versions of lock/ within the bounds; LOCKED=1 installs these and no others"
	@echo "make audit     look for known holes in what is locked"
	@echo "make dist      build and check what is released; make sbom its bill of materials"
	@echo "make clean     remove what these made, $(VENV)/ included"

run: $(VENV)/.installed
	@$(BIN)/cramplint publish articles --out $(SITE)
	@echo "Open $(SITE)/index.html in a browser."

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -q -n auto --dist loadgroup

attack: tools
	CRAMPLINT_ATTACK=all CRAMPLINT_ALL_TOOLS=1 $(BIN)/python -m pytest -q -n auto tests/attack

fuzz: $(VENV)/.installed-dev
	$(BIN)/python tests/fuzz.py $(or $(FUZZ_SECONDS),300)

tools: $(VENV)/.installed-dev
	@tools/test-tools $(BIN)/python

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/cramplint check articles
	$(BIN)/cramplint check --select 'artifact/*' --select 'links/*' *.md docs
	$(BIN)/cramplint rule --test

check: lint test

evaluate: $(VENV)/.installed-dev
	$(BIN)/python tests/evaluation/evaluate.py --write

# Other tools are fetched into build/bench/. BENCH_ARGS goes to python -m benchmarks, see its --help.
BENCH_SCALE ?= full
bench: $(VENV)/.installed
	$(BIN)/python -m benchmarks --scale $(BENCH_SCALE) $(BENCH_ARGS)

# Each line of a module takes some mutants, and each mutant the tests that reach it: it takes its time.
MUTANTS ?= cramplint.suppression.* cramplint.check.* cramplint.fix.* cramplint.publish.writing.x__stops*
mutants: $(VENV)/.installed-upkeep
	$(BIN)/mutmut run $(foreach name,$(MUTANTS),'$(name)')
	@$(BIN)/mutmut results

lock: $(VENV)/.installed-upkeep
	$(COMPILED) --upgrade --extra dev --output-file lock/dev.txt pyproject.toml
	$(COMPILED) --upgrade --extra dev --extra upkeep --constraint lock/dev.txt --output-file lock/upkeep.txt pyproject.toml

# The only one that asks about packages by name: it needs the registry's list of known holes.
audit: $(VENV)/.installed-upkeep
	$(BIN)/pip-audit --strict --require-hashes --disable-pip --progress-spinner off -r lock/upkeep.txt

dist: $(VENV)/.installed-upkeep
	rm -rf dist
	$(BIN)/python tools/words.py
	$(BIN)/hatchling build -t sdist -t wheel
	$(BIN)/twine check --strict dist/*

sbom: $(VENV)/.installed-dev
	@$(BIN)/python tools/sbom.py dist/cramplint.cdx.json

clean:
	rm -rf $(VENV) $(SITE) build dist mutants cramplint/_words.json tests/tools/node_modules tests/tools/wheels

$(BIN)/python:
	@for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
	  if $$python -c '$(USABLE)' 2>/dev/null; then \
	    echo "Making $(VENV) with $$python"; exec $$python -m venv $(VENV); \
	  fi; \
	done; echo "No Python 3.11 or newer with venv was found (Debian, Ubuntu: apt install python3-venv). Name one: make PYTHON=/path/to/python3" >&2; exit 1

# The stamps say which pyproject.toml is installed, so that a second run installs nothing.
$(VENV)/.installed: pyproject.toml | $(BIN)/python
	@echo "Installing cramplint in $(VENV)"
	@$(INSTALL)
	@$(COMPILE)
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	@echo "Installing cramplint and its tools in $(VENV)"
	@$(call INSTALL,dev)
	@$(COMPILE)
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-upkeep: pyproject.toml | $(BIN)/python
	@echo "Installing cramplint, its tools and what its upkeep needs in $(VENV)"
	@$(call INSTALL,dev$(comma)upkeep)
	@$(COMPILE)
	@touch $@ $(VENV)/.installed $(VENV)/.installed-dev
