"""What visits tell of servers that are well, ill, busy, shy or hostile; what they ask of them."""

import datetime as dt
import time
from concurrent.futures import ThreadPoolExecutor
from email.utils import format_datetime

import pytest

from registry.exchange.links.pace import Pace
from registry.exchange.links.targets import Outcome
from registry.exchange.links.visiting import Visit
from tests.exchange.strangers import FINE, NOT_THERE, SITE, World, answer, certificate

HOST = "public.example"
PAGE = f"http://{HOST}/page"


@pytest.fixture
def world():
    made = World()
    yield made
    made.close()


def asked_of(server):
    return [(each.method, each.path) for each in server.asked]


def text(body: str, **headers: object) -> bytes:
    return answer(200, Content_Length=len(body), **headers) + body.encode()


def test_head_is_enough_where_it_is_answered(world):
    server = world.site(HOST, {"/page": FINE})

    visit = world.visitor().visit(PAGE)

    assert visit == Visit(Outcome.GOOD, 200)
    assert asked_of(server) == [("GET", "/robots.txt"), ("HEAD", "/page")]


def test_question_says_who_asks_and_nothing_else(world):
    server = world.site(HOST, {"/page": FINE})
    visitor = world.visitor()

    visitor.visit(PAGE)
    visitor.visit(PAGE)

    # FINE sets a cookie, which does not come back.
    assert server.asked[-1].headers == {
        "host": HOST,
        "user-agent": f"MercuryPartnershipRegistry/1.0 (+{SITE}/about/)",
        "accept": "*/*",
        "accept-encoding": "identity",
        "connection": "close",
    }


@pytest.mark.parametrize("status", [405, 501, 404, 403, 500])
def test_get_of_one_byte_follows_where_head_says_nothing_good(world, status):
    server = world.site(HOST, {"HEAD /page": answer(status), "GET /page": answer(206)})

    visit = world.visitor().visit(PAGE)

    assert visit == Visit(Outcome.GOOD, 206)
    assert server.asked[-1].headers["range"] == "bytes=0-0"


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Outcome.GOOD),
        (204, Outcome.GOOD),
        (400, Outcome.STATUS),
        (404, Outcome.STATUS),
        (410, Outcome.STATUS),
        (500, Outcome.STATUS),
        (503, Outcome.STATUS),
        (401, Outcome.DENIED),
        (403, Outcome.DENIED),
        (451, Outcome.DENIED),
        (304, Outcome.STATUS),
    ],
)
def test_answers_are_told_apart(world, status, outcome):
    world.site(HOST, {"/page": answer(status)})

    assert world.visitor().visit(PAGE) == Visit(outcome, status)


def test_redirects_are_followed_to_other_hosts(world):
    world.site("other.example", {"/new": FINE})
    server = world.site(
        HOST,
        {
            "/page": answer(301, Location="/next"),
            "/next": answer(308, Location="//other.example/new"),
        },
    )

    assert world.visitor().visit(PAGE) == Visit(Outcome.GOOD, 200)
    assert asked_of(server)[1:] == [("HEAD", "/page"), ("HEAD", "/next")]


@pytest.mark.parametrize("location", ["/page", "/page?more", f"http://{HOST}/page"])
def test_endless_redirect_ends_after_five(world, location):
    page = answer(302, Location=location)
    server = world.site(HOST, {"/page": page, "/page?more": page})

    assert world.visitor().visit(PAGE) == Visit(Outcome.REDIRECTS, 302)
    assert len(server.asked) == 1 + 6


def test_redirect_to_nowhere_cannot_be_read(world):
    world.site(HOST, {"/page": answer(302)})

    assert world.visitor().visit(PAGE) == Visit(Outcome.GARBLED, 302)


def test_unknown_name_and_closed_door_are_told(world):
    server = world.site(HOST, {})
    server.close()

    assert world.visitor().visit("http://unknown.example/").outcome == Outcome.NAME
    assert world.visitor().visit(PAGE).outcome == Outcome.CONNECTION


def drip(line):
    line.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        time.sleep(0.01)
        line.sendall(b"x")


def silence(line):
    line.recv(1)


@pytest.mark.slow
@pytest.mark.parametrize("page", [drip, silence])
@pytest.mark.parametrize("path", ["/page", "/robots.txt"])
def test_slow_server_is_left_in_time(world, page, path):
    world.site(HOST, {path: page})
    begun = time.monotonic()

    visit = world.visitor(seconds=0.1).visit(PAGE)

    assert visit.outcome == Outcome.SLOW
    assert time.monotonic() - begun < 0.6


@pytest.mark.slow
def test_slow_name_server_is_left_in_time(world):
    look_up = world.outside.look_up

    def slowly(host, port):
        time.sleep(1)
        return look_up(host, port)

    object.__setattr__(world.outside, "look_up", slowly)
    world.site(HOST, {"/page": FINE})
    begun = time.monotonic()

    assert world.visitor(seconds=0.05).visit(PAGE).outcome == Outcome.NAME
    assert time.monotonic() - begun < 0.5


@pytest.mark.slow
def test_head_that_hangs_is_followed_by_get(world):
    world.site(HOST, {"HEAD /page": silence, "GET /page": FINE})

    assert world.visitor(seconds=0.1).visit(PAGE) == Visit(Outcome.GOOD, 200)


def test_of_ten_gigabytes_nothing_is_read(world):
    sent = []

    def endless(line):
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n")
        try:
            while sum(sent) < 10_737_418_240:
                sent.append(line.send(bytes(65_536)))
        except OSError:
            sent.append(0)

    world.site(HOST, {"HEAD /page": answer(405), "GET /page": endless})

    assert world.visitor().visit(PAGE) == Visit(Outcome.GOOD, 200)
    assert sum(sent) < 8_000_000


def test_of_an_endless_robots_txt_a_part_is_read(world):
    sent = []

    def endless(line):
        line.sendall(b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /secret\n")
        while True:
            sent.append(line.send(b"#" * 65_536))

    world.site(HOST, {"/robots.txt": endless, "/page": FINE, "/secret": FINE})
    visitor = world.visitor()

    assert visitor.visit(PAGE) == Visit(Outcome.GOOD, 200)
    assert visitor.visit(f"http://{HOST}/secret") == Visit(Outcome.ROBOTS)
    assert sum(sent) < 8_000_000


def endless_head(line):
    line.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        line.sendall(b"X: " + b"x" * 1000 + b"\r\n")


@pytest.mark.parametrize(
    "page",
    [
        endless_head,
        b"SSH-2.0-OpenSSH_9.9\r\n\r\n",
        b"HTTP/2 200 OK\r\n\r\n",
        b"HTTP/1.1 2x0 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n",
        b"\x00" * 70_000,
        b"HTTP/1.1 200 OK\r\nCut: of",
        b"",
    ],
    ids=range(8),
)
def test_answer_that_is_none_is_told(world, page):
    world.site(HOST, {"/page": page})

    assert world.visitor().visit(PAGE).outcome in (Outcome.GARBLED, Outcome.CONNECTION)


def test_early_hint_is_not_the_answer(world):
    world.site(HOST, {"/page": b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + NOT_THERE})

    assert world.visitor().visit(PAGE) == Visit(Outcome.STATUS, 404)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("path", ["/page", "/robots.txt"])
def test_busy_host_is_left_alone_as_long_as_it_asks(world, status, path):
    server = world.site(HOST, {"/page": FINE, path: answer(status, Retry_After=120)})
    visitor = world.visitor()

    first, before = visitor.visit(PAGE), len(server.asked)
    second = visitor.visit(f"http://{HOST}/other")

    assert (first.outcome, first.status) == (Outcome.BUSY, status)
    assert first.rest == pytest.approx(120, abs=1)
    assert second.outcome == Outcome.BUSY
    assert second.rest == pytest.approx(120, abs=1)
    assert len(server.asked) == before


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("60", 60),
        ("0", 1),
        ("99999999", 7 * 86400),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 1),
        ("soon", 3600),
        ("-5", 3600),
    ],
)
def test_retry_after_is_understood(world, said, seconds):
    world.site(HOST, {"/page": answer(429, Retry_After=said)})

    assert world.visitor().visit(PAGE).rest == pytest.approx(seconds, abs=60)


def test_retry_after_may_be_a_day(world):
    until = format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(hours=5))
    world.site(HOST, {"/page": answer(429, Retry_After=until)})

    assert world.visitor().visit(PAGE).rest == pytest.approx(5 * 3600, abs=60)


def test_robots_txt_is_asked_once_and_kept_to(world):
    rules = "User-agent: *\nDisallow: /\n\nUser-agent: mercurypartnershipregistry\nDisallow: /no*"
    server = world.site(HOST, {"/robots.txt": text(rules), "/page": FINE})
    visitor = world.visitor()

    visits = [visitor.visit(f"http://{HOST}/{path}") for path in ("page", "no/page", "page")]

    assert [visit.outcome for visit in visits] == [Outcome.GOOD, Outcome.ROBOTS, Outcome.GOOD]
    assert [path for _method, path in asked_of(server)] == ["/robots.txt", "/page", "/page"]


def test_robots_txt_of_a_host_that_is_led_to_is_kept_to(world):
    shy = world.site("shy.example", {"/robots.txt": text("User-agent: *\nDisallow: /"), "/": FINE})
    world.site(HOST, {"/page": answer(302, Location="http://shy.example/")})

    assert world.visitor().visit(PAGE) == Visit(Outcome.ROBOTS)
    assert asked_of(shy) == [("GET", "/robots.txt")]


def test_chunks_of_a_robots_txt_are_put_together(world):
    body = b"c\r\nUser-agent: \r\n" + b"f\r\n*\nDisallow: /pa\r\n0\r\n\r\n"

    def kept_open(line):
        line.sendall(answer(200, Transfer_Encoding="chunked") + body)
        line.recv(1)

    world.site(HOST, {"/robots.txt": kept_open, "/page": FINE})

    assert world.visitor().visit(PAGE) == Visit(Outcome.ROBOTS)


@pytest.mark.parametrize(
    "said", [answer(500), b"babble\r\n\r\n", answer(302, Location="/robots.txt")]
)
def test_host_that_cannot_say_what_is_allowed_is_not_called_broken(world, said):
    server = world.site(HOST, {"/robots.txt": said, "/page": FINE})

    visit = world.visitor().visit(PAGE)

    assert visit.outcome in (Outcome.ROBOTS, Outcome.GOOD)
    assert (visit.outcome == Outcome.GOOD) == (("HEAD", "/page") in asked_of(server))


def test_certificates_must_hold(world, tmp_path):
    sealed, trusting = certificate(tmp_path, HOST)
    world.site(HOST, {"/page": FINE}, tls=sealed)

    untrusted = world.visitor().visit(f"https://{HOST}/page")
    trusted = World(trusting)
    server = trusted.site(HOST, {"/page": FINE}, tls=sealed)
    trusted.site("other.example", {"/page": FINE}, tls=sealed)

    assert untrusted == Visit(Outcome.CERTIFICATE)
    assert trusted.visitor().visit(f"https://{HOST}/page") == Visit(Outcome.GOOD, 200)
    assert trusted.visitor().visit("https://other.example/page").outcome == Outcome.CERTIFICATE
    assert server.asked[-1].headers["host"] == HOST
    assert {port for _number, port in trusted.connected} == {443}
    trusted.close()


@pytest.mark.slow
def test_host_is_asked_no_more_often_than_agreed_by_however_many(world):
    every = 0.05
    server = world.site(
        HOST, {f"/{n}": answer(302, Location="/end") for n in range(4)} | {"/end": FINE}
    )
    visitor = world.visitor(every=every)

    with ThreadPoolExecutor(4) as pool:
        visits = list(pool.map(visitor.visit, [f"http://{HOST}/{n}" for n in range(4)]))

    times = [each.at for each in server.asked]
    pauses = [after - before for before, after in zip(times, times[1:], strict=False)]
    assert [visit.outcome for visit in visits] == [Outcome.GOOD] * 4
    assert len(times) == 9
    # Measured where it arrives, which takes it a moment now and then.
    assert min(pauses) >= every - 0.01


def test_pause_is_a_second_of_each_host_by_its_own():
    now, slept = [100.0], []

    def sleep(seconds):
        slept.append(round(seconds, 3))
        now[0] += seconds

    pace = Pace(clock=lambda: now[0], sleep=sleep)
    for host in ("a", "a", "b", "a"):
        pace.wait(host)
        now[0] += 0.25
        pace.done(host)

    assert slept == [1.0, 0.75]


def test_longer_pauses_are_kept_if_they_are_asked_for(world):
    pace = Pace()

    pace.slow_down("a", 5)
    pace.slow_down("b", 3600)
    pace.slow_down("c", 0.1)

    assert [pace._gap(host) for host in "abcd"] == [5, 10, 1, 1]
