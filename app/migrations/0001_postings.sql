-- Postings as they came and as lists show them. One text for SQLite and PostgreSQL: instants are BIGINT milliseconds
-- since 1970, days are TEXT `YYYY-MM-DD`, yes and no are BIGINT 1 and 0.

-- The counter of revisions. A row rather than a sequence: whoever takes numbers holds its lock until the commit, so
-- revisions become visible in their order and a follower that asks for "after N" never skips one.
CREATE TABLE revisions (
    id BIGINT NOT NULL PRIMARY KEY,
    latest BIGINT NOT NULL
);
INSERT INTO revisions (id, latest) VALUES (1, 0);

CREATE TABLE postings (
    number TEXT NOT NULL PRIMARY KEY,
    origin BIGINT NOT NULL,         -- 0 feed, 1 desk
    revision BIGINT NOT NULL,
    content_hash BIGINT NOT NULL,   -- of the record and of the way it is read
    scope TEXT NOT NULL,            -- 公開範囲
    received_on TEXT NOT NULL,
    deadline TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    closed_at BIGINT,               -- gone from the feed or stopped
    summary TEXT NOT NULL           -- the list row as JSON, name included
);
CREATE UNIQUE INDEX postings_by_revision ON postings (revision);

CREATE TABLE posting_records (
    number TEXT NOT NULL PRIMARY KEY REFERENCES postings (number),
    record BYTEA NOT NULL           -- every item as read, compressed
);
