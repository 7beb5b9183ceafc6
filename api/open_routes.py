"""The routes that need no row in api/access.py, and those open to who must still choose a password."""

# Open to everybody on the network: they hold no data of anybody.
PUBLIC = frozenset(
    {
        "begin_session",
        "begin_at_provider",
        "finish_at_provider",
        "sign_in_page",
        "sign_in_by_form",
        "choose_language",
        "page_asset",
        "live",
        "ready",
        "api_description",
        "docs_page",
        "docs_script",
        "docs_asset",
    }
)

# All that a user may do before they have chosen a password of their own.
WITH_A_GIVEN_PASSWORD = frozenset(
    {
        "get_session",
        "end_session",
        "change_password",
        "home_page",
        "sign_out_by_form",
        "password_page",
        "change_password_by_form",
    }
)
