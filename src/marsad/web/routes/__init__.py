"""The pages, one module each; `ROUTES` lists all of them: a path, the function that answers it, and the methods where it takes more than GET.

Those with more in their path stand before those that would swallow them. A page raises what hinders it (`NotFound`, `NotAllowed`, `InputError`, `Stale`), and `marsad.web.app`
answers with a page that says so.
"""

from marsad.web.routes import (
    actors,
    adjudicate,
    agreement,
    articles,
    audit,
    codebook,
    control,
    export,
    health,
    holding,
    imports,
    incidents,
    listing,
    mapping,
    outlets,
    people,
    places,
    review,
    search,
    today,
)

ROUTES = (
    *people.ROUTES,
    *health.ROUTES,
    *audit.ROUTES,
    *codebook.ROUTES,
    *imports.ROUTES,
    *incidents.ROUTES,
    *articles.ROUTES,
    *review.ROUTES,
    *holding.ROUTES,
    *adjudicate.ROUTES,
    *agreement.ROUTES,
    *control.ROUTES,
    *places.ROUTES,
    *actors.ROUTES,
    *outlets.ROUTES,
    *mapping.ROUTES,
    *listing.ROUTES,
    *today.ROUTES,
    *search.ROUTES,
    *export.ROUTES,
)
