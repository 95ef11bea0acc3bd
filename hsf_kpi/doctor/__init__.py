"""Looks at all that the service stands on, and says how it is. Changes nothing, and works when nothing else does.

`packages` imports the standard library only: it is what is asked when the others can't be imported.
"""
