"""Signs people in at an OpenID Connect provider: authorisation code with PKCE, state and nonce (Authlib)."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

from voiceops.errors import MissingPart, NotSignedIn, Unavailable, VoiceOpsError
from voiceops.ports import Errand

TIMEOUT_SECONDS = 10
LEEWAY_SECONDS = 60
# Signed by a key that only the provider has; "none" and keys that both sides share are not among them.
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]


class OidcProvider:
    """One provider, known by its issuer's address. What it says about itself is read anew for each sign-in."""

    def __init__(self, issuer: str, client_id: str, client_secret: str, *, scope: str = "openid profile email") -> None:
        """Raises MissingPart where the extra [oidc] is not installed."""
        if find_spec("authlib") is None or find_spec("requests") is None:
            raise MissingPart(
                "Signing in at a provider needs a package that is not installed.",
                record="VOICEOPS_OIDC_ISSUER",
                next_step="Run: pip install 'voiceops[oidc]'",
            )
        self._issuer = issuer.rstrip("/")
        self._client_id = client_id
        self._client_secret = client_secret
        self._scope = scope

    def begin(self, redirect_uri: str) -> Errand:
        """See the port."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        with self._session(redirect_uri) as session:
            place = self._described(session)["authorization_endpoint"]
            url, _ = session.create_authorization_url(place, state=state, code_verifier=verifier, nonce=nonce)
        return Errand(url, state, nonce, verifier)

    def finish(self, errand: Errand, *, code: str, redirect_uri: str) -> Mapping[str, Any]:
        """See the port."""
        with self._session(redirect_uri) as session:
            described = self._described(session)
            token = session.fetch_token(described["token_endpoint"], code=code, code_verifier=errand.verifier)
            keys = _json(session.get(described["jwks_uri"], allow_redirects=False, withhold_token=True))
            return self._claims(token["id_token"], keys, nonce=errand.nonce, issuer=described["issuer"])

    def _described(self, session: Any) -> Mapping[str, Any]:
        where = f"{self._issuer}/.well-known/openid-configuration"
        found: Mapping[str, Any] = _json(session.get(where, allow_redirects=False, withhold_token=True))
        if str(found.get("issuer", "")).rstrip("/") != self._issuer:
            raise _unusable("It calls itself by another name than VOICEOPS_OIDC_ISSUER does.")
        return found

    def _claims(self, id_token: str, keys: Any, *, nonce: str, issuer: str) -> Mapping[str, Any]:
        from authlib.oidc.core import CodeIDToken
        from joserfc import jwt
        from joserfc.jwk import KeySet

        token = jwt.decode(id_token, KeySet.import_key_set(keys), algorithms=_ALGORITHMS)
        wanted = {"iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": self._client_id}}
        claims = CodeIDToken(token.claims, token.header, wanted, {"nonce": nonce, "client_id": self._client_id})
        claims.validate(leeway=LEEWAY_SECONDS)
        return dict(token.claims)

    @contextmanager
    def _session(self, redirect_uri: str) -> Iterator[Any]:
        """Authlib's session; whatever fails in the block comes out as one of our errors, without secrets."""
        from authlib.common.errors import AuthlibBaseError
        from authlib.integrations.requests_client import OAuth2Session
        from joserfc.errors import JoseError
        from requests import RequestException

        session: Any = OAuth2Session(
            self._client_id,
            self._client_secret,
            scope=self._scope,
            redirect_uri=redirect_uri,
            code_challenge_method="S256",
            default_timeout=TIMEOUT_SECONDS,
        )
        try:
            yield session
        except RequestException as error:
            raise Unavailable(
                "The provider that signs people in does not answer.",
                record="VOICEOPS_OIDC_ISSUER",
                next_step="Try again; if it stays so, sign in with a password and look at the provider.",
            ) from error
        except (AuthlibBaseError, JoseError, KeyError, TypeError, ValueError) as error:
            raise _unusable("Its answer does not prove who you are.") from error
        finally:
            session.close()


def _json(answer: Any) -> Any:
    answer.raise_for_status()
    return answer.json()


def _unusable(what: str) -> VoiceOpsError:
    return NotSignedIn(
        what,
        record="the sign-in provider",
        next_step="Begin the sign-in anew; if it stays so, ask an administrator to check the provider's settings.",
    )
