"""A store in which people decide about claims."""

from sqlalchemy import text

from marsad.store import put_articles
from marsad.store.reviewing import (
    Decision,
    Queue,
    ReviewSettings,
    decide,
    queue,
    set_review_settings,
    shown,
    standing,
    standings,
    undo,
)
from stored import OTHER, stored


class Desk:
    """People at work on a store; each call is a transaction of its own."""

    def __init__(self, store, articles=None):
        self.store = store
        self.put(*(articles or [stored("a"), stored("b", OTHER)]))

    def put(self, *articles, **how):
        with self.store.database.writing() as connection:
            put_articles(connection, articles, None, **how)

    def rows(self, sql, **values):
        with self.store.database.reading() as connection:
            return [tuple(row) for row in connection.execute(text(sql), values)]

    def claims(self, article="a"):
        return [
            row[0] for row in self.rows("SELECT id FROM claims WHERE article = :a ORDER BY number", a=article)
        ]

    def read(self, function, *arguments, **named):
        with self.store.database.reading() as connection:
            return function(connection, *arguments, **named)

    def write(self, function, *arguments, **named):
        with self.store.database.writing() as connection:
            return function(connection, *arguments, **named)

    def standing(self, claim, part="first", who=""):
        return self.read(standing, claim, part, who)

    def decide(self, who, claim, decision="accept", part="first", **more):
        """Decide on what stands now, unless a revision is given."""
        revision = more.pop("revision", None)
        if revision is None:
            revision = self.standing(claim, part, who).revision
        made = Decision(who=who, claim=claim, decision=decision, part=part, revision=revision, **more)
        return self.write(decide, made)

    def add(self, who, edit, article="a", part="first"):
        return self.write(decide, Decision(who=who, article=article, decision="add", edit=edit, part=part))

    def undo(self, who, *arguments, **named):
        return self.write(undo, who, *arguments, **named)

    def state(self, claim, who=""):
        return self.read(standings, [claim], who)[claim]

    def shown(self, claim, part="first"):
        return self.read(shown, claim, part)

    def queue(self, who="ana", **wanted):
        return self.read(queue, Queue(who=who, **wanted))

    def twice(self, share=100, blind="coder"):
        """Say how much is coded twice."""
        self.write(set_review_settings, ReviewSettings(second_share=share, blind=blind), "admin")


NEW = {"event": "people.displaced", "evidence": [{"start": 77, "end": 94}]}
"""A claim that a person may add to the first article."""
