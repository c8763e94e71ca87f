-- enum-shared-one-user-leaves

ALTER TABLE task ALTER COLUMN state TYPE text;
