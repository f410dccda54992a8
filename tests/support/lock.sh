#!/bin/sh
# Writes requirements.lock, requirements-dev.lock and requirements-train.lock: exact versions of everything
# pyproject.toml asks for, as pip resolves them today in an empty environment.  usage: lock.sh PYTHON
set -eu
python=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
frozen() { "$folder/venv/bin/python" -m pip freeze --exclude-editable --exclude askpcc | sed 's/+cpu$//' | LC_ALL=C sort -f; }
"$python" -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet .
frozen > requirements.lock
"$folder/venv/bin/python" -m pip install --quiet '.[dev]'
frozen | grep -vxF -f requirements.lock > requirements-dev.lock
"$folder/venv/bin/python" -m pip uninstall --quiet --yes --requirement requirements-dev.lock
"$folder/venv/bin/python" -m pip install --quiet '.[train]'
frozen | grep -vxF -f requirements.lock > requirements-train.lock
