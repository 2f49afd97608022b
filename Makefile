# make run   set everything up and open the dashboard on the sample study
# make test  set everything up and run every check and test
# make check lint, types and import contracts alone
# make bench print the figures that README quotes
# make fuzz  read files changed at random for ten minutes

PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test check bench fuzz format clean

run: .venv/.runtime
	$(BIN)/python -m dashboard sample
	$(BIN)/streamlit run serve.py

test: .venv/.tools .venv/.browser .venv/.postgres check
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: .venv/.tools
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	PYTHONPATH=src:. $(BIN)/lint-imports --no-cache

bench: .venv/.tools .venv/.browser
	$(BIN)/python -m benchmarks

fuzz: .venv/.tools
	$(BIN)/python -m benchmarks.fuzz

format: .venv/.tools
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf .venv

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: set PYTHON to one, for example make run PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -m venv .venv 2>/dev/null || { \
	  rm -rf .venv; \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -qq && apt-get install -y -qq python3-venv; \
	  else echo "Python cannot make a virtual environment: install python3-venv (on Debian: sudo apt-get install python3-venv), then try again."; exit 1; fi; \
	  $(PYTHON) -m venv .venv; }

.venv/.runtime: .venv/bin/python requirements.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/.tools: .venv/.runtime requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

.venv/.browser: .venv/bin/python
	@if command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || [ -n "$$BROWSER_PATH" ]; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -qq && apt-get install -y -qq chromium; \
	else echo "The browser tests need Chromium: install it (on Debian: sudo apt-get install chromium) or set BROWSER_PATH to it."; exit 1; fi
	@touch $@

.venv/.postgres: .venv/bin/python
	@if command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql; \
	else echo "The records are tested with a real PostgreSQL: install it (on Debian: sudo apt-get install postgresql) or put initdb and pg_ctl on the PATH."; exit 1; fi
	@touch $@
