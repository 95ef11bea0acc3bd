"""Streamlit pieces that the pages share: entry, filter bar, links, tiles, figure frame. May import everything below."""
