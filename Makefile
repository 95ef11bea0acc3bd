# HSF nyckeltal. `make run` starts the dashboard, `make test` runs the tests; both set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check lint types imports coverage audit bench screenshots handbook references lock clean

run: $(VENV)/.run
	@$(BIN)/python -m hsf_kpi start

# What is compiled is kept, whatever the environment says: every process that the tests start would compile it anew.
test coverage: export PYTHONDONTWRITEBYTECODE :=

test: $(VENV)/.dev
	@$(BIN)/python -m pytest -q -n auto --dist worksteal $(PYTEST_ARGS)

# Everything that CI looks at, in one go.
check: lint types imports coverage

lint: $(VENV)/.dev
	@$(BIN)/ruff format --check . && $(BIN)/ruff check .

types: $(VENV)/.dev
	@$(BIN)/mypy

imports: $(VENV)/.dev
	@$(BIN)/lint-imports

coverage: $(VENV)/.dev
	@$(BIN)/python -m pytest -q -n auto --dist worksteal --cov --cov-report=term --cov-fail-under=95

audit: $(VENV)/.dev
	@$(BIN)/pip-audit --require-hashes -r requirements.txt

bench: $(VENV)/.dev
	@$(BIN)/python -m bench

screenshots: $(VENV)/.dev
	@$(BIN)/python scripts/screenshots.py

# What is made from the program in docs/handbok: the contents, every nyckeltal, the icons.
handbook: $(VENV)/.dev
	@$(BIN)/python scripts/handbook.py --write

references: $(VENV)/.dev
	@$(BIN)/python scripts/references.py --review var/references

lock: $(VENV)/.dev
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header -o requirements.txt requirements.in
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header -c requirements.txt -o requirements-dev.txt requirements-dev.in

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "HSF nyckeltal behöver Python 3.11 eller senare. Ange den med: make PYTHON=python3.12 run")'
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: requirements.txt $(VENV)/.python
	@echo "Installerar det som behövs (en gång, någon minut) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.python
	@echo "Installerar testverktygen (en gång, någon minut) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/.run

clean:
	rm -rf $(VENV) var .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
