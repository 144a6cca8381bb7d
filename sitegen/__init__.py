"""Curated reading lists and saved paper listings in, one static and searchable website out."""

__version__ = "0.1.0"
