"""What stands on a page, as whoever looks at it reads it."""


def as_read(text: object) -> str:
    """Without Markdown's escapes and what takes no room; a space is a space, whether a line may break there or not."""
    return str(text).replace("\\", "").replace("\N{WORD JOINER}", "").replace("\N{NO-BREAK SPACE}", " ")
