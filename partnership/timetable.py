"""When background jobs run, in UTC."""

from celery.schedules import crontab


def jobs(*, has_broker: bool) -> dict:
    """The timetable, as Celery's clock and `manage.py timetable` read it."""
    return {
        "deliver-notices": {
            "task": "registry.tasks.deliver_notices",
            # Without a broker nothing piles up, and whoever tries the site need not wait.
            "schedule": crontab() if has_broker else 5,
            "options": {"expires": 60},
        },
        "work-on-imports": {
            "task": "registry.tasks.work_on_imports",
            # With a broker whoever uploads asks for it; this takes up what was left.
            "schedule": crontab() if has_broker else 5,
            "options": {"expires": 60},
        },
        "send-digests": {
            "task": "registry.tasks.send_digests",
            "schedule": crontab(day_of_week="mon", hour=6, minute=3),
        },
        "clear-idempotency-keys": {
            "task": "registry.tasks.clear_idempotency_keys",
            "schedule": crontab(minute=41),
        },
        "check-search-index": {
            "task": "registry.tasks.check_search_index",
            "schedule": crontab(minute=17),
        },
        "count-lookalikes": {
            "task": "registry.tasks.count_lookalikes",
            "schedule": crontab(minute=29),
        },
        "check-links": {
            "task": "registry.tasks.check_links",
            # A few at a time; each link comes up about once a week.
            "schedule": crontab(minute="4-59/10"),
            "options": {"expires": 600},
        },
        "refresh-statuses": {
            "task": "registry.tasks.refresh_statuses",
            "schedule": crontab(hour=0, minute=7),
        },
        "clear-up-accounts": {
            "task": "registry.tasks.clear_up_accounts",
            "schedule": crontab(minute=53),
        },
        "clear-files": {
            "task": "registry.tasks.clear_files",
            "schedule": crontab(hour=3, minute=11),
        },
        "clear-imports": {
            "task": "registry.tasks.clear_imports",
            "schedule": crontab(hour=3, minute=17),
        },
        "check-snapshots": {
            "task": "registry.tasks.check_snapshots",
            "schedule": crontab(hour=3, minute=41),
        },
        "erase-addresses": {
            "task": "registry.tasks.erase_addresses",
            "schedule": crontab(hour=3, minute=29),
        },
        "remind": {
            "task": "registry.tasks.remind",
            "schedule": crontab(hour=6, minute=23),
        },
        "ask-to-confirm": {
            "task": "registry.tasks.ask_to_confirm",
            "schedule": crontab(hour=6, minute=37),
        },
        "take-backup": {
            "task": "registry.tasks.take_backup",
            "schedule": crontab(hour=1, minute=47),
        },
        "write-dump": {
            "task": "registry.tasks.write_dump",
            "schedule": crontab(hour=2, minute=31),
        },
    }
