"""The read-only API under /api/v1/: released and preliminary figures as JSON and CSV, for Excel, Power BI and the intranet.

An edge like ui and cli: it asks workspace and composing what the pages ask, with the rights of the key's owner, and has no
rule of its own about figures. It imports no Streamlit; docs/api.md tells how it is used.
"""
