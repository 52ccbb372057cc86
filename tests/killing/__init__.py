"""Whoever applies an uploaded sheet is killed, again and again: all of it is there, or nothing."""
