# `make` alone explains the targets. The work is done by the package in dev/.
PYTHON ?= python3
export PORT EDGE_PORT BENCH_SCALE SECONDS
.DEFAULT_GOAL := help
.PHONY: help up down clean reset shell test test-odoo-core lint bench fuzz pot lock

help: ## say what the targets are
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' Makefile

up: ## set up, load the demonstration story, start Odoo and a device (PORT=8090 for another port)
	@$(PYTHON) -m dev up

down: ## stop what `make up` started
	@$(PYTHON) -m dev down

clean: ## stop it and remove everything that setup made
	@$(PYTHON) -m dev clean

reset: ## drop the demonstration database; the next `make up` makes it anew
	@$(PYTHON) -m dev reset

shell: ## Odoo's shell on the demonstration database
	@$(PYTHON) -m dev shell

test: ## every test: Python, Odoo, browser, linters (ARGS="path -k word" for some)
	@$(PYTHON) -m dev test $(ARGS)

test-odoo-core: ## Odoo's own tests of the apps that we extend, with our add-ons installed
	@$(PYTHON) -m dev test-odoo-core

lint: ## the linters alone
	@$(PYTHON) -m dev lint

bench: ## a benchmark: NAME=receipt, BENCH_SCALE=0.1 for a quick look
	@$(PYTHON) -m dev bench $(NAME)

fuzz: ## the tag library against any bytes, guided by coverage (SECONDS=600)
	@$(PYTHON) -m dev fuzz

pot: ## export the translation templates and bring the .po files up to date
	@$(PYTHON) -m dev pot

lock: ## move the locked versions of Odoo and of the Python libraries
	@$(PYTHON) -m dev lock
