# One set of commands, for people and for CI. Each sets up what it needs: on a fresh machine with Python 3.11
# `make run` or `make test` is the first thing to type. `make help` lists them.
PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin
PAGES  ?=
OUT    ?= $(if $(PAGES),runs/pages,runs/sample)
ROOMS  := corpus embeddings analysis figures broadsheet

.DEFAULT_GOAL := help
.PHONY: help install run test coverage mutation matrix lint types figures bench robustness peers notebooks docs images format lock clean

help: ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /  make \1\t/' | expand -t 18

install: $(VENV)/.installed ## build .venv from requirements.lock

$(VENV)/.installed: requirements.lock pyproject.toml
	@echo "→ building $(VENV) with $(PYTHON) from requirements.lock (a few minutes, once)"
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -qq --disable-pip-version-check --require-virtualenv -r requirements.lock
	$(BIN)/python -m pip install -qq --disable-pip-version-check --require-virtualenv --no-deps --editable .
	@touch $@

run: install ## run the sample study, or PAGES=folder, into OUT=folder
	@echo "→ running $(if $(PAGES),the pages of $(PAGES),the bundled sample study) into $(OUT)"
	$(BIN)/broadsheet run $(if $(PAGES),"$(PAGES)") --out "$(OUT)"

test: install ## run all tests
	@echo "→ running the tests on two cores"
	$(BIN)/python -m pytest

coverage: install ## run all tests, and print which part of each package's branches they cover (90 % at least)
	rm -rf build/coverage && mkdir -p build/coverage
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage combine --quiet
	$(BIN)/python -m benchmarks.package_coverage

mutation: install ## change page cutter and trend engine in random places, and count what the tests notice
	$(BIN)/python -m benchmarks.mutation cutting
	$(BIN)/python -m benchmarks.mutation trends

matrix: install ## run the sample by threads, order, cache, processor and cores, and hold all bytes together
	$(BIN)/python -m benchmarks.robustness.matrix sample
	$(BIN)/python -m benchmarks.robustness.matrix sample --machines

lint: install ## check style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install ## check types in all packages
	$(BIN)/mypy

format: install ## mend style and format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

figures: install ## redraw the figures of OUT from its saved tables
	@test -f "$(OUT)/manifest.json" || $(MAKE) run
	@echo "→ redrawing the figures of $(OUT)"
	$(BIN)/broadsheet figures "$(OUT)"

notebooks: install ## execute the notebooks, into build/notebooks
	BROADSHEET_EXECUTED=build/notebooks $(BIN)/python -m pytest -n 0 tests/notebooks

docs: $(VENV)/.docs ## build the documentation into build/docs/html, with the executed notebooks if there are any
	$(BIN)/python docs/build.py --executed build/notebooks

$(VENV)/.docs: requirements-docs.lock $(VENV)/.installed
	@echo "→ adding what builds the documentation, from requirements-docs.lock"
	$(BIN)/python -m pip install -qq --disable-pip-version-check --require-virtualenv -r requirements-docs.lock
	@touch $@

images: ## copy the pictures of the README and the documentation from the figures of the sample run
	@test -f "$(OUT)/manifest.json" || $(MAKE) run
	$(BIN)/python docs/copy_images.py "$(OUT)"

bench: install ## measure speed and memory against peers
	$(BIN)/python -m benchmarks

robustness: install ## kill runs, fill disks (root), give hostile input; write docs/robustness.md
	$(BIN)/python -m benchmarks.robustness

peers: ## build build/peers, the environment of the other topic models that bench compares with
	$(PYTHON) -m venv build/peers
	build/peers/bin/python -m pip install --quiet torch==2.13.0
	build/peers/bin/python -m pip install --quiet bertopic==0.17.4 turftopic==0.28.0 topica==0.62.0 jieba==0.42.1

lock: ## write requirements.lock: the newest versions that pyproject.toml admits, tried in a new environment
	rm -rf build/lock && $(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet --upgrade pip
	build/lock/bin/python -m pip install --quiet torch==2.13.0
	build/lock/bin/python -m pip install --quiet ".[cluster,e5,ocr]" --group dev
	@echo "# Exact pins of everything that runs, tests and checks Broadsheet, written by 'make lock'." > requirements.lock
	@echo "# Install with plain pip: other installers fetch another, far larger build of torch." >> requirements.lock
	build/lock/bin/python -m pip freeze | grep -v "^broadsheet" | sed 's/+cpu$$//' >> requirements.lock
	build/lock/bin/python -m pip install --quiet ".[docs]" -c requirements.lock
	@echo "# What builds the documentation, on top of requirements.lock, written by 'make lock'." > requirements-docs.lock
	build/lock/bin/python -m pip freeze | grep -v "^broadsheet" | sed 's/+cpu$$//' | grep -vxFf requirements.lock >> requirements-docs.lock

clean: ## remove .venv, runs and caches
	rm -rf $(VENV) runs build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
