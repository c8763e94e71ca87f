-- enum-array-value-added

ALTER TYPE mood ADD VALUE 'ODD' AFTER 'GOOD';
