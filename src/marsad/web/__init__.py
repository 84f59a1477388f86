"""The workspace: pages that show what the store holds, and through which people decide.

It reads the store, writes what people decide, and has anything longer done by a process of its own (`marsad.run.chores`). Nothing that a page needs lies outside this
package: no request ever leaves the machine, and the pages' security policy would stop one.
"""

from marsad.web.app import make_app
from marsad.web.serving import Serving, serve
from marsad.web.workspace import Workspace, open_workspace

__all__ = ["Serving", "Workspace", "make_app", "open_workspace", "serve"]
