"""Which paths a robots.txt lets us visit."""

import time

import pytest

from registry.exchange.links import robots

NAME = "MercuryPartnershipRegistry"


def may(text, path):
    return robots.read(text, NAME).may_visit(path)


@pytest.mark.parametrize(
    ("rules", "path", "is_allowed"),
    [
        ("", "/a", True),
        ("Disallow:", "/a", True),
        ("Disallow: /", "/", False),
        ("Disallow: /a", "/abc", False),
        ("Disallow: /a", "/b/a", True),
        ("Disallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("Disallow: /a\nAllow: /a", "/a", True),
        ("Disallow: /*.pdf$", "/x/y.pdf", False),
        ("Disallow: /*.pdf$", "/x/y.pdf?z", True),
        ("Disallow: /*/private/*/x", "/a/private/b/x", False),
        ("Disallow: /a%2Fb", "/a/b", False),
        ("Disallow: /ö", "/%C3%B6", False),
        ("Disallow: /a # a remark", "/a", False),
        ("disallow:/a", "/a", False),
        ("Nonsense\nDisallow: /a", "/a", False),
        ("Disallow: nonsense", "/nonsense", True),
    ],
)
def test_longest_rule_that_fits_decides(rules, path, is_allowed):
    assert may(f"User-agent: *\n{rules}", path) is is_allowed


@pytest.mark.parametrize(
    ("text", "is_allowed"),
    [
        ("User-agent: OtherBot\nDisallow: /", True),
        ("User-agent: OtherBot\nUser-agent: *\nDisallow: /", False),
        (
            "User-agent: *\nDisallow: /\n\nUser-agent: MercuryPartnershipRegistry/1.0\nAllow: /",
            True,
        ),
        ("User-agent: *\nAllow: /\n\nuser-agent: mercurypartnershipregistry\nDisallow: /", False),
        ("Disallow: /", True),
    ],
)
def test_rules_for_us_stand_before_those_for_all(text, is_allowed):
    assert may(text, "/a") is is_allowed


def test_pause_is_read():
    text = "User-agent: *\nCrawl-delay: 2.5\nCrawl-delay: soon\n"

    assert robots.read(text, NAME).pause == 2.5
    assert robots.read("", NAME) == robots.NO_RULES


def test_no_pattern_takes_long():
    begun = time.monotonic()

    assert may("User-agent: *\nDisallow: /" + "*a" * 500 + "b$", "/" + "a" * 1900)
    assert time.monotonic() - begun < 0.5
