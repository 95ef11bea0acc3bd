"""`python -m hsf_kpi COMMAND`: see `python -m hsf_kpi --help`."""

import sys

if __name__ == "__main__":
    try:
        from hsf_kpi.cli.main import main
    except ImportError as error:
        from hsf_kpi.doctor.packages import nothing_can_be_imported

        sys.exit(nothing_can_be_imported(error))
    sys.exit(main(sys.argv[1:]))
