# The few commands that people type. Each does its own set-up, on a Debian or Ubuntu with Python 3.11 or newer, git and make.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
ARGS ?=
LOCK := uv pip compile --quiet --universal --upgrade --generate-hashes --no-emit-index-url --no-header

.PHONY: site serve test check bench bench-edit bench-importers bench-search screenshots lighthouse lock clean

site: $(VENV)/.done            ## build content/ into site/
	$(BIN)/sitegen build $(ARGS)

serve: $(VENV)/.done           ## preview at http://127.0.0.1:8000, rebuilt on every change
	$(BIN)/sitegen serve $(ARGS)

check: $(VENV)/.done           ## what is wrong with the content
	$(BIN)/sitegen check $(ARGS)

test: $(VENV)/.tested $(VENV)/.gates  ## every check there is; needs Chromium, Node.js and Java, and installs them where it may
	@sh tests/setup.sh chromium
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest -n auto $(ARGS)

bench: $(VENV)/.tested         ## time and memory per stage at 1,000 and 10,000 papers, and of every importer
	$(BIN)/python tests/bench/build.py $(ARGS)
	$(BIN)/python tests/bench/importers.py

bench-edit: $(VENV)/.tested    ## what one edit costs, from saving a file to the page in Chromium, and from the command line
	@sh tests/setup.sh chromium || true
	$(BIN)/python tests/bench/edit.py $(ARGS)

bench-importers: $(VENV)/.tested  ## time and memory of every format's importer, and of a large listing that is sifted
	$(BIN)/python tests/bench/importers.py $(ARGS)
	$(BIN)/python tests/bench/large.py --packed

bench-search: $(VENV)/.tested  ## what search costs and how well it ranks; --peers, --large
	@sh tests/setup.sh chromium
	$(BIN)/python tests/bench/search $(ARGS)

screenshots: $(VENV)/.tested   ## every kind of page in each theme, light and dark, at three widths, into screenshots/
	@sh tests/setup.sh chromium
	$(BIN)/python tests/browser/screenshots.py $(ARGS)

lighthouse: $(VENV)/.tested    ## Lighthouse's figures of each kind of page
	@sh tests/setup.sh chromium
	@sh tests/setup.sh lighthouse $(VENV)
	$(BIN)/python tests/browser/lighthouse.py $(ARGS)

lock:                          ## pin every package anew, with hashes, for every Python that is supported
	$(LOCK) --extra fast --group build pyproject.toml -o .requirements.txt
	$(LOCK) --group test -c .requirements.txt pyproject.toml -o .requirements-test.txt
	npm --prefix tests/browser/gates install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund

clean:                         ## remove what was built and installed
	-$(BIN)/sitegen clean
	rm -rf $(VENV) .sitegen screenshots dist

$(VENV)/.done: pyproject.toml .requirements.txt tests/setup.sh
	@PYTHON=$(PYTHON) sh tests/setup.sh venv $(VENV)
	@touch $@

$(VENV)/.tested: $(VENV)/.done .requirements-test.txt
	@sh tests/setup.sh tools $(VENV)
	@touch $@

$(VENV)/.gates: $(VENV)/.done tests/browser/gates/package-lock.json
	@sh tests/setup.sh gates $(VENV)
	@touch $@
