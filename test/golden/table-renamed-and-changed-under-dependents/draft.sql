-- table-renamed-and-changed-under-dependents

-- lead is now called prospect: answered; it keeps its 1 row.
ALTER TABLE lead RENAME TO prospect;

ALTER SEQUENCE lead_id_seq RENAME TO prospect_id_seq;

DROP VIEW lead_names;
DROP POLICY named ON prospect;
DROP TRIGGER note_lead ON prospect;

ALTER TABLE prospect ALTER COLUMN name TYPE text;

CREATE POLICY named ON public.prospect FOR ALL TO PUBLIC USING (((name)::text <> ''::text));
CREATE TRIGGER note_lead AFTER UPDATE OF name ON public.prospect FOR EACH ROW EXECUTE FUNCTION note_lead();
CREATE VIEW public.lead_names AS SELECT name
   FROM prospect;
