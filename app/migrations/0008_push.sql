-- Web push: browsers that are told that there is a notice, and what is to be told to them (app/src/push).

ALTER TABLE notice_switches ADD COLUMN push BIGINT NOT NULL DEFAULT 1;

CREATE TABLE push_subscriptions (
    id TEXT NOT NULL PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE, -- who signs out is not told any more
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    endpoint TEXT NOT NULL UNIQUE,
    browser_key TEXT NOT NULL,
    browser_secret TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    is_ended BIGINT NOT NULL             -- from another browser: this one does not know yet
);
CREATE INDEX push_subscriptions_of ON push_subscriptions (account_id);
CREATE INDEX push_subscriptions_by_session ON push_subscriptions (session_id);

CREATE TABLE push_messages (
    id TEXT NOT NULL PRIMARY KEY,
    subscription_id TEXT NOT NULL REFERENCES push_subscriptions (id) ON DELETE CASCADE,
    words TEXT NOT NULL,
    path TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    next_try_at BIGINT NOT NULL,
    tries BIGINT NOT NULL
);
CREATE INDEX push_messages_due ON push_messages (next_try_at);
CREATE INDEX push_messages_of ON push_messages (subscription_id);
