"""Site → the search index: what lunr would find, on plain files that a browser loads a few of."""
