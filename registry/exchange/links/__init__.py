"""Visits to the addresses that records carry: politely, within limits, and nowhere but in public.

Addresses are typed by people, and answers come from servers of strangers: `targets` says which
addresses are visited at all, `networks` which machines, `lines` connects to the very machine that
was looked at, `messages` reads no more than it must, `pace` and `robots` keep to what hosts may
expect, `visiting` follows one address to its end, `running` many at once.
"""
