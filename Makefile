# Two commands matter: `make demo` and `make test`. Each sets up its own environment in .venv, from a bare python3
# (or with uv, where it is installed); nothing outside this folder is touched.
PYTHON ?= python3
BIN := .venv/bin
RULES_PAGE := docs/how-replies-are-read.md

.PHONY: demo test lint bench trial docs lock format clean

demo: .setup-stamp
	@$(BIN)/duizhang demo $(ARGS)

# With ARGS (such as ARGS="-k E5") only a part is run, and coverage says nothing about it.
test: .setup-stamp
	@$(BIN)/python -m coverage erase
	@$(BIN)/python -m pytest -n 2 -m "not real" $(if $(ARGS),$(ARGS),--cov --cov-report=)
	@$(if $(ARGS),true,$(BIN)/python tests/coverage_gate.py)

# All of them are run, so that one call tells everything; any of them fails it.
lint: .setup-stamp
	@failed=0; for check in "ruff check ." "ruff format --check ." mypy basedpyright lint-imports; do \
	  echo "-- $$check"; $(BIN)/$$check || failed=1; \
	done; exit $$failed

# What we are compared with (WeasyPrint, four libraries that strip quotations) lives in an environment of its own.
bench: .setup-stamp .venv-bench/stamp
	@$(BIN)/python benchmarks/run.py $(ARGS)

trial: .setup-stamp
	@$(BIN)/python benchmarks/trial.py $(ARGS)

docs: .setup-stamp
	@$(BIN)/python -m bot.compose.rules_page > $(RULES_PAGE)

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
	  $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock && \
	  $(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e . ; \
	fi
	@touch .setup-stamp

.venv-bench/stamp: benchmarks/requirements.txt
	@echo "Setting up .venv-bench with what we are compared with ..."
	@$(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/python -m pip install -qq --disable-pip-version-check -r benchmarks/requirements.txt
	@touch $@

lock: .setup-stamp
	@command -v uv >/dev/null 2>&1 || test -x $(BIN)/uv || $(BIN)/python -m pip install -qq uv
	@PATH="$(BIN):$$PATH" uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-annotate \
	  --generate-hashes --all-extras --custom-compile-command "make lock" -o requirements.lock pyproject.toml

clean:
	@rm -rf .venv .venv-bench .setup-stamp .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage*
