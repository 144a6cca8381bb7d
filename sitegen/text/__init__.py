"""Strings: TeX leftovers, normal forms, slugs, identifiers, addresses, dates. Pure and total: any text returns."""
