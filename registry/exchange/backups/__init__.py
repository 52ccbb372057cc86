"""Backups: the whole registry in one file that either database can be restored from.

A ZIP archive with `manifest.json`, a file of JSON lines for each table, and the files of
submissions. It is taken of one moment while others write, and says of each table how many rows it
has and what their digest is, so that a restored database can be held against it.
"""
