# Each target brings its own set-up: all it needs is python3 with pip, and make.

PYTHON := .venv/bin/python

# Compiled code is kept here, whatever the shell says of it: else every process, and the tests start a hundred,
# compiles Django, all of our code and all tests anew.
export PYTHONPYCACHEPREFIX := $(CURDIR)/var/pycache
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test check format drills bench audit setup lock clean
.DEFAULT_GOAL := run

run: setup        ## the site with its demo content, on PORT (8000)
	@$(PYTHON) scripts/run.py

test: setup       ## every test, on SQLite and on PostgreSQL; ARGS go to pytest; REQUIRE_ALL=1 allows no gap
	@$(PYTHON) scripts/test.py $(ARGS)

check: setup      ## lint, types, contracts, migrations, settings
	@scripts/check

drills: setup     ## the long fault and attack drills, at full size; ARGS="d1 d3" for those
	@$(PYTHON) scripts/each.py drills $(ARGS)

bench: setup      ## benchmarks
	@$(PYTHON) scripts/each.py benchmarks $(ARGS)

audit: setup      ## known vulnerabilities, licences, and a bill of materials, of everything that is pinned
	@scripts/audit

format: setup     ## put the code into the house's shape
	@$(PYTHON) -m ruff format .
	@$(PYTHON) -m ruff check --fix .

setup: .venv/ready

.venv/ready: requirements-dev.txt .python-version scripts/setup
	@scripts/setup

lock: setup       ## pin and hash what the .in files ask for; UPGRADE=1 takes newer versions
	@scripts/lock $(if $(UPGRADE),--upgrade)

clean:            ## everything that was made here, the demo's database too
	rm -rf .tools .venv var .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +
