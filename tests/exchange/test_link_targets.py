"""No link leads the server to a machine that is not public: by number, name or redirect."""

import pytest

from registry.exchange.links.lines import Outside, connect, look_up
from registry.exchange.links.networks import is_public
from registry.exchange.links.targets import Failed, Outcome, target
from tests.exchange.strangers import FINE, World, answer

PUBLIC = "93.184.216.34"
# Addresses that nobody visits, as they may stand in a record or in a redirect.
WRITTEN = """
http://127.0.0.1/ http://127.0.0.1:80/ https://127.0.0.1/ http://127.1/ http://127.0.1/
http://127.255.255.254/ http://2130706433/ http://0x7f000001/ http://0x7f.1/ http://0x7f.0.0.1/
http://0177.0.0.1/ http://017700000001/ http://0177.1/ http://0/ http://0.0.0.0/ http://000.0.0.0/
http://10.0.0.1/ http://10.255.255.255/ http://0x0a000001/ http://167772161/ http://012.0.0.1/
http://172.16.0.1/ http://172.31.255.255/ http://192.168.0.1/ http://192.168.1.254/ http://3232235521/
http://169.254.169.254/latest/meta-data/ http://2852039166/ http://0xa9fea9fe/ http://0xA9.0xFE.0xA9.0xFE/
http://0251.0376.0251.0376/ http://169.254.1.1/ http://100.64.0.1/ http://100.127.255.255/
http://192.0.0.1/ http://192.0.2.1/ http://198.51.100.1/ http://203.0.113.1/ http://198.18.0.1/
http://224.0.0.1/ http://239.255.255.250/ http://240.0.0.1/ http://255.255.255.255/ http://192.88.99.1/
http://168.63.129.16/ http://127.0.0.1./ http://127。0。0。1/ http://１２７.０.０.１/ http://①②⑦.⓪.⓪.①/
http://[::]/ http://[::1]/ http://[0:0:0:0:0:0:0:1]/ https://[::1]/ http://[::ffff:127.0.0.1]/
http://[::ffff:7f00:1]/ http://[::ffff:10.0.0.1]/ http://[::ffff:a9fe:a9fe]/ http://[::127.0.0.1]/
http://[64:ff9b::7f00:1]/ http://[64:ff9b::10.0.0.1]/ http://[64:ff9b::a9fe:a9fe]/ http://[64:ff9b:1::1]/
http://[fe80::1]/ http://[fe80::1%25eth0]/ http://[fe80::1%eth0]/ http://[fc00::1]/ http://[fd00::1]/
http://[fd00:ec2::254]/ http://[fec0::1]/ http://[ff02::1]/ http://[ff0e::1]/ http://[2001:db8::1]/
http://[2001::1]/ http://[2001:0:7f00:1::1]/ http://[2002:7f00:1::]/ http://[2002:a9fe:a9fe::1]/
http://[100::1]/ http://[3fff::1]/ http://[5f00::1]/ http://[::ffff:0:7f00:1]/
http://localhost/ http://LOCALHOST/ http://localhost./ http://intranet/ http://metadata/
http://user@public.example/ http://user:pw@public.example/ http://public.example@127.0.0.1/
http://127.0.0.1@public.example/ http://public.example:80@127.0.0.1/ http://public.example%40127.0.0.1/
http://public.example\\@127.0.0.1/ http://127.0.0.1\\@public.example/ http://public.example#@127.0.0.1:22/x@
http://public.example:22/ http://public.example:25/ http://public.example:6379/ http://public.example:443/
https://public.example:80/ http://public.example:8080/ http://public.example:0/ http://public.example:65536/
http://public.example:-1/ http://public.example:x/ http://127.0.0.1:22/ http://127.0.0.1:6379/
file:///etc/passwd file://127.0.0.1/etc/passwd gopher://127.0.0.1:6379/_INFO ftp://127.0.0.1/ ftp://public.example/
dict://127.0.0.1:11211/stat ldap://127.0.0.1/ tftp://127.0.0.1/ data:text/html,x javascript:alert(1)
ws://127.0.0.1/ jar:http://127.0.0.1!/ view-source:http://127.0.0.1/ unix:///run/docker.sock
http:/127.0.0.1/ http:127.0.0.1 http:///127.0.0.1/ http:// http://. http://.. http://-/ http://%31%32%37.0.0.1/
http://[/ http://[::1 http://[127.0.0.1]/ http://256.256.256.256/ http://1.2.3.4.5/ http://127.0.0.1%00.public.example/
http://127.0.0.1\tpublic.example/ http://public.example\r\nHost:127.0.0.1/
""".replace("\\t", "\t").replace("\\r\\n", "\r\n")
# One that may be visited, since what follows “#” is told to nobody.
MAY = "http://public.example#@127.0.0.1:22/x@"
HOSTILE = [each for each in WRITTEN.split(" ") for each in each.split("\n") if each and each != MAY]
# Numbers to which a name may lead.
NUMBERS = """
0.0.0.0 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.255 169.254.0.1
169.254.169.254 168.63.129.16 172.16.0.1 172.31.255.255 192.0.0.8 192.0.2.1 192.88.99.1 192.168.0.1
198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.7 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255
:: ::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b::a9fe:a9fe
64:ff9b:1::808:808 100::1 2001::1 2001:2::1 2001:db8::1 2002:7f00:1:: 2002:808:808:: 3fff::1 5f00::1
fc00::1 fd00:ec2::254 fe80::1 fe80::1%1 fec0::1 ff02::1 ff0e::1 nonsense
""".split()


