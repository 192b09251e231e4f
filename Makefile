# Every target sets up .venv by itself. Python 3.11 or newer; choose another with `make PYTHON=python3.12 test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q
CORPUS ?= corpora/ten-stories
REPORT ?= report.html

.PHONY: report test lab lint notebooks clean

report: $(VENV)/.runtime  ## compare the bundled corpus (or CORPUS=your/folder) in one HTML file
	$(BIN)/framing report $(CORPUS) -o $(REPORT)
	@echo "Open $(REPORT) in a browser."

test: $(VENV)/.dev  ## all tests, notebooks included
	$(BIN)/python -m pytest $(ARGS)

lab: $(VENV)/.dev  ## the notebooks in JupyterLab
	$(BIN)/jupyter lab --notebook-dir=notebooks

lint: $(VENV)/.dev  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

notebooks: $(VENV)/.dev  ## run the notebooks afresh and save them with their outputs
	$(BIN)/python tools/run_notebooks.py

$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "framing needs Python 3.11 or newer: make PYTHON=/path/to/python $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --upgrade "pip>=25.1"
	@touch $@

$(VENV)/.runtime: $(VENV)/.created pyproject.toml constraints.txt
	@echo "Setting up $(VENV) (a minute or two the first time) ..."
	$(PIP) install -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime
	$(PIP) install -c constraints.txt -e ".[notebooks]" --group dev
	@touch $@

clean:
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
