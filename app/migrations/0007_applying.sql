-- Applying, from both ends. Special-care texts (motivation, remarks, what the parties write to each other) are sealed field by field (app/src/sealing.rs).

-- 事業所: linked to employer accounts by staff; without a member it has no page (app/src/establishments).
CREATE TABLE establishments (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    linked_at BIGINT NOT NULL
);
CREATE TABLE establishment_members (
    establishment_id TEXT NOT NULL REFERENCES establishments (id) ON DELETE CASCADE,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    PRIMARY KEY (establishment_id, account_id)
);
CREATE INDEX establishment_members_by_account ON establishment_members (account_id);
CREATE TABLE establishment_postings (
    posting_number TEXT NOT NULL PRIMARY KEY,
    establishment_id TEXT NOT NULL REFERENCES establishments (id) ON DELETE CASCADE
);
CREATE INDEX establishment_postings_of ON establishment_postings (establishment_id);

-- What staff recommend to a seeker (app/src/recommendations).
CREATE TABLE recommendations (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    posting_number TEXT NOT NULL,
    title TEXT NOT NULL,
    judgement TEXT NOT NULL,         -- fits, fits-partly, ask-first
    sealed_comment TEXT NOT NULL,
    reply_by TEXT NOT NULL,
    office TEXT NOT NULL,            -- the five digits that letter numbers begin with
    recommended_by TEXT NOT NULL,
    recommended_at BIGINT NOT NULL,
    answer TEXT NOT NULL,            -- '', accepted, declined
    sealed_reason TEXT NOT NULL,
    answered_at BIGINT
);
CREATE INDEX recommendations_of ON recommendations (account_id, recommended_at);

CREATE TABLE letter_numbers (
    series TEXT NOT NULL PRIMARY KEY, -- office and year: 13010-2026
    latest BIGINT NOT NULL
);

CREATE TABLE applications (
    id TEXT NOT NULL PRIMARY KEY,
    route TEXT NOT NULL,             -- self, referral, counter, request
    account_id TEXT REFERENCES accounts (id) ON DELETE SET NULL, -- null: its seeker is gone, the employer keeps it
    posting_number TEXT NOT NULL,
    establishment_id TEXT REFERENCES establishments (id),        -- null: the employer has no page
    title TEXT NOT NULL,
    company TEXT NOT NULL,           -- '' where the seeker did not see it
    is_reserved BIGINT NOT NULL,
    promise TEXT NOT NULL,           -- when the sheet promises an answer, in its words
    reply_by TEXT,                   -- and the day that follows from it
    letter_number TEXT UNIQUE,
    caution_version TEXT NOT NULL,   -- of the text that was read and ticked; '' for referrals
    sent_at BIGINT NOT NULL,
    opened_at BIGINT,
    state TEXT NOT NULL,             -- sent, withdrawn, hired, not-hired
    ended_at BIGINT
);
-- One open application of a seeker for a posting.
CREATE UNIQUE INDEX applications_open ON applications (account_id, posting_number) WHERE state = 'sent';
CREATE INDEX applications_of ON applications (account_id, sent_at);
CREATE INDEX applications_to ON applications (establishment_id, sent_at);
CREATE INDEX applications_for ON applications (posting_number);

CREATE TABLE application_texts (
    application_id TEXT NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    field TEXT NOT NULL,             -- motivation, remarks, person, difference
    sealed TEXT NOT NULL,
    PRIMARY KEY (application_id, field)
);

CREATE TABLE application_events (
    application_id TEXT NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    place BIGINT NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,              -- sent, opened, interview, message, hired, not-hired, withdrawn
    by_role TEXT NOT NULL,
    sealed_words TEXT NOT NULL,
    PRIMARY KEY (application_id, place)
);

-- Who looked at what an application to a reserved posting says, other than its owner.
CREATE TABLE application_reads (
    application_id TEXT NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    read_at BIGINT NOT NULL,
    reader_id TEXT NOT NULL,
    reader_role TEXT NOT NULL
);
CREATE INDEX application_reads_of ON application_reads (application_id, read_at);

CREATE TABLE application_drafts (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    posting_number TEXT NOT NULL,
    sealed_motivation TEXT NOT NULL,
    sealed_remarks TEXT NOT NULL,
    stated BIGINT NOT NULL,
    understood BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, posting_number)
);

-- Files that somebody adds; their bytes stand beside the database (app/src/documents), under `address`.
CREATE TABLE documents (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT REFERENCES accounts (id) ON DELETE SET NULL,
    posting_number TEXT,             -- of the draft that it belongs to
    application_id TEXT REFERENCES applications (id) ON DELETE CASCADE,
    message_id TEXT,                 -- of the message that it came with
    sealed_name TEXT NOT NULL,
    kind TEXT NOT NULL,              -- pdf, jpeg, png
    size BIGINT NOT NULL,
    address TEXT NOT NULL,
    added_at BIGINT NOT NULL
);
CREATE INDEX documents_of_draft ON documents (account_id, posting_number);
CREATE INDEX documents_of_application ON documents (application_id);
CREATE INDEX documents_by_address ON documents (address);

