-- view-on-renamed-column

-- status is now called state: answered; 2 of 2 rows keep their value.
ALTER TABLE job RENAME status TO state;
