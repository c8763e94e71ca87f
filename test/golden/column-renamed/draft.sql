-- column-renamed

ALTER TABLE domain RENAME hostname TO host;
