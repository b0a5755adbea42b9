-- Accounts, who is signed in, mailboxes being proved, and mails on their way. Secrets (session tokens, codes, passwords) are kept
-- as hashes only. Instants are BIGINT milliseconds since 1970, yes and no BIGINT 1 and 0.

CREATE TABLE accounts (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,             -- as mails are addressed
    email_key TEXT NOT NULL,         -- in lower case: one account an address
    role TEXT NOT NULL,              -- seeker, employer, staff
    password_hash TEXT NOT NULL,     -- argon2id, PHC string
    pupil TEXT NOT NULL,             -- no, excepted (evening or correspondence course)
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX accounts_by_email ON accounts (email_key);

-- Which version of which document somebody agreed to, and when.
CREATE TABLE consents (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    document TEXT NOT NULL,          -- terms, privacy
    version TEXT NOT NULL,
    agreed_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, document, version)
);

CREATE TABLE sessions (
    token_hash TEXT NOT NULL PRIMARY KEY,
    id TEXT NOT NULL,                -- how the list of devices names it
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    device TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL       -- at the latest
);
CREATE UNIQUE INDEX sessions_by_id ON sessions (id);
CREATE INDEX sessions_by_account ON sessions (account_id);

-- Browsers that may sign in without a code from the mailbox.
CREATE TABLE trusted_devices (
    token_hash TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (token_hash, account_id)
);

CREATE TABLE recovery_codes (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    code_hash TEXT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (account_id, code_hash)
);

-- Somebody shows with a code that they read a mailbox. `token` names it in addresses, `browser` is the one it was begun in.
CREATE TABLE mailbox_proofs (
    token_hash TEXT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL,
    email TEXT NOT NULL,
    account_id TEXT REFERENCES accounts (id) ON DELETE CASCADE,
    browser_hash TEXT NOT NULL,
    code_hash TEXT NOT NULL,         -- of the newest code; of none, where no code can be right
    detail TEXT NOT NULL,            -- what was said at the beginning and counts at the end, as JSON
    mail_id TEXT NOT NULL,           -- the newest
    created_at BIGINT NOT NULL,
    sent_at BIGINT NOT NULL,         -- the newest code
    sends BIGINT NOT NULL,
    tries BIGINT NOT NULL,           -- of the newest code
    last_wrong TEXT NOT NULL,        -- hash: the same wrong code again is no further try
    proved_at BIGINT,
    done_at BIGINT
);
CREATE INDEX mailbox_proofs_by_age ON mailbox_proofs (created_at);

-- Invitations of employers by staff, and of staff by the operator.
CREATE TABLE invitations (
    token_hash TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    role TEXT NOT NULL,
    invited_by TEXT REFERENCES accounts (id) ON DELETE SET NULL,
    created_at BIGINT NOT NULL,
    accepted_at BIGINT
);

-- How often something was tried lately.
CREATE TABLE attempts (
    bucket TEXT NOT NULL PRIMARY KEY,
    since BIGINT NOT NULL,
    count BIGINT NOT NULL
);
CREATE INDEX attempts_by_age ON attempts (since);

-- What a form that was sent was answered, so that sending it again gets the same answer and has no second effect.
CREATE TABLE form_answers (
    key_hash TEXT NOT NULL PRIMARY KEY,
    answer TEXT NOT NULL,
    answered_at BIGINT NOT NULL
);
CREATE INDEX form_answers_by_age ON form_answers (answered_at);

-- Mails that wait, and for a while those that were sent, without their content.
CREATE TABLE mails (
    id TEXT NOT NULL PRIMARY KEY,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,      -- of no use afterwards
    next_try_at BIGINT,              -- null once it is sent or given up
    tries BIGINT NOT NULL,
    sent_at BIGINT,
    last_error TEXT
);
CREATE INDEX mails_by_next_try ON mails (next_try_at);
