"""The nouns: what sitegen knows about papers, lists and pages. Frozen values, no behaviour beyond their own shape."""
