"""One file that holds all that is needed to stand up again, and standing up again from it.

Imports store, ingest, settings and model; nothing but the command line imports it.
"""
