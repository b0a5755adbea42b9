-- オンライン求職登録 (app/src/registration). What is typed stands in sections, as `draft` until it is confirmed and as `current` afterwards.
CREATE TABLE registrations (
    account_id TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,               -- online, office
    seeker_number TEXT UNIQUE,        -- 求職番号, of an office registrant
    applied_on TEXT NOT NULL,         -- the day of the first completion
    valid_until TEXT,                 -- the last valid day; null once it was made inactive
    inactive_since TEXT,              -- null while it is active
    inactive_reason TEXT,             -- found-work, pause, no-more-use
    looked_on TEXT NOT NULL,          -- up to this day reminders are dealt with
    confirmed TEXT NOT NULL,          -- what staff confirmed of a disability: kinds,handbook,grade
    consulted_on TEXT,                -- when staff recorded the wishes as consulted
    kana TEXT NOT NULL,               -- family and given name, for staff to find
    birth_date TEXT NOT NULL
);
CREATE INDEX registrations_by_kana ON registrations (kana);
CREATE INDEX registrations_by_validity ON registrations (valid_until);

CREATE TABLE registration_sections (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    state TEXT NOT NULL,              -- draft, current
    section TEXT NOT NULL,
    content TEXT NOT NULL,            -- JSON of what was typed, without what is sealed
    revision BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, state, section)
);

-- Special-care personal information, each field encrypted by itself (app/src/sealing.rs).
CREATE TABLE registration_sealed (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    section TEXT NOT NULL,
    field TEXT NOT NULL,
    sealed TEXT NOT NULL,
    PRIMARY KEY (account_id, state, section, field)
);

-- What was changed after the first completion. Of sealed fields only that they were.
CREATE TABLE registration_changes (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    place BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    by_role TEXT NOT NULL,            -- seeker, staff
    section TEXT NOT NULL,
    label TEXT NOT NULL,
    before_text TEXT NOT NULL,
    after_text TEXT NOT NULL,
    PRIMARY KEY (account_id, place)
);

-- Who looked at sealed data, other than its owner.
CREATE TABLE registration_reads (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    read_at BIGINT NOT NULL,
    reader_id TEXT NOT NULL,
    reader_role TEXT NOT NULL,
    purpose TEXT NOT NULL
);
CREATE INDEX registration_reads_of ON registration_reads (account_id, read_at);

-- A section that was sent after the session had ended: it waits for its owner to sign in with the same browser.
CREATE TABLE registration_parked (
    browser_hash TEXT NOT NULL,
    account_tag TEXT NOT NULL,
    section TEXT NOT NULL,
    sealed TEXT NOT NULL,
    parked_at BIGINT NOT NULL,
    PRIMARY KEY (browser_hash, account_tag, section)
);

-- What a seeker is told on their own page (app/src/notices).
CREATE TABLE notices (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    path TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    is_read BIGINT NOT NULL
);
CREATE INDEX notices_of ON notices (account_id, is_read, written_at);
