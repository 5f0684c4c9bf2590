"""What stands below the text of a document, and where one document in a source ends and the next begins.

``line_forms`` reads what a line below a text is by its form, ``documents`` divides a source into the document and its
annexes, ``signature`` and ``split`` take the foot of one document.
"""
