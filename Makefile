# What can be typed here; `make help` prints the list. Every target that needs something first
# makes what is missing through `setup`, which does nothing the second time.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup browser bench quick await full languages semantics agree check report doctor lint test coverage format clean

# Another Python: make PYTHON=/usr/bin/python3.12 bench
PYTHON := python3
VENV := .venv/bin/python
RUN := latest
LANGUAGES := $(patsubst %/runner.toml,%,$(wildcard */runner.toml))

# What a shell exports for another project must not reach into ours. runners/environment.py sees to
# the rest; these would change how bash and Python start.
unexport BASH_ENV CDPATH ENV VIRTUAL_ENV $(filter PYTHON% LD_%,$(.VARIABLES))
export PYTHONNOUSERSITE := 1

bench: setup ## run the default profile, execute the claims, write the page: a quarter of an hour
	$(VENV) -m benchmarks run --profile default
	$(VENV) -m benchmarks semantics --into latest

await: setup ## measure await without a network, as a run of its own: under 25 minutes
	$(VENV) -m benchmarks run --profile default --workload await

full: setup ## all sets and the claims, in one page: under 40 minutes
	$(VENV) -m benchmarks run --profile default --workload ping --workload await
	$(VENV) -m benchmarks semantics --into latest

languages: setup ## all languages, the optional ones too, pings and await in one page: over an hour
	$(VENV) -m benchmarks run --profile default --workload ping --workload await \
	  $(LANGUAGES:%=--contender %)

semantics: setup ## execute the claims on await in every language: under a minute
	$(VENV) -m benchmarks semantics

agree: setup ## our figures beside those of each language's own harness, which are fetched: 5 minutes
	$(VENV) -m benchmarks agree

quick: setup ## a first look: the quick profile, under 90 seconds
	$(VENV) -m benchmarks run --profile quick

check: setup ## examine every rule of the contract on every contender
	$(VENV) -m benchmarks check --optional

report: setup ## draw the page of a run again: make report RUN=latest
	$(VENV) -m benchmarks report "$(RUN)"

doctor: setup ## what is missing or noisy on this machine, and what to do
	$(VENV) -m benchmarks doctor

test: browser lint ## lint, then all tests, two files at a time
	$(VENV) -m pytest --numprocesses 2 --dist loadfile -p no:benchmark

# Tests that drive the command line from outside are left out: what a process of its own executes is
# not counted. Not a part of `test`: measuring makes them take half as long again.
coverage: setup ## how much of the code the fast tests execute, and whether that is enough
	$(VENV) -m pytest -p no:benchmark -m "not slow" --cov --cov-report=term \
	  --ignore=tests/end_to_end --ignore=tests/trouble --ignore=tests/benchmarks/conformance

lint: setup ## types, warnings and formatting in all languages, without writing to the tree
	$(VENV) -m scripts.lint

format: setup ## format the sources of all languages
	$(VENV) -m scripts.lint --write

setup: ## make what is missing: .venv, then the runners' builds
	@$(PYTHON) -m scripts.setup

browser: setup # what only tests need: Chromium and axe-core for the page, Bun, Deno; where they may be had
	@$(PYTHON) -m scripts.setup --browser

clean: ## remove all that was built or installed here, but keep the runs
	rm -rf .venv .venv.unfinished .home .coverage .mypy_cache .pytest_cache .hypothesis .benchmarks \
	  build *.egg-info
	for runner in */runner.toml; do \
	  [ ! -e "$$runner" ] || (cd "$${runner%/*}" && rm -rf .awaitbench-build.json out bin obj node_modules); \
	done
	rm -rf agreement/*/{.awaitbench-build.json,out,bin,obj,node_modules} tests/axe/node_modules
	find . -name __pycache__ -type d -not -path './reports/out/*' -not -path './.git/*' -prune \
	  -exec rm -rf {} +

help: ## print this list
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/make \1\t\2/p' Makefile | expand -t 16
