-- Which attempt to continue a file stores its pieces; one that another overtook stores no more.

ALTER TABLE files ADD COLUMN attempt {{int}} NOT NULL DEFAULT 0;
