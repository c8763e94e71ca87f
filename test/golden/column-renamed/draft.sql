-- column-renamed

-- hostname is now called host: answered; 2 of 2 rows keep their value.
ALTER TABLE domain RENAME hostname TO host;
