"""The command line: the same functions that the pages call. One file a command; may import everything but ui."""