@pytest.fixture
def world():
    made = World()
    made.site("public.example", {"/": FINE})
    yield made
    made.close()


def test_there_are_enough_of_them():
    assert len(set(HOSTILE)) >= 110
    assert len(set(NUMBERS)) >= 45


@pytest.mark.parametrize("address", HOSTILE)
def test_hostile_address_is_not_connected_to(world, address):
    visit = world.visitor().visit(address)

    assert visit.outcome == Outcome.UNFIT
    assert (world.connected, world.trap.accepted) == ([], 0)


@pytest.mark.parametrize("number", NUMBERS)
def test_name_that_leads_to_a_machine_of_ours_is_not_connected_to(world, number):
    world.name("rebound.example", [number])
    world.name("both.example", [PUBLIC, number])

    visits = [world.visitor().visit(f"http://{name}.example/") for name in ("rebound", "both")]

    assert [visit.outcome for visit in visits] == [Outcome.UNFIT] * 2
    assert (world.connected, world.trap.accepted) == ([], 0)


@pytest.mark.parametrize("address", [each for each in HOSTILE if "\r" not in each])
def test_redirect_to_it_is_not_followed(world, address):
    world.site("turn.example", {"/": f"HTTP/1.1 302 So\r\nLocation: {address}\r\n\r\n".encode()})

    visit = world.visitor().visit("http://turn.example/")

    # What is no address of its own is a path of the host that said it.
    assert visit.outcome in (Outcome.UNFIT, Outcome.STATUS, Outcome.REDIRECTS)
    assert {name for name, _port in world.connected} <= set(world.numbers["turn.example"][0])
    assert (world.strayed, world.trap.accepted) == ([], 0)


@pytest.mark.parametrize("number", NUMBERS)
def test_redirect_to_a_name_that_leads_to_it_is_not_followed(world, number):
    world.name("rebound.example", [number])
    world.site("turn.example", {"/": answer(301, Location="//rebound.example/")})
    world.site("first.example", {"/": answer(307, Location="http://turn.example/")})

    visit = world.visitor().visit("http://first.example/")

    assert visit.outcome == Outcome.UNFIT
    assert (len(world.connected), world.strayed, world.trap.accepted) == (4, [], 0)


@pytest.mark.parametrize("number", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1"])
def test_name_that_says_something_else_the_second_time_is_not_followed(world, number):
    server = world.site("public.example", {"/": FINE})
    for often in (1, 2):
        world.name("rebound.example", *[[PUBLIC]] * often, [number], server=server)
        world.visitor().visit("http://rebound.example/")

    assert world.strayed == []
    assert world.trap.accepted == 0
    # Each look is followed by a connection to what it found, or by none.
    assert world.connected == [(PUBLIC, 80)] * 3


def test_the_trap_would_have_caught_one(world):
    world.outside.connect("127.0.0.1", 80, 1).close()
    world.outside.connect("10.0.0.1", 80, 1).close()

    assert world.strayed == [("127.0.0.1", 80), ("10.0.0.1", 80)]


@pytest.mark.parametrize("name", ["localhost", "127.1", "0x7f.1", "2130706433", "0177.0.0.1"])
def test_what_the_system_itself_finds_is_looked_at_too(name):
    try:
        found = look_up(name, 80)
    except OSError:
        found = []

    assert [number for number in found if is_public(number)] == []


@pytest.mark.parametrize(
    "number",
    ["8.8.8.8", PUBLIC, "1.1.1.1", "2606:2800:220:1::1", "2a00:1450::1", "64:ff9b::808:808"],
)
def test_public_machines_are_public(number):
    assert is_public(number)


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ("http://Public.Example", ("http", "public.example", 80, "/")),
        (
            "https://public.example:443/a b".replace(" ", "%20"),
            ("https", "public.example", 443, "/a%20b"),
        ),
        (
            "https://bücher.example/ö?q=ü#x",
            ("https", "xn--bcher-kva.example", 443, "/%C3%B6?q=%C3%BC"),
        ),
        ("http://public。example./", ("http", "public.example", 80, "/")),
        ("https://8.8.8.8/", ("https", "8.8.8.8", 443, "/")),
        (MAY, ("http", "public.example", 80, "/")),
    ],
)
def test_public_addresses_are_read(address, read):
    at = target(address)

    assert (at.scheme, at.host, at.port, at.path) == read


def test_number_is_connected_to_without_a_name(world):
    with pytest.raises(Failed):
        target("http://08.8.8.8/")
    world.name("x.example", ["8.8.8.8"], server=world.site("y.example", {"/": FINE}))

    assert world.visitor().visit("http://8.8.8.8/").outcome == Outcome.GOOD
    assert world.connected == [("8.8.8.8", 80)] * 2


def test_real_way_out_connects_to_numbers_only(world):
    line = connect("127.0.0.1", world.trap.port, 1)
    assert line.getpeername() == ("127.0.0.1", world.trap.port)
    line.close()
    with pytest.raises(ValueError):
        connect("localhost", world.trap.port, 1)
    assert Outside().connect is connect
