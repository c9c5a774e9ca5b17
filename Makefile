# Needscast. `make plan` and `make test` work on a bare Debian 12 machine with Swift 6; the rest is for those who build it.

SHELL := /bin/bash
PREFIX ?= /usr/local
WORKSPACE ?= Datasets/sefton
# The date on the manual pages is that of the change they describe, so that building them twice gives the same bytes.
MANUAL_DATE ?= $(shell git log -1 --format=%cs 2>/dev/null || echo 2026-01-01)
CONFIGURATION ?= release
# Series of the M3 competition with the columns series_id, frequency, period_index, value, split; they are not part of the product.
M3 ?= ../shared/data/m3.csv.gz
# Series whose last part is set aside, by which the forecaster is judged; they are not part of the product.
TRUTH ?= $(wildcard ../shared/data/lait_eval.csv.gz ../shared/data/m3.csv.gz)
# Published files of every authority, for the wide hindcast and the table of imports; they are not part of the product.
PUBLISHED ?= ../shared/data
PUBLISHED_FILES = lait.csv.gz population_0_17.csv dsg_allocations.csv dsg_cumulative_deficit.csv high_needs_benchmarking_2021_22.csv
# The days on which its plans are made.
ORIGINS ?= 2018-09-01 2019-09-01 2020-09-01 2021-09-01 2022-09-01 2023-09-01
# How many million rows `make benchmark-reading` reads.
MILLIONS ?= 10
# How many random series `make fuzz` forecasts.
COUNT ?= 10000000
# How long `make fuzz-readers` fuzzes each reader, and which.
MINUTES ?= 10
TARGETS ?= csv period yaml xlsx
BIN = .build/$(CONFIGURATION)

.PHONY: help plan test test-browser test-pages test-spark setup build lint format coverage accuracy accuracy-panels fuzz fuzz-readers references hindcast hindcast-authorities init-authorities imports benchmark benchmark-models benchmark-forecast benchmark-simulation benchmark-placements benchmark-reading benchmark-indicators benchmark-filter benchmark-spark notebook docs manual completions install dist test-dist clean

help: ## say what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

plan: build ## plan Sefton's services: the main job
	@$(BIN)/needscast plan $(WORKSPACE)

test: setup ## build and run every test
	swift test --enable-code-coverage

test-browser: build ## drive the local page in a real browser (installs Chromium and Playwright; PICTURE=FILE takes a picture)
	@Scripts/browser-environment
	@.build/browser/bin/python Tests/Browser/explorer.py $(BIN)/needscast $(WORKSPACE) $(PICTURE)

test-pages: build ## look at a report in a real browser (installs Chromium and Playwright), and take its pictures
	@Scripts/browser-environment
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
	  $(BIN)/needscast report $(WORKSPACE) --part html --output $$folder/report --quiet && \
	  .build/browser/bin/python Tests/Browser/report.py $$folder/report/report.html Documentation/pictures
	@Tests/Browser/workbook.sh $(BIN)/needscast

test-spark: build ## test the Spark package on a small cluster on this machine (installs Java and Spark; QUICK=1 for the shortest form)
	@Scripts/spark-environment
	@cd Integrations/spark && ../../.build/spark/bin/ruff format --check --quiet . && ../../.build/spark/bin/ruff check --quiet . && \
	  ../../.build/spark/bin/mypy
	@cd Integrations/spark && NEEDSCAST_BINARY=$(abspath $(BIN))/needscast PYTHONPATH=src \
	  ../../.build/spark/bin/python -m pytest -q $(if $(QUICK),-m 'not long')

setup: ## install what is missing (Debian), or say exactly what to install
	@Scripts/install-dependencies

build: setup ## build the command
	@Scripts/quietly swift build -c $(CONFIGURATION) --product needscast

lint: ## check formatting and documentation of every public declaration
	swift format lint --strict --recursive Package.swift Sources Tests Benchmarks Notebooks-as-scripts Fuzzing/Package.swift Fuzzing/Sources/Fuzz*

