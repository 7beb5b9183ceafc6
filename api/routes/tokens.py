"""Access tokens: make one, list them, end one."""

from http import HTTPStatus

from fastapi import APIRouter

from api.answers import problems
from api.deps import Here, PathId, Who
from api.guard import GuardedRoute
from api.schemas.people import NewToken, TokenIn, TokenList, TokenOut, token_fields
from voiceops.usecases.create_token import TokenLimits
from voiceops.usecases.create_token import create_token as make_token
from voiceops.usecases.remove_token import remove_token as end_token

router = APIRouter(prefix="/api/v1/tokens", tags=["tokens"], route_class=GuardedRoute)


@router.post(
    "",
    name="create_token",
    status_code=HTTPStatus.CREATED,
    responses=problems(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
)
def create_token(body: TokenIn, services: Here, who: Who) -> NewToken:
    """Make a token; this answer is the only place where its secret ever stands."""
    limits = TokenLimits(body.expires_at, tuple(body.scopes), tuple(body.teams))
    token, secret = make_token(
        services, name=body.name, role=body.role, agent_id=body.agent_id, limits=limits, actor=who.actor
    )
    return NewToken.model_validate({**token_fields(token), "secret": secret})


@router.get("", name="list_tokens", responses=problems())
def list_tokens(services: Here) -> TokenList:
    """All tokens, by name, without their secrets."""
    with services.open_view() as unit:
        tokens = unit.tokens.list()
    return TokenList(items=[TokenOut.model_validate(token_fields(token)) for token in tokens])


@router.delete(
    "/{token_id}", name="remove_token", status_code=HTTPStatus.NO_CONTENT, responses=problems(HTTPStatus.NOT_FOUND)
)
def remove_token(token_id: PathId, services: Here, who: Who) -> None:
    """End a token: from now on nobody signs in with it."""
    end_token(services, token_id, actor=who.actor)
