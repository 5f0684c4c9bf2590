"""The grammar of sentences with figures: words, clauses, constructions.

``words`` segments a sentence, ``clause`` parses the words before a figure, ``tail`` those behind it, and ``reader`` applies
the constructions.
"""
