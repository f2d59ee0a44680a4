# Two commands matter: `make demo` and `make test`. Each sets up its own environment in .venv, from a bare python3
# (or with uv, where it is installed); nothing outside this folder is touched.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint bench trial lock format clean

demo: .setup-stamp
	@$(BIN)/duizhang demo $(ARGS)

test: .setup-stamp
	@$(BIN)/python -m pytest -n 2 -m "not real" --cov --cov-report= $(ARGS)
	@$(BIN)/python tests/coverage_gate.py

lint: .setup-stamp
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/basedpyright
	@$(BIN)/lint-imports

bench: .setup-stamp
	@$(BIN)/python benchmarks/run.py $(ARGS)

format: .setup-stamp
	@$(BIN)/ruff check --fix-only . ; $(BIN)/ruff format .

.setup-stamp: requirements.lock pyproject.toml
	@if command -v uv >/dev/null 2>&1; then \
	  echo "Setting up .venv with uv ..."; \
	  uv venv --quiet --allow-existing --python $(PYTHON) .venv && \
	  uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock && \
	  uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e . ; \
	else \
	  echo "Setting up .venv with pip (about a minute) ..."; \
	  $(PYTHON) -m venv .venv && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . ; \
	fi
	@touch .setup-stamp

lock:
	@uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-annotate --generate-hashes \
	  --all-extras --custom-compile-command "make lock" -o requirements.lock pyproject.toml

clean:
	@rm -rf .venv .setup-stamp .mypy_cache .ruff_cache .coverage*
