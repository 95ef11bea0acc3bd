"""Placeholder: written with the load of files."""
