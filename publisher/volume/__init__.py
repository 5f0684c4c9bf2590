"""Volumes: the publications of a folder bound into one PDF.

``parts`` finds and checks the publications, ``cover_and_contents`` typesets the cover and the contents, ``bind`` joins the
files, with ``merged_structure_tree``, ``merged_outlines`` and ``name_trees`` for the trees of which a file has one.
``part_digest`` and ``verification`` check that no part was changed.
"""
