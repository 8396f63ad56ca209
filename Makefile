.DEFAULT_GOAL := help
.PHONY: help setup temporal faketime dev check check-papers test faults golden demo topology lock clean

# Lets `make setup PYTHON=...` name the interpreter for .venv.
export PYTHON

bin := .venv/bin

help: ## print these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/.complete ## make .venv from requirements.lock (only what changed since the last time)

.venv/.complete: requirements.lock pyproject.toml tools/setup.sh
	@tools/setup.sh

temporal: setup ## have the Temporal server at hand: find it, download it or build it (minutes, once)
	@$(bin)/python -m starter.embedded.temporal_binary

faketime: # what the proof with a wrong clock needs, where it can be installed
	@tools/faketime.sh

dev: temporal ## keep the whole service running on .uide/ (Ctrl-C ends it)
	@$(bin)/uide up

check: setup ## formatting, lint, types, the lock file and the layout
	$(bin)/ruff check
	$(bin)/ruff format --check
	$(bin)/mypy
	$(bin)/python tools/check_lock.py
	$(bin)/python tools/check_layout.py

test: temporal faketime ## all tests, on a real PostgreSQL and a real Temporal server for each core
	$(bin)/python -m pytest -n logical --dist worksteal --durations=25

faults: temporal faketime ## kill, freeze, starve and flood the real parts, in full; SEED=2 plays it otherwise, ONLY="chaos" one of them
	@$(bin)/python -m tests.faults $(if $(SEED),--seed $(SEED)) $(if $(ONLY),--only $(ONLY)) $(if $(WRITE),--write)

check-papers: setup ## every kind of paper before veraPDF, for PDF/A-2a and PDF/UA-1 (needs Java and Maven)
	mvn -q -B -C -f tools/verapdf/pom.xml dependency:copy-dependencies -DoutputDirectory=$(CURDIR)/.venv/verapdf
	$(bin)/python -m pytest -m verapdf -s tests/papers

golden: temporal ## record the golden histories of the version in work anew
	$(bin)/python -m pytest -m record tests/replay

demo: temporal ## five cases from application to outcome
	@$(bin)/uide demo

topology: temporal ## prove docker-compose.yml without containers, on Debian's PostgreSQL and Temporal's own server
	@$(bin)/python -m tests.deployment

lock: setup ## bring requirements.lock up to pyproject.toml; UPGRADE=1 takes the newest versions
	$(bin)/uv pip compile pyproject.toml --group dev --universal --generate-hashes \
		--custom-compile-command "make lock" $(if $(UPGRADE),--upgrade) --quiet -o requirements.lock
	$(bin)/uv pip compile pyproject.toml --universal --generate-hashes --constraints requirements.lock \
		--custom-compile-command "make lock" --quiet -o deploy/requirements.lock

clean: ## remove .venv and caches; data in .uide/ stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info build
