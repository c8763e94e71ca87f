INSERT INTO lead (email, mood) VALUES ('a@example.org', 'calm'), ('b@example.org', NULL);
UPDATE lead SET referred_by = 1 WHERE id = 2;
INSERT INTO call (lead_id) VALUES (1), (2), (2);
CREATE VIEW lead_mail AS SELECT lead.id, lead.email FROM lead JOIN call ON call.lead_id = lead.id;
CREATE POLICY own_leads ON lead USING (lead.email <> '' AND EXISTS (SELECT FROM call WHERE call.lead_id = lead.id));
