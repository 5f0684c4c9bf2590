"""Install the font files of the catalogue.

``plan`` says which files are missing, ``origins`` where they can be had from, ``debian_packages`` reads them out of the
packages that hold them, ``font_files`` verifies and writes them.
"""
