-- What an employer says of their establishment to those who applied there (app/src/establishments).
ALTER TABLE establishments ADD COLUMN person TEXT NOT NULL DEFAULT '';
ALTER TABLE establishments ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE establishments ADD COLUMN about TEXT NOT NULL DEFAULT '';
ALTER TABLE establishments ADD COLUMN revision BIGINT NOT NULL DEFAULT 0; -- one more with every change: two who change it at once notice
