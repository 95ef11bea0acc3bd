"""Numbers, dates, statuses and sorting in Swedish: the one place where figures get words.

May import model and Babel. Everything here is text for people; files for machines are written elsewhere.
"""