CREATE TABLE messages (
    id TEXT NOT NULL PRIMARY KEY,
    application_id TEXT NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    by_role TEXT NOT NULL,           -- seeker, employer
    sealed_body TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    read_at BIGINT                   -- by the other side
);
CREATE INDEX messages_of ON messages (application_id, sent_at);
CREATE TABLE message_blocks (
    application_id TEXT NOT NULL PRIMARY KEY REFERENCES applications (id) ON DELETE CASCADE,
    blocked_at BIGINT NOT NULL
);

-- What seekers report: a posting that differs from reality, a message.
CREATE TABLE reports (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT REFERENCES accounts (id) ON DELETE SET NULL,
    kind TEXT NOT NULL,              -- posting, message
    about TEXT NOT NULL,             -- the posting's or the application's name
    sealed_words TEXT NOT NULL,
    reported_at BIGINT NOT NULL,
    dealt_with_at BIGINT,
    sealed_answer TEXT NOT NULL
);
CREATE INDEX reports_open ON reports (dealt_with_at, reported_at);

-- What staff and employers did (app/src/audit): ids only, no texts.
CREATE TABLE audit_log (
    at BIGINT NOT NULL,
    id TEXT NOT NULL PRIMARY KEY,
    actor_id TEXT NOT NULL,
    actor_role TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL
);
CREATE INDEX audit_log_by_time ON audit_log (at);

-- 直接リクエスト (app/src/requests): an employer asks somebody who publishes their wishes to apply.
CREATE TABLE direct_requests (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    establishment_id TEXT NOT NULL REFERENCES establishments (id) ON DELETE CASCADE,
    posting_number TEXT NOT NULL,
    title TEXT NOT NULL,
    company TEXT NOT NULL,
    sealed_words TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    answer TEXT NOT NULL,            -- '', applied, declined
    answered_at BIGINT
);
-- One for a seeker and a posting.
CREATE UNIQUE INDEX direct_requests_once ON direct_requests (posting_number, account_id);
CREATE INDEX direct_requests_of ON direct_requests (account_id, sent_at);
-- How many a posting has sent: no more than ten.
CREATE TABLE direct_request_counts (
    posting_number TEXT NOT NULL PRIMARY KEY,
    sent BIGINT NOT NULL
);
-- Who wants none.
CREATE TABLE direct_request_stops (
    account_id TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    stopped_at BIGINT NOT NULL
);
-- Which employer looked at a published profile. Its owner can see it.
CREATE TABLE profile_views (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    establishment_id TEXT NOT NULL REFERENCES establishments (id) ON DELETE CASCADE,
    viewed_at BIGINT NOT NULL
);
CREATE INDEX profile_views_of ON profile_views (account_id, viewed_at);

-- Notices are of a kind, and mails of a kind can be switched off by their reader.
ALTER TABLE notices ADD COLUMN kind TEXT NOT NULL DEFAULT 'general';  -- recommended, seminar, application, general
CREATE TABLE notice_switches (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    mail BIGINT NOT NULL,
    PRIMARY KEY (account_id, kind)
);

CREATE TABLE seminars (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    about TEXT NOT NULL,
    place TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    capacity BIGINT NOT NULL,
    taken BIGINT NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE TABLE seminar_seats (
    seminar_id TEXT NOT NULL REFERENCES seminars (id) ON DELETE CASCADE,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    taken_at BIGINT NOT NULL,
    PRIMARY KEY (seminar_id, account_id)
);
CREATE INDEX seminar_seats_of ON seminar_seats (account_id);

-- 求人 written at the employer's desk and checked by staff (app/src/postings/desk). What is published stands in `postings`, with the origin of the desk.
CREATE TABLE desk_postings (
    id TEXT NOT NULL PRIMARY KEY,
    establishment_id TEXT NOT NULL REFERENCES establishments (id) ON DELETE CASCADE,
    number TEXT UNIQUE,              -- once it was published
    state TEXT NOT NULL,             -- draft, submitted, returned, published, stopped
    form TEXT NOT NULL,              -- JSON of what was typed: names and values
    revision BIGINT NOT NULL,
    saved_at BIGINT NOT NULL
);
CREATE INDEX desk_postings_of ON desk_postings (establishment_id, saved_at);
CREATE INDEX desk_postings_by_state ON desk_postings (state, saved_at);
CREATE TABLE desk_posting_edits (
    posting_id TEXT NOT NULL REFERENCES desk_postings (id) ON DELETE CASCADE,
    place BIGINT NOT NULL,
    at BIGINT NOT NULL,
    by_role TEXT NOT NULL,
    action TEXT NOT NULL,            -- submitted, returned, published, stopped
    words TEXT NOT NULL,             -- what staff said
    form TEXT NOT NULL,              -- as it was then
    PRIMARY KEY (posting_id, place)
);
