"""What every test can ask for. The fixtures live by idea in tests/fixtures; in short:

- ``database``: a real Database, on SQLite and again on PostgreSQL, with areas, units and the people below, no entries
  and no programme. ``session``: one open for writing, thrown away afterwards; don't mix it with ``database.write``.
- ``now``: Saturday 21 November 2026, 21.40 in Östersund. ``clock``: stands at ``now`` until ``clock.move(hours=1)``.
- ``officer``, ``colleague`` (same unit), ``other_officer`` (another unit), ``supervisor``, ``outreach``, ``inspector``,
  ``coordinator``, ``administrator``: the Actor of an account in ``database``.
- ``app``, ``client``: the application on SQLite, with this year's programme; ``sign_in(client, "officer")`` and
  ``submit(client, path, {...})`` (fetches the form's token first) come from ``tests.fixtures.site``.
- ``live``: the application behind a real server, ``live.url``; ``page``: a phone's page in Chromium, which fails the
  test for any error in the console; ``live.sign_in(page, "officer")`` skips the door.
- ``office``: what a mail server keeps and refuses, ``delivering(office)`` from ``tests.fixtures.post`` runs one.
"""

# Each after those that it imports.
pytest_plugins = [
    "tests.fixtures.patience",
    "tests.fixtures.people",
    "tests.fixtures.databases",
    "tests.fixtures.site",
    "tests.fixtures.browser",
    "tests.fixtures.post",
]
