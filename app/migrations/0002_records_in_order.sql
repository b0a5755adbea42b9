-- Records stand under the revision that wrote them instead of their posting's number: they are then written one behind the
-- other, and an import does not touch a page of a second index for every posting.
CREATE TABLE records (
    id BIGINT NOT NULL PRIMARY KEY, -- the revision that wrote it
    record BYTEA NOT NULL           -- every item as read, compressed
);
ALTER TABLE postings ADD COLUMN record_id BIGINT NOT NULL DEFAULT 0;
INSERT INTO records (id, record)
    SELECT p.revision, r.record FROM postings p JOIN posting_records r ON r.number = p.number ORDER BY p.revision;
UPDATE postings SET record_id = revision;
DROP TABLE posting_records;
