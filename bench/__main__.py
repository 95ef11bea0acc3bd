"""`python -m bench [factor ...]`: every table that docs/performance.md quotes, but for loading, reports and false alarms,
which have commands of their own.
"""

import sys

from bench import clicks, crowd, pages, signals, start

pages.main(tuple(int(x) for x in sys.argv[1:]) or pages.FACTORS)
clicks.main()
crowd.main()
start.main()
signals.main()
