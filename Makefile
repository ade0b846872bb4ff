# make site   the archive of this repository: environment, import, build
# make serve  preview it with live reload
# make check  fast checks, before every commit      make test   everything, before every push
# make golden rewrites the generated documents
.PHONY: site serve check test test-packages format golden wheel clean

# What the browser tests need beside Python: Chromium, an Arabic reading face.
APT = chromium fonts-noto-core
BIN = .venv/bin

site: .venv/site
	$(BIN)/warraq import
	$(BIN)/warraq build
	@echo "The site lies in $(CURDIR)/public — preview it with: make serve"

serve: .venv/site
	$(BIN)/warraq serve

check: .venv/dev
	$(BIN)/ruff check generator tests benchmarks
	$(BIN)/ruff format --check generator tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest -q -n 2 -m "not browser and not slow"

test: .venv/dev test-packages
	$(BIN)/ruff check generator tests benchmarks
	$(BIN)/ruff format --check generator tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest -n 2

test-packages:
	scripts/apt-install $(APT)

format: .venv/dev
	$(BIN)/ruff check --fix generator tests benchmarks
	$(BIN)/ruff format generator tests benchmarks

golden: .venv/dev
	$(BIN)/python scripts/write-docs

wheel: .venv/dev
	$(BIN)/python -m build --wheel

clean:
	rm -rf .venv public .public.warraq .warraq dist node_modules

.venv/site: pyproject.toml
	scripts/make-venv
	@touch $@

.venv/dev: pyproject.toml
	scripts/make-venv dev
	@touch $@ .venv/site
