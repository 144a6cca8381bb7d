"""The preview: built after every edit, served to this machine alone, reloaded where it is looked at."""
