"""Who is signed in, which units they may see, and which figures must be hidden. Asked by the store, not by
the pages.

May import model and swedish. No SQL, no Streamlit.
"""
