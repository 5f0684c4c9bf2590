"""Volumes: the publications of a folder, bound into one file.

``bind`` makes the volume; ``parts`` finds and checks the publications, ``front_matter`` sets the cover and the
contents, ``merged_structure_tree``, ``merged_outlines`` and ``name_trees`` join what a file has only one of,
``part_digest`` and ``verification`` prove that nothing of a part was lost on the way.
"""
