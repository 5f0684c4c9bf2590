"""What needs a finished file: PDF in, PDF out.

``volume`` binds the publications of a folder into one; ``parts`` finds and checks them, ``front``
sets the cover and the contents, ``copying`` takes the objects of a part over, ``structure``,
``names`` and ``outlines`` join what a file has only one of, ``objects`` writes the file, ``keeping``
and ``judging`` prove that nothing of a part was lost on the way. ``imposition`` puts the pages of any PDF
on sheets for a print shop, ``signing`` signs a file.
"""
