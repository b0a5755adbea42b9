-- What a seeker keeps: favorites and saved searches (app/src/kept). A row stays when something is taken out, so that other phones hear of it.
CREATE TABLE kept (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    id TEXT NOT NULL,                -- favorite:{posting number}, search:{its own name}
    kind TEXT NOT NULL,              -- favorite, search
    revision BIGINT NOT NULL,        -- of the account, when it last changed
    stamp TEXT NOT NULL,             -- of the change that made it what it is
    thing TEXT,                      -- JSON; null once it is taken out
    reminded_of TEXT,                -- the deadline that a mail told of
    PRIMARY KEY (account_id, id)
);
CREATE INDEX kept_by_revision ON kept (account_id, revision);

CREATE TABLE kept_revisions (
    account_id TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    latest BIGINT NOT NULL,
    forgotten BIGINT NOT NULL        -- of what was taken out up to here, nothing is known any more
);
