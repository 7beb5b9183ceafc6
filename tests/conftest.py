"""What every test has: databases and Redis on demand, no network but this machine's own, and no clock to race."""

from hypothesis import settings

pytest_plugins = [
    "tests.databases",
    "tests.object_stores",
    "tests.systems",
    "tests.api_door",
    "tests.receivers",
    "tests.providers",
    "tests.browsers",
]

settings.register_profile("any-machine", deadline=None)
settings.load_profile("any-machine")
