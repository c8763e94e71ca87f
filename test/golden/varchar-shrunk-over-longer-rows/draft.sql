-- varchar-shrunk-over-longer-rows

-- REVIEW: this fails (22001), and loses nothing, while 2 rows hold more than character
-- varying(10) has room for: 'as long as this', 'much longer than ten'.
ALTER TABLE job ALTER COLUMN name TYPE character varying(10);
