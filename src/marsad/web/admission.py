"""Whether somebody who signed in as a user of the store may still come in: a user who was ended is out at the next request, not when their cookie expires."""

from __future__ import annotations

from datetime import datetime

from marsad.store.users import users
from marsad.web.sessions import Session
from marsad.web.workspace import Workspace


def stands(workspace: Workspace, session: Session) -> bool:
    """Whether the user of a session is one of the store's, with the role that the session has, and was it when the session began."""
    with workspace.store.database.reading() as connection:
        found = users(connection)
    return any(
        one.name == session.who
        and one.role == session.role
        and one.ended is None
        and datetime.fromisoformat(one.added).timestamp() <= session.begun + 1
        for one in found
    )
