-- Passkeys, and ceremonies in which one is made or used. The key and the ceremony's state are JSON of the library; secrets are none of them.
CREATE TABLE passkeys (
    credential_id TEXT NOT NULL PRIMARY KEY,   -- base64url
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    device TEXT NOT NULL,                      -- where it was made
    passkey TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX passkeys_by_account ON passkeys (account_id);

CREATE TABLE passkey_ceremonies (
    token_hash TEXT NOT NULL PRIMARY KEY,
    account_id TEXT REFERENCES accounts (id) ON DELETE CASCADE,  -- whose passkey is made; null where one is used
    browser_hash TEXT NOT NULL,
    options TEXT NOT NULL,
    state TEXT NOT NULL,
    next TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    done_at BIGINT
);
CREATE INDEX passkey_ceremonies_by_age ON passkey_ceremonies (created_at);