format: ## format the sources
	swift format --in-place --recursive Package.swift Sources Tests Benchmarks Notebooks-as-scripts Fuzzing/Package.swift Fuzzing/Sources/Fuzz*

coverage: ## report the lines that the last `make test` covered, module by module
	@Scripts/coverage

accuracy: build ## remake every claim of accuracy: certified regressions, panels (TRUTH=FILE), then hindcasts
	@Scripts/quietly swift build -c release --product AccuracyBenchmark
	@.build/release/AccuracyBenchmark Tests/LinearAlgebraTests/Fixtures/nist_lls
	@$(MAKE) --no-print-directory accuracy-panels
	@$(MAKE) --no-print-directory hindcast

accuracy-panels: build ## score the automatic forecaster beside naive on series with a part set aside (TRUTH=FILE)
	@if [ -z "$(TRUTH)" ]; then echo "forecasts are scored on series whose last part is set aside; name such a file with TRUTH=FILE" \
	  "(columns series_id,frequency,period_index,value,split, and mission, origin and pool where there are)"; exit 0; fi; \
	Scripts/quietly swift build -c release --product PanelsBenchmark && \
	for file in $(TRUTH); do .build/release/PanelsBenchmark $(BIN)/needscast $$file || exit 1; done

references: setup ## remake the table of reference cases in Documentation/REFERENCES.md
	@notes=$$(mktemp) && trap 'rm -f "$$notes"' EXIT && \
	  NEEDSCAST_REFERENCES=$$notes Scripts/quietly swift test --filter ForecastingTests && \
	  { cat Scripts/references-head.md; Scripts/reference-table "$$notes"; } > .build/references.md && \
	  mv .build/references.md Documentation/REFERENCES.md

hindcast: build ## what the plan would have said in 2019 and 2021, beside what happened
	@for date in 2021-09-01 2019-09-01; do \
	  $(BIN)/needscast plan $(WORKSPACE) --as-of $$date --compare-outturn --only-comparison 2>&1 || true; echo; done

hindcast-authorities: build ## the same hindcast for every authority of published files (PUBLISHED=FOLDER), as a table
	@if [ ! -f "$(PUBLISHED)/lait.csv.gz" ]; then echo "the hindcast of every authority reads published files that are not part of the" \
	  "product; name their folder with PUBLISHED=FOLDER ($(PUBLISHED_FILES))"; exit 0; fi; \
	Scripts/quietly swift build -c release --product AuthoritiesBenchmark && rm -rf .build/authorities && \
	$(BIN)/needscast init .build/authorities --area Sefton $(PUBLISHED_FILES:%=--from "$(PUBLISHED)/%") \
	  --first-year 2018/19 --last-year 2029/30 --quiet && \
	.build/release/AuthoritiesBenchmark .build/authorities $(ORIGINS)

init-authorities: build ## begin, check and plan a workspace for every authority of published files (PUBLISHED=FOLDER)
	@if [ ! -f "$(PUBLISHED)/lait.csv.gz" ]; then echo "workspaces are begun from published files that are not part of the" \
	  "product; name their folder with PUBLISHED=FOLDER ($(PUBLISHED_FILES))"; exit 0; fi; \
	Scripts/init-every-authority $(BIN)/needscast "$(PUBLISHED)" .build/begun

imports: build ## import every published file (PUBLISHED=FOLDER) twice, and remake the tables of Documentation/IMPORTS.md
	@if [ ! -f "$(PUBLISHED)/lait.csv.gz" ]; then echo "imports are counted on published files that are not part of the" \
	  "product; name their folder with PUBLISHED=FOLDER ($(PUBLISHED_FILES) and any others)"; exit 0; fi; \
	{ cat Scripts/imports-head.md && Scripts/imports $(BIN)/needscast "$(PUBLISHED)" .build/imports.sqlite; } > .build/imports.md && \
	  mv .build/imports.md Documentation/IMPORTS.md

