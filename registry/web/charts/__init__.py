"""Drawings of the figures as SVG: on a page in its colours, and as a file that needs nothing else.

Lengths across are in percent and heights in pixels, so that letters keep their size on a telephone.
"""
