-- Mails that somebody waits for leave first: a code is not behind a notice to a hundred thousand (app/src/mail).
ALTER TABLE mails ADD COLUMN rank BIGINT NOT NULL DEFAULT 1;
CREATE INDEX mails_due_by_rank ON mails (rank, next_try_at);

-- Notices to a group, delivered some people at a time (app/src/notices/group.rs).
CREATE TABLE group_notices (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    path TEXT NOT NULL,
    group_kind TEXT NOT NULL,
    group_pref TEXT NOT NULL,
    group_occupation TEXT NOT NULL,
    sent_on TEXT NOT NULL,           -- the day on which it is decided who belongs to the group
    sent_at BIGINT NOT NULL,
    after_account TEXT NOT NULL,     -- up to whom it is delivered, in the order of their names
    is_done BIGINT NOT NULL
);
CREATE INDEX group_notices_waiting ON group_notices (is_done, sent_at);

-- What employers search of those who publish their wishes (app/src/requests): written with the registration, in words.
CREATE TABLE published_profiles (
    account_id TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    headline TEXT NOT NULL,
    occupations TEXT NOT NULL,
    places TEXT NOT NULL,
    saved_at BIGINT NOT NULL
);
CREATE INDEX published_profiles_by_time ON published_profiles (saved_at, account_id);
CREATE TABLE published_wishes (
    account_id TEXT NOT NULL REFERENCES published_profiles (account_id) ON DELETE CASCADE,
    kind TEXT NOT NULL,              -- occupation, prefecture
    code TEXT NOT NULL,
    PRIMARY KEY (kind, code, account_id)
);

-- Of a draft of an application: a number that grows with every change, and the tick of a reserved posting, sealed as its remarks are.
ALTER TABLE application_drafts ADD COLUMN revision BIGINT NOT NULL DEFAULT 1;
ALTER TABLE application_drafts ADD COLUMN sealed_stated TEXT NOT NULL DEFAULT '';
ALTER TABLE application_drafts DROP COLUMN stated;

CREATE INDEX reports_of ON reports (account_id, reported_at);
