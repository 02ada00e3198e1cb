# The habits of this project. `just` without a name lists them.

[private]
default:
    @just --list

# run the tests
test *options:
    pytest {{options}}

# lint, format check, types, layers
lint:
    ruff check .
    ruff format --check .
    mypy
    lint-imports

# attempt what nobody thought of, for so many minutes
fuzz minutes="20" *targets:
    PYTHONPATH=tests python tests/fuzz/run.py {{minutes}} {{targets}}

# read made-up files by lines and by events, for so many seconds, and compare all that is said
same seconds="600" seed="0":
    PYTHONPATH=tests python tests/fuzz/same.py {{seconds}} {{seed}}

# measure speed and memory
bench *options:
    python benchmarks/all.py {{options}}

# write the outputs that tests/golden keeps anew; look at the difference
golden:
    python tests/golden.py

# write the built-in rules as Python, after a change to rulebook.yaml
rules:
    python tests/builtin.py

# write the outputs in README and docs/ anew, draw the pictures, and check all that they show
docs:
    python docs/refresh.py
    python docs/picture.py
    python docs/screenshot.py
    pytest tests/test_docs.py

# mutation testing of the kernel
mutants:
    mutmut run
    mutmut results

# kill runs that write at random moments, and check what they leave
kills number='1000':
    nice python tests/kills.py {{number}}
