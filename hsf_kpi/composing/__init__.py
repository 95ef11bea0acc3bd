"""What each page shows, composed without a screen: figures, findings and tiles of one `Ask`, kept under it.

The pages draw them, files and reports are made of them. May import everything but `reporting`, `ui` and `cli`; never
Streamlit.
"""
