"""The head of a document: everything above its running text, labelled as a whole.

``line_features`` reads what each line shows, ``labelling`` chooses the labels of all lines together, ``metadata`` reads the
labelled lines, ``kind`` recognises the kind of document.
"""
