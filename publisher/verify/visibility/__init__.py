"""Verification that the text of a PDF can be seen: each page is rendered with and without its text."""