benchmark: build ## remake every claim of speed: medians of five and spread
	@Scripts/quietly swift build -c release --product LeastSquaresBenchmark
	@Scripts/quietly swift build -c release --product PlanBenchmark
	@.build/release/LeastSquaresBenchmark
	@.build/release/PlanBenchmark $(BIN)/needscast $(WORKSPACE)
	@$(MAKE) --no-print-directory benchmark-forecast
	@$(MAKE) --no-print-directory benchmark-models
	@$(MAKE) --no-print-directory benchmark-simulation
	@$(MAKE) --no-print-directory benchmark-placements
	@$(MAKE) --no-print-directory benchmark-indicators
	@$(MAKE) --no-print-directory benchmark-filter
	@$(MAKE) --no-print-directory benchmark-reading MILLIONS=1

benchmark-forecast: build ## time forecasts from file to file (PEERS=1 beside statsforecast; SERIES="FILE,FREQUENCY,HORIZON[,POOL]..." too)
	@Scripts/quietly swift build -c release --product ForecastBenchmark
	@peer=; if [ -n "$(PEERS)" ]; then \
	  if Scripts/peer-environment; then peer="--peer .build/peers/bin/python"; else echo "the peers are left out"; fi; fi; \
	.build/release/ForecastBenchmark $(BIN)/needscast .build/forecast-benchmark $$peer $(SERIES)

benchmark-reading: setup ## time 10 million rows read, typed and grouped beside pandas (MILLIONS=n; PEERS=1 installs it; HOSTILE=1 for hostile sizes)
	@Scripts/quietly swift build -c release --product ReadingBenchmark
	@python=python3; if [ -n "$(PEERS)" ]; then \
	  if Scripts/peer-environment; then python=.build/peers/bin/python; else echo "the peer is not installed"; fi; fi; \
	peer=; if $$python -c 'import pandas' 2>/dev/null; then peer="--peer $$($$python -c 'import sys; print(sys.executable)')"; \
	  $$python -c 'import pandas; print("pandas", pandas.__version__)'; \
	else echo "pandas is left out: python3 has none (PEERS=1 installs it)"; fi; \
	.build/release/ReadingBenchmark .build/reading $(MILLIONS) $$peer $(if $(HOSTILE),--hostile)

benchmark-simulation: setup ## time 100,000 draws of 50 correlated lines over 10 years, beside numpy where python3 has it
	@Scripts/quietly swift build -c release --product JointSimulationBenchmark
	@.build/release/JointSimulationBenchmark
	@if python3 -c 'import numpy' 2>/dev/null; then \
	  .build/release/JointSimulationBenchmark --model > .build/joint-model.txt && \
	  echo && echo "numpy on the same job, independent draws, five runs: seconds, processor seconds, peak memory in MB" && \
	  for run in 1 2 3 4 5; do python3 Benchmarks/JointSimulation/peer.py 100000 10 < .build/joint-model.txt; done | sort -n; \
	else echo "numpy is left out: python3 has none"; fi

benchmark-indicators: setup ## time trend marker, control chart and comparison of 100,000 series, beside numpy where python3 has it
	@Scripts/quietly swift build -c release --product IndicatorsBenchmark
	@.build/release/IndicatorsBenchmark
	@if python3 -c 'import numpy' 2>/dev/null; then \
	  .build/release/IndicatorsBenchmark --model > .build/indicator-figures.bin && \
	  echo && echo "numpy on the same figures, one thread: the same tally, then seconds: median of five, min, max" && \
	  python3 Benchmarks/Indicators/peer.py 100000 < .build/indicator-figures.bin; \
	else echo "numpy is left out: python3 has none"; fi

benchmark-placements: setup ## time 1,000 futures of placements beside cs-demand-model's one forecast (PEERS=1 installs it; SAMPLE=FOLDER)
	@Scripts/quietly swift build -c release --product PlacementsBenchmark
	@if [ -n "$(PEERS)" ]; then Scripts/placements-peer || echo "the peer is left out"; fi
	@.build/release/PlacementsBenchmark .build/placements-peer/bin/python .build/placements-peer.txt $(SAMPLE)

benchmark-filter: build ## what a short series costs the command as a filter, and its memory for inputs of three sizes
	@python3 Benchmarks/Filter/filter.py $(BIN)/needscast

