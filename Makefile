# Two commands: `make site` builds the handbook, `make test` runs the tests. Both set up what they need.

PYTHON ?= python3
VENV ?= .venv
UV ?= uv
BIN = $(VENV)/bin
ONEVOICE = $(BIN)/onevoice
PIP = $(BIN)/python -m pip --disable-pip-version-check
# Without Vale the words are still checked, so its absence (exit code 3) stops only runs that must leave nothing out.
VALE = $(ONEVOICE) doctor --get-vale || [ $$? -eq 3 -a -z "$(NO_SKIP)" ]

.DEFAULT_GOAL := help
.PHONY: help site test test-slow test-wheel fuzz audit sbom release reference serve lint lint-js clean lock moved

help:
	@echo "make site    check the handbook and build build/site/index.html"
	@echo "             (OFFLINE=1: a site that opens without a web server, build/offline/site/index.html;"
	@echo "              ZIP=1: the site, and that one on it to download)"
	@echo "make test    run the tests"
	@echo "make test-slow  run what make test only samples, whole: every kill, round and input, and Dask (hours)"
	@echo "make test-wheel  build what users install, and run a part of the tests against it, outside this folder"
	@echo "                 (PYTHON=python3.13: with that one)"
	@echo "make fuzz    feed each reader, cache and so on with made-up input (SECONDS=30, for each; INPUTS=5000 SEED=1; Linux)"
	@echo "make audit   look up known vulnerabilities of every locked package"
	@echo "make sbom    list what a release is made of, build/onevoice-VERSION.cdx.json"
	@echo "make release VERSION=0.2.0  set the version, date the changelog, commit and tag"
	@echo "make reference  write the page with all commands and options, content/pages/tool-reference.md"
	@echo "make serve   preview the handbook while you write"
	@echo "make lint    check the words and style of the handbook's own texts"
	@echo "make lint-js check our own JavaScript (needs Node.js and npm)"
	@echo "make clean   empty build/"
	@echo "make lock    update requirements/ (needs uv)"

# What the lint finds in texts (exit code 1) doesn't keep the site from being built; what is wrong in records does.
site: $(VENV)/site.stamp
	@$(VALE)
	$(ONEVOICE) check
	$(ONEVOICE) lint; echo $$? > $(VENV)/lint.code; [ $$(cat $(VENV)/lint.code) -le 1 ]
	$(ONEVOICE) build $(if $(filter-out 0,$(OFFLINE)),--offline) $(if $(filter-out 0,$(ZIP)),--zip)
	@[ $$(cat $(VENV)/lint.code) -eq 0 ] || { echo "The site is built, but the lint found something: see above." >&2; exit 1; }

# Without `worksteal`, one process would wait at the end while the other has all that's left: a quarter of the time.
test: $(VENV)/dev.stamp
	@$(VALE)
	@$(BIN)/python tests/chromium.py
	$(BIN)/python -m pytest -n 2 --dist worksteal || { echo "What failed is tried once more, alone: a busy machine may be why." >&2; \
	  $(BIN)/python -m pytest --last-failed --last-failed-no-failures none; }

# Tests that ask tests/rounds.py how often to try, with all that they can, and those on Dask.
test-slow: $(VENV)/dev.stamp $(VENV)/services.stamp
	@$(VALE)
	@$(BIN)/python tests/chromium.py
	ONEVOICE_WHOLE=1 $(BIN)/python -m pytest -n 2 --dist worksteal -m "rounds or services"

# All parts at once, two at a time. A seed and a number of inputs repeat what another run tried.
SECONDS ?= 30
SEED ?= 0
INPUTS ?= 0
FUZZED = $(patsubst tests/fuzz/targets/%.py,%,$(wildcard tests/fuzz/targets/*.py))
fuzz: $(VENV)/dev.stamp $(VENV)/fuzz.stamp
	@printf '%s\n' $(FUZZED) | xargs -P 2 -n 1 $(BIN)/python tests/fuzz/run.py --seconds $(SECONDS) \
	  --inputs $(INPUTS) --seed $(SEED)

audit: $(VENV)/site.stamp $(VENV)/supply.stamp
	@$(BIN)/python supply/audit.py

sbom: $(VENV)/site.stamp $(VENV)/supply.stamp
	@$(BIN)/python supply/sbom.py

test-wheel: $(VENV)/dev.stamp
	@$(BIN)/python supply/wheel.py --python $(PYTHON)

release:
	@$(PYTHON) supply/release.py $(or $(VERSION),"")

reference: $(VENV)/site.stamp
	@$(BIN)/python supply/reference.py

serve: $(VENV)/site.stamp
	$(ONEVOICE) serve

lint: $(VENV)/site.stamp
	$(ONEVOICE) lint

lint-js: node_modules/.package-lock.json
	npm run --silent lint

# npm writes this file last.
node_modules/.package-lock.json: package-lock.json
	npm ci --silent --no-audit --no-fund
	@touch $@

clean:
	find build -mindepth 1 -maxdepth 1 ! -name README.md -exec rm -rf {} +

# A virtual environment contains absolute paths: one that was made elsewhere has to be made again.
ifneq ($(shell cat $(VENV)/made-in 2>/dev/null),$(CURDIR))
$(VENV)/made-in: moved
endif

$(VENV)/made-in:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "onevoice needs Python 3.11 or later, but $(PYTHON) is $$($(PYTHON) --version 2>&1)."; \
	  echo "Install a newer one, and name it: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; } >&2
	@$(PYTHON) -m venv --clear $(VENV) || { \
	  echo "$(PYTHON) cannot create a virtual environment. On Debian and Ubuntu: apt-get install python3-venv"; \
	  exit 1; } >&2
	@echo "$(CURDIR)" > $@

$(VENV)/%.stamp: requirements/%.txt pyproject.toml $(VENV)/made-in
	$(PIP) install --quiet --require-hashes -r $<
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# One resolution for all platforms and Pythons; site.txt is the part of dev.txt that users need, hook.txt the part of a
# hook. Locked versions stay if they still fit: `make lock UPGRADE=--upgrade` takes newer ones.
LOCK = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
  $(UPGRADE)
# What only some need, in the versions that all have.
PART = $(LOCK) --constraint requirements/dev.txt --no-annotate
lock:
	@command -v $(UV) >/dev/null || { echo "uv is not installed: pip install uv" >&2; exit 1; }
	$(LOCK) --extra site --extra kit --extra exchange --extra documents --extra audit-parquet --group setup --group fonts --group dev --output-file requirements/dev.txt pyproject.toml
	$(PART) --extra site --extra kit --extra exchange --extra documents --group setup --group fonts --output-file requirements/site.txt pyproject.toml
	$(PART) --output-file requirements/hook.txt pyproject.toml
	$(PART) --group fuzz --output-file requirements/fuzz.txt
	$(PART) --group supply --output-file requirements/supply.txt
	$(PART) --group services --output-file requirements/services.txt
	$(PYTHON) supply/pin.py
