.PHONY: setup peers demo test faults interop bench clean

# The newest Python that is at least 3.11; another one: make PYTHON=/path/to/python
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$name" && break; done)

setup: .venv/.ready

.venv/.ready: pyproject.toml constraints.txt
	@test -n '$(PYTHON)' || { echo 'eventrec needs Python 3.11 or newer, and none was found; name one: make PYTHON=/path/to/python' >&2; exit 1; }
	'$(PYTHON)' -m venv .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check -e '.[test]' -c constraints.txt
	@touch $@

# Programs of others, each in an environment of its own, which read in the tests what eventrec writes.
PEERS := khal vdirsyncer radicale ical vobject

peers: setup
	@$(MAKE) --no-print-directory -j4 $(PEERS:%=.peers/%/pins.txt)

.peers/%/pins.txt: tests/peers/pins/%.txt
	@rm -rf .peers/$*
	@'$(PYTHON)' -m venv .peers/$*
	.peers/$*/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@cp $< $@

.peers/icaljs/pins.txt: tests/peers/pins/icaljs.json
	@rm -rf .peers/icaljs && mkdir -p .peers/icaljs && cp $< .peers/icaljs/package.json
	cd .peers/icaljs && npm install --no-package-lock --no-audit --no-fund --silent
	@cp $< $@

demo: setup
	.venv/bin/eventrec demo

test: setup peers
	.venv/bin/python -m pytest -n auto --dist loadfile

# Every fault of tests/faults as often as docs/reliability.md says; `make test` tries each a few times.
faults: setup
	.venv/bin/python -m pytest tests/faults --faults=full -n auto --dist worksteal -q

interop: setup
	@bash tests/peers/needs.sh .venv/bin/python
	@$(MAKE) --no-print-directory .peers/icaljs/pins.txt
	.venv/bin/python -m pytest -m interop -n auto tests/peers

# Programs of others that the benchmark measures beside eventrec, besides those of the tests.
BENCH_PEERS := khard sqlite-utils icalendar openpyxl csvkit

.peers/%/pins.txt: benchmarks/peers/%.txt
	@rm -rf .peers/$*
	@'$(PYTHON)' -m venv .peers/$*
	.peers/$*/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@cp $< $@

# Everything in turn in one run, into benchmarks/RESULTS.md; a part: .venv/bin/python -m benchmarks --help
bench: peers
	@$(MAKE) --no-print-directory -j4 $(BENCH_PEERS:%=.peers/%/pins.txt)
	.venv/bin/python -m benchmarks

clean:
	rm -rf .venv .peers benchmarks/.data build dist eventrec-demo .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -path ./.git -prune -o -name __pycache__ -prune -exec rm -rf {} +
