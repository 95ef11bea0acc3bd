"""From files to the nouns of the model: definitions, published figures, the demo generator.

Checks everything before anything is used, and tells every problem at once, in Swedish, with file and field.
May import model, swedish and access; never the store.
"""
