# make site   the archive of this repository: environment, import, build
# make serve  preview it with live reload
# make check  fast checks, before every commit      make test   everything, before every push
# make soak   200 kills and 200 random edits of a build, 50,000 mutated seeds
# make wheel  a wheel in dist/; with WARRAQ_MYPYC=1 its hot modules are compiled (needs a C compiler)
# make golden rewrites the generated documents, and what analysers and parsers of queries must answer
# make audit  Lighthouse on the sample site         make screenshots  the pictures of the README
.PHONY: site serve check test soak test-packages lint audit screenshots format golden wheel clean

# What the browser tests need beside Python: Chromium, an Arabic reading face, a reader of PDF, a Java
# for the HTML checker, and a library that the browser driver's own Node.js is linked against and does
# not bring. scripts/need-node sees to the Node.js of the engine's tests.
JAVA = $(if $(shell command -v java),,default-jre-headless)
APT = chromium fonts-noto-core libatomic1 poppler-utils $(JAVA)
BIN = .venv/bin
PYTHON = generator tests benchmarks scripts noxfile.py
export PATH := $(CURDIR)/$(BIN):$(PATH)

site: .venv/site
	$(BIN)/warraq import
	$(BIN)/warraq build
	@echo "The site lies in $(CURDIR)/public — preview it with: make serve"

serve: .venv/site
	$(BIN)/warraq serve

check: lint
	$(BIN)/pytest -q -n 2 -m "not browser and not slow"

test: lint test-packages
	$(BIN)/pytest -n 2

soak: .venv/dev
	$(BIN)/pytest --soak -n 2 tests/build tests/importer

lint: .venv/dev node_modules
	$(BIN)/ruff check $(PYTHON)
	$(BIN)/ruff format --check $(PYTHON)
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	npm run --silent check
	npm run --silent test

test-packages:
	scripts/apt-install $(APT)

audit: .venv/dev node_modules test-packages
	$(BIN)/python scripts/audit

screenshots: .venv/dev test-packages
	$(BIN)/python scripts/screenshots

format: .venv/dev
	$(BIN)/ruff check --fix $(PYTHON)
	$(BIN)/ruff format $(PYTHON)

golden: .venv/dev
	for script in docs boilerplate analysis understanding foreign; do $(BIN)/python scripts/write-$$script || exit; done

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

# Without scripts: the checker's package would fetch a Java from elsewhere.
node_modules: package.json package-lock.json .venv/dev
	scripts/need-node
	npm ci --silent --ignore-scripts --no-audit --no-fund
	@touch $@
