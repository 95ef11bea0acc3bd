"""`python -m bench [factor ...]`: every table that docs/performance.md quotes."""

import sys

from bench import pages, signals, start

pages.main(tuple(int(x) for x in sys.argv[1:]) or pages.FACTORS)
start.main()
signals.main()
