"""Folders of reports: what is to be built is planned before anything is, and built by workers."""
