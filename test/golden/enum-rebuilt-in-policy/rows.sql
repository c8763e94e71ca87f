INSERT INTO job (status) VALUES ('NEW');
ALTER TABLE job ENABLE ROW LEVEL SECURITY;
CREATE POLICY only_new ON job AS RESTRICTIVE FOR UPDATE TO golden_reader USING (status = 'NEW') WITH CHECK (status IN ('NEW', 'DONE'));
COMMENT ON POLICY only_new ON job IS 'Others are closed';
