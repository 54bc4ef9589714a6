# Each target brings its own set-up: all that is needed is python3 with pip, and make.
.PHONY: run test check drills bench setup lock clean
.DEFAULT_GOAL := run

setup: .venv/ready

.venv/ready: requirements-dev.txt .python-version scripts/setup
	@scripts/setup
