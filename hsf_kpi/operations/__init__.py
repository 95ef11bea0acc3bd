"""What those who run the server see of it: figures for Prometheus, lines for the log, and what is under way when it is
stopped. Every layer above tells it what happens; it imports the model and the settings alone.

Nothing here says who, which unit, or what somebody has written: docs/operations.md lists every name.
"""
