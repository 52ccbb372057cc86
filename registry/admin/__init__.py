"""The administration for secretariat staff."""
