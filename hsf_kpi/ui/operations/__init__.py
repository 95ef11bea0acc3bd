"""The server's side of what those who run it see: its addresses (/healthz, /readyz, /metrics), its log, its end.

What is counted and written stands in `hsf_kpi.operations`; what is here needs the web server, Streamlit or the workspace.
"""
