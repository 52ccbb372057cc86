"""The site in a real browser, with and without JavaScript."""
