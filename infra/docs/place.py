"""A place in a page, between its markers: `<!-- machine:begin -->` and `<!-- machine:end -->`."""


def filled(page: str, name: str, text: str) -> str:
    """The page with `text` in that place; what stands around it is kept. Raises `ValueError` without the place."""
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    before, _, rest = page.partition(begin)
    _, ended, after = rest.partition(end)
    if not ended:
        raise ValueError(f"the page needs the lines {begin} and {end}")
    return f"{before}{begin}\n{text}\n{end}{after}"
