-- timestamp-to-date

-- REVIEW: 1 of 2 rows loses a part of its value: '2026-01-02 03:04:05' becomes
-- '2026-01-02'.
ALTER TABLE job ALTER COLUMN due TYPE date;
-- REVIEW: 1 of 2 rows is rounded: '2026-01-02 03:04:05.678' becomes '2026-01-02
-- 03:04:06'.
ALTER TABLE job ALTER COLUMN made TYPE timestamp(0) without time zone;
