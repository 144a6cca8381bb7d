"""How readers cite a paper: one Citation, and a module for each format that it is written in."""
