"""`python -m hsf_kpi COMMAND`: see `python -m hsf_kpi --help`."""

import sys

from hsf_kpi.cli.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
