"""What every test has: databases and Redis on demand, and no network but this machine's own."""

pytest_plugins = ["tests.databases", "tests.systems", "tests.api_door", "tests.receivers", "tests.providers"]
