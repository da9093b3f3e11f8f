# make leaflets and make test set up what they need, on a fresh machine too. Options:
#   PYTHON=/path/to/python3   the Python to make .venv with (3.11 or newer)
#   HANDOUTS="baclofen-sleep" what to render (default: all)
#   TESTS="tests/page -k zero" what to test (default: all)
.PHONY: help leaflets test golden bench lock clean

PYTHON ?=
HANDOUTS ?=
TESTS ?=
VENV = .venv/bin/python
LOCK = $(VENV) -m uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock" $(UPGRADE) pyproject.toml

help:
	@echo "make leaflets   every handout as a PDF, in out/"
	@echo "make test       everything that must hold before a change is kept"
	@echo "make golden     accept the pages as they are now (then read the diff)"
	@echo "make bench      time and memory, beside what one would use instead"
	@echo "make lock       refresh the lock files; UPGRADE=--upgrade for newer versions"
	@echo "make clean      remove what these made"

leaflets:
	@PYTHON="$(PYTHON)" sh tools/setup.sh leaflets
	$(VENV) render.py $(HANDOUTS)

test:
	@PYTHON="$(PYTHON)" sh tools/setup.sh test
	$(VENV) -m ruff check
	$(VENV) -m ruff format --check
	$(VENV) -m mypy
	$(VENV) -m pytest -q -n auto --dist worksteal $(TESTS)

golden:
	@PYTHON="$(PYTHON)" sh tools/setup.sh test
	$(VENV) -m pytest -q --refresh-golden -m golden

bench:
	@PYTHON="$(PYTHON)" sh tools/setup.sh leaflets
	$(VENV) bench/bench.py

lock:
	@PYTHON="$(PYTHON)" sh tools/setup.sh test
	$(VENV) -c "import uv" 2>/dev/null || $(VENV) -m pip install -q uv
	$(LOCK) --group build -o requirements.lock
	$(LOCK) --group dev -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf .venv out dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
