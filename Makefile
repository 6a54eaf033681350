# Two commands: make run, make test. Each needs only Python 3.11 or newer, make and a network.
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11 python,$(shell command -v $(name) 2>/dev/null)))
IN_RUN = $(PYTHON) scripts/bootstrap.py requirements.lock
IN_TEST = $(PYTHON) scripts/bootstrap.py requirements-test.lock
LOCK = uv pip compile setup.cfg --extra build --generate-hashes --universal --no-emit-index-url --no-emit-find-links \
	--no-emit-build-options --python-version 3.11 --custom-compile-command "make lock" --quiet

.PHONY: run test lint bench fault-test format translations check-translations lock clean
.DEFAULT_GOAL := run

run:
	@$(IN_RUN) ccc-pilot serve --demo

test:
	@sh scripts/system_packages.sh
	@$(IN_TEST) pytest -n 2 $(ARGS)

lint:
	@$(IN_TEST) ruff check .
	@$(IN_TEST) ruff format --check .
	@$(IN_TEST) mypy

format:
	@$(IN_TEST) ruff check --fix .
	@$(IN_TEST) ruff format .

bench:
	@for measure in catalogue start edits pages assessment reminders improvement briefings; do $(IN_TEST) python -m bench.$$measure || exit 1; done

fault-test:
	@sh scripts/system_packages.sh
	@sh scripts/system_packages.sh network || true
	@$(IN_TEST) python -m tests.faults.run $(ARGS)

translations:
	@$(IN_TEST) python scripts/translations.py update

check-translations:
	@$(IN_TEST) python scripts/translations.py check

lock:
	@command -v uv >/dev/null || { echo "make lock needs uv (https://docs.astral.sh/uv/)" >&2; exit 1; }
	$(LOCK) -o requirements.lock
	$(LOCK) --extra test -o requirements-test.lock

clean:
	rm -rf .venv build dist *.egg-info .ruff_cache .mypy_cache .pytest_cache .hypothesis test-results
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
