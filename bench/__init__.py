"""The benchmarks that the README quotes: `make bench`.

Ratios in one run; single milliseconds mean little on a shared machine.
"""
