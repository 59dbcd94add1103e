# make          set up what is missing, then build every leaflet into out/
# make test     set up what the tests need besides, then run them
# make serve    show leaflets in a browser while you write them (docs/authors.md)
# make setup    only set up
# make check    say what is wrong with leaflets and translations, without building
# make lock     pin the newest Python packages that fit (CONTRIBUTING.md)
# make clean    delete what was built
#
# OWN=../our-clinic lays a clinic's own folder over what is shipped (docs/it.md).

python := .venv/bin/python
own := $(if $(OWN),--own "$(OWN)")

.PHONY: all setup build serve test check lock clean

all: build

setup:
	@OWN="$(OWN)" setup/setup.sh build

build: setup
	@$(python) build.py $(own) $(ARGS)

check: setup
	@$(python) build.py $(own) check

serve:
	@setup/setup.sh serve
	@$(python) build.py $(own) serve $(ARGS)

test:
	@setup/setup.sh test
	@$(python) -m pytest $(ARGS)

lock: setup
	@$(python) -m pip install --quiet uv
	@$(python) -m uv pip compile pyproject.toml --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet -o requirements.txt
	@$(python) -m uv pip compile pyproject.toml --upgrade --extra serve --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet -o requirements-serve.txt
	@$(python) -m uv pip compile pyproject.toml --upgrade --extra dask --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet -o requirements-dask.txt
	@$(python) -m uv pip compile pyproject.toml --upgrade --extra test --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet -o requirements-test.txt

clean:
	rm -rf "$(if $(OWN),$(OWN)/)out"
