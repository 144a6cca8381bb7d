"""Bytes → what they say: one file per format. Whatever is wrong with them is reported, never raised."""
