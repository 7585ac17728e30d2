# `make demo` and `make test` do all of their own set-up, in .venv.
.PHONY: demo test lint bench lowest lock reference screenshots clean
export MAKE_GOAL = $(firstword $(MAKECMDGOALS) demo)
export PYTHON NUTRIGRAPH_BROWSER
# The commands that the tests start must not compile their modules again each time.
unexport PYTHONDONTWRITEBYTECODE
BIN = .venv/bin

demo:
	@sh .ci/setup demo
	$(BIN)/nutrigraph demo nutrigraph-demo

test: lint
	@sh .ci/browser
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --cov --cov-report=term

lint:
	@sh .ci/setup dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy & $(BIN)/pyright --pythonpath $(BIN)/python; status=$$?; wait $$! && exit $$status

bench:
	@sh .ci/setup dev
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/read_html.py

# The tests with the oldest dependencies that pyproject.toml allows.
lowest:
	@sh .ci/setup dev
	@sh .ci/lowest

# Newer versions of everything that the project is developed with.
lock:
	@sh .ci/setup dev
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --all-extras --group dev \
		--no-header --no-annotate --output-file requirements-dev.lock pyproject.toml

# docs/reference.md from the commands' own help.
reference:
	@sh .ci/setup dev
	$(BIN)/python docs/write_reference.py

# The pictures of the README.
screenshots:
	@sh .ci/setup dev
	@sh .ci/browser
	$(BIN)/python docs/take_pictures.py

clean:
	rm -rf .venv .venv-lowest build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache .coverage nutrigraph-demo