benchmark-spark: build ## forecast five million short series on Spark, Parquet to Parquet (SERIES=n; RUNS=n repeats it)
	@Scripts/spark-environment
	@cd Integrations/spark && PYTHONPATH=src ../../.build/spark/bin/python benchmarks/forecasts.py \
	  --binary $(abspath $(BIN))/needscast --folder $(abspath .build)/spark-benchmark --series $(or $(SERIES),5000000) --runs $(or $(RUNS),1)

benchmark-models: setup ## time every model beside statsforecast's and statsmodels' (needs M3=FILE, the competition's series)
	@if [ ! -f "$(M3)" ]; then echo "the models are timed on the M3 competition's series; name its file with M3=FILE"; exit 0; fi; \
	Scripts/quietly swift build -c release --product ModelsBenchmark && Scripts/peer-environment && \
	case "$(M3)" in *.gz) gunzip -c "$(M3)" > .build/m3.csv;; *) cp "$(M3)" .build/m3.csv;; esac && \
	.build/peers/bin/python Benchmarks/Models/compare.py .build/release/ModelsBenchmark .build/m3.csv

fuzz: setup ## forecast ten million random hostile series (COUNT=n for another number) and name every fault
	@Scripts/quietly swift build -c release --product ForecastFuzz
	@.build/release/ForecastFuzz $(COUNT)

fuzz-readers: setup ## give every reader of files hostile bytes for ten minutes each (MINUTES=n; TARGETS="csv period yaml xlsx")
	@MINUTES="$(MINUTES)" TARGETS="$(TARGETS)" Scripts/fuzz-readers

notebook: setup ## run the literate scripts
	@Scripts/quietly swift build -c release --product high-needs-overspend
	@.build/release/high-needs-overspend $(WORKSPACE)

docs: setup ## build the documentation of every module into .build/documentation
	@mkdir -p .build/documentation
	@for module in LinearAlgebra Statistics TimeSeries Forecasting Indicators Commissioning Evidence Reporting Explorer; do \
	  swift package --allow-writing-to-directory .build/documentation/$$module generate-documentation \
	    --target $$module --output-path .build/documentation/$$module --warnings-as-errors || exit 1; done

manual: setup ## write the manual page into .build/manual
	@mkdir -p .build/manual
	@Scripts/quietly swift package plugin --allow-writing-to-package-directory generate-manual --multi-page \
	  --date "$(MANUAL_DATE)" --authors Needscast --output-directory .build/manual

completions: build ## write shell completions into .build/completions
	@mkdir -p .build/completions
	@for shell in bash zsh fish; do \
	  $(BIN)/needscast --generate-completion-script $$shell > .build/completions/needscast.$$shell; done

install: build completions manual ## install the command, its manual pages and completions under PREFIX
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/zsh/site-functions \
	  $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	install -m 755 $(BIN)/needscast $(DESTDIR)$(PREFIX)/bin/needscast
	install -m 644 .build/manual/*.1 $(DESTDIR)$(PREFIX)/share/man/man1/
	install -m 644 .build/completions/needscast.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/needscast
	install -m 644 .build/completions/needscast.zsh $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_needscast
	install -m 644 .build/completions/needscast.fish $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/needscast.fish

dist: setup completions manual ## make a tar of the command as one file that runs on a bare Debian 12
	Scripts/static-libraries .build-dist/static
	@rm -f .build-dist/release/needscast # linked anew, because swift build does not see when these libraries change
	swift build -c release --product needscast --static-swift-stdlib --pkg-config-path .build-dist/static --scratch-path .build-dist
	Scripts/distribution .build-dist/release/needscast .build-dist/static .build-dist/checkouts

test-dist: build dist ## run the packed command on a bare Debian 12, beside the ordinary one (as root, for a chroot)
	@Scripts/bare-machine-check dist/needscast-$$($(BIN)/needscast --version)-$$(uname -s | tr A-Z a-z)-$$(uname -m)/needscast $(BIN)/needscast

clean: ## remove what was built
	rm -rf .build .build-dist dist
