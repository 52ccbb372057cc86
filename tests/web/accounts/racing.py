"""Many tries on an account at once; run with the other races, on a database that is real."""


def race(at_once):
    """Every race about accounts, one after the other."""
    return {
        "one_account": _guess_one_account(at_once),
        "one_place": _guess_from_one_place(at_once),
        "code": _send_one_code(at_once),
        "sign_up": _sign_up_with_one_address(at_once),
    }


def _ask(path, typed, **given):
    from django.test import Client

    return Client(SERVER_NAME="localhost").post(path, typed, **given)


def _checked():
    from registry.models import Event

    return Event.objects.filter(verb="refuse sign-in").count()


def _guess_one_account(at_once):
    """Two hundred tries from two hundred places on one account."""
    from tests import factories

    email, before = factories.signed_up().email, _checked()

    def guess(thread):
        def work():
            for at in range(10):
                typed = {"login": email, "password": f"guess {thread} {at}"}
                _ask("/account/sign-in/", typed, REMOTE_ADDR=f"10.0.{thread}.{at}")

        return work

    outcomes = at_once(*(guess(thread) for thread in range(20)))
    return {"outcomes": sorted(set(outcomes)), "checked": _checked() - before}


def _guess_from_one_place(at_once):
    """One password on two hundred accounts from one place."""
    before = _checked()

    def guess(thread):
        def work():
            for at in range(10):
                typed = {"login": f"nobody-{thread}-{at}@example.org", "password": "a guess"}
                _ask("/account/sign-in/", typed, REMOTE_ADDR="203.0.113.9")

        return work

    outcomes = at_once(*(guess(thread) for thread in range(20)))
    return {"outcomes": sorted(set(outcomes)), "checked": _checked() - before}


def _send_one_code(at_once):
    """One code from an app, in five browsers at the same moment."""
    from django.test import Client

    from tests import factories
    from tests.web.accounts.acting import code

    user = factories.signed_up()
    secret = factories.second_factor(user)
    clients = [Client(SERVER_NAME="localhost") for _ in range(5)]
    for client in clients:
        client.post("/account/sign-in/", {"login": user.email, "password": factories.PASSWORD})
    shown = code(secret, 1)

    def send(client):
        return lambda: client.post("/account/sign-in/code/", {"code": shown}) and "sent"

    outcomes = at_once(*(send(client) for client in clients))
    into = [client.get("/account/").status_code == 200 for client in clients]
    return {"outcomes": sorted(set(outcomes)), "in": sum(into)}


def _sign_up_with_one_address(at_once):
    from registry.models import User
    from tests import factories

    typed = {"name": "Ana", "email": "once@example.org", "password1": factories.PASSWORD}
    outcomes = at_once(*[lambda: str(_ask("/account/sign-up/", typed).status_code)] * 6)
    return {
        "outcomes": sorted(set(outcomes)),
        "accounts": User.objects.filter(email="once@example.org").count(),
    }
