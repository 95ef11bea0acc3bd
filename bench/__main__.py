"""`python -m bench [factor ...]`: every table that docs/performance.md quotes. (False alarms: `bench.false_alarms`.)"""

import sys

from bench import clicks, crowd, loading, pages, reports, signals, start

pages.main(tuple(int(x) for x in sys.argv[1:]) or pages.FACTORS)
clicks.main()
crowd.main()
reports.main()
loading.main()
start.main()
signals.main()
