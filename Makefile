# Everything a contributor runs. `make` alone lists the targets.

PYTHON := $(firstword $(wildcard .venv/bin/python .venv/Scripts/python.exe) python3)

.DEFAULT_GOAL := help
.PHONY: help fast test check format docs schema decoded catalogue library pictures form-pictures drawn-pictures

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-14s %s\n", $$1, $$2}'

fast: ## Run the tests that are not marked slow
	$(PYTHON) -m pytest -m "not slow"

test: ## Run all tests
	$(PYTHON) -m pytest

check: ## Look for mistakes in style and types: ruff and mypy
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy

format: ## Format the code, and fix what ruff can fix
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

docs: schema decoded catalogue library pictures ## Regenerate all that is written by tools

schema: ## Regenerate the JSON Schema of agendas
	$(PYTHON) tests/agenda_schema.py

decoded: ## Decode the bundled agendas, so that they need no YAML
	$(PYTHON) tests/decoded_agendas.py

catalogue: ## Gather the words to translate, and compile the translations
	$(PYTHON) tests/catalogue.py

library: ## Regenerate the page that lists the bundled agendas
	$(PYTHON) tests/library_page.py

pictures: ## Take the pictures of the terminal
	$(PYTHON) docs/take_pictures.py

form-pictures: ## Take the pictures of the browser form (needs Chromium)
	$(PYTHON) docs/take_form_pictures.py

drawn-pictures: ## Take the pictures of bars, wheel and other kinds (needs Chromium)
	$(PYTHON) docs/take_drawn_pictures.py
