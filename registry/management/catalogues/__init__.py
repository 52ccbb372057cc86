"""The words of the interface in six languages: found in the sources, kept in locale/, compiled."""
