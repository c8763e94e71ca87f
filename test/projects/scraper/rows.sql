-- Rows for the schema at revision e6b81c94507a (the head): what a few months of use left behind, the odd ones included.
-- Every one of them has to keep its values when the tables are brought in line with the models.

BEGIN;

INSERT INTO batch_job (id, batch_id, processor_type, status, total_domains, completed_domains, failed_domains, bytes_fetched, options, metadata, error, started_at, created_at, updated_at) VALUES
  ('b0000000-0000-4000-8000-000000000001', 'batch-2024-08-01', 'domain', 'COMPLETED', 3, 3, 0, 734003200, '{"depth": 2, "render": false}', '{"requested_by": "Zoë", "budget": 12.50}', NULL, '2024-08-01 06:00:00.000001+00', '2024-08-01 05:59:58.123456+00', '2024-08-01 06:41:10.5+00'),
  ('b0000000-0000-4000-8000-000000000002', 'batch-2024-08-02', 'domain', 'FAILED', 2, 0, 2, 0, '{}', NULL, 'Couldn''t resolve "example.invalid": NXDOMAIN', '2024-08-02 06:00:00+00', '2024-08-02 05:59:58.999999+00', '2024-08-02 06:00:03+00'),
  ('b0000000-0000-4000-8000-000000000003', 'batch-2024-09-15', 'sitemap', 'RUNNING', 12, 7, 1, 9007199254740993, '{"user_agent": "Mozilla/5.0 (compatible; LeadBot/1.4; +https://leads.example/bot)"}', '{"tags": ["müller", "日本"], "nested": {"a": [1, 2, null]}}', NULL, '2024-09-15 22:15:00+02', '2024-09-15 22:14:59+02', '2024-09-15 22:31:00.250+02'),
  ('b0000000-0000-4000-8000-000000000004', 'batch-2024-09-16', 'sitemap', 'PENDING', 0, 0, 0, NULL, '{}', '{}', NULL, NULL, '2024-09-16 00:00:00+00', '2024-09-16 00:00:00+00'),
  -- Written by the first version of the scheduler, which spelt it like the jobs do.
  ('b0000000-0000-4000-8000-000000000005', 'batch-2024-03-12', 'place', 'COMPLETE', 1, 1, 0, 52428800, '{"city": "Zürich"}', NULL, '', '2024-03-12 10:00:00+00', '2024-03-12 09:59:59+00', '2024-03-12 10:02:00+00');

INSERT INTO place (place_id, name, vicinity, business_type, latitude, longitude, rating, reviews_count, status, source, raw_data, search_time) VALUES
  ('ChIJN1t_tDeuEmsRUsoyG83frY4', 'Café Zoë — Zürich', 'Bahnhofstrasse 1, 8001 Zürich', 'cafe', 47.376887, 8.541694, 4.70, 812, 'SELECTED', 'google_maps', '{"types": ["cafe", "food"], "price_level": 2}', '2024-03-12 10:00:01.000001+00'),
  ('ChIJrTLr-GyuEmsRBfy61i59si0', 'O''Malley''s Plumbing & Heating', '12 Quay Street, Galway', 'plumber', 53.270668, -9.056791, 3.90, 41, 'SELECTED', 'google_maps', '{"opening_hours": {"open_now": true}}', '2024-03-12 10:00:02.5+00'),
  ('ChIJ2eUgeAK6j4ARbn5u_wAGqWA', '株式会社 山田工務店', '東京都千代田区丸の内1-1', 'general_contractor', 35.681236, 139.767125, 5.00, 3, 'NEW', 'google_maps', NULL, '2024-03-12 10:00:03+00'),
  ('ChIJj61dQgK6j4AR4GeTYWZsKWw', 'Zum Löwen', 'Marktplatz 4, Tübingen', 'restaurant', 48.520183, 9.053596, 0.00, 0, 'MAYBE', 'google_maps', '{}', '2024-03-13 08:10:00+01'),
  ('ChIJVTPokywQkFQRmtVEaUZlJRA', 'Harbor Dental', NULL, 'dentist', 47.606209, -122.332069, NULL, NULL, 'NOT_A_FIT', 'yelp', NULL, '2024-05-01 00:00:00+00'),
  -- Imported by hand from a spreadsheet: nobody noted where it came from, and the status is spelt as it was there.
  ('manual:0001', 'Tischlerei "Holz & Form"', 'Am Alten Hafen 3', NULL, NULL, NULL, NULL, NULL, 'selected', NULL, NULL, '2024-05-02 12:34:56.789012+00'),
  ('manual:0002', 'Two  Spaces	And A Tab', '', NULL, 0.000000, 0.000000, NULL, 0, 'NEW', NULL, '[]', '2024-05-02 12:34:57+00'),
  ('ChIJ_archived', 'Closed & Gone', 'nowhere', 'bakery', -33.868820, 151.209290, 1.10, 2147483647, 'ARCHIVED', 'google_maps', '{"permanently_closed": true}', '2024-06-30 23:59:59.999999+00');

INSERT INTO local_business (id, place_id, business_name, full_address, phone, website_url, rating, reviews_count, status, domain_extraction_status, domain_extraction_error, types, additional_json, created_at, updated_at) VALUES
  ('10000000-0000-4000-8000-000000000001', 'ChIJN1t_tDeuEmsRUsoyG83frY4', 'Café Zoë — Zürich', 'Bahnhofstrasse 1, 8001 Zürich, Schweiz', '+41 44 123 45 67', 'https://cafe-zoë.example/', 4.70, 812, 'SELECTED', 'COMPLETED', NULL, ARRAY['cafe', 'food', 'point_of_interest'], '{"vegan": true, "seats": 40}', '2024-04-03 09:00:00+00', '2024-04-03 09:05:00+00'),
  ('10000000-0000-4000-8000-000000000002', 'ChIJrTLr-GyuEmsRBfy61i59si0', 'O''Malley''s Plumbing & Heating', '12 Quay Street, Galway, Ireland', '+353 91 555 0100', 'http://omalleys.example', 3.90, 41, 'SELECTED', 'QUEUED', NULL, ARRAY['plumber'], '{}', '2024-04-03 09:00:01+00', '2024-04-03 09:00:01+00'),
  ('10000000-0000-4000-8000-000000000003', 'ChIJ2eUgeAK6j4ARbn5u_wAGqWA', '株式会社 山田工務店', NULL, NULL, NULL, 5.00, 3, 'NEW', NULL, NULL, '{}', '{"名前": "山田"}', '2024-04-03 09:00:02.000002+00', '2024-04-03 09:00:02.000002+00'),
  ('10000000-0000-4000-8000-000000000004', NULL, 'Imported: {braces}, "quotes", and a \ backslash', 'a, b', '', NULL, NULL, NULL, 'MAYBE', 'ERROR', 'Timeout after 30 s — “gave up”', ARRAY['a,b', 'c"d', NULL, '{e}', ''], '{"path": "C:\\leads\\in.csv"}', '2024-04-04 00:00:00+00', '2024-04-05 00:00:00+00'),
  -- The importer of April passed None explicitly, so the column's default never applied.
  ('10000000-0000-4000-8000-000000000005', NULL, 'No Status Ltd', NULL, NULL, 'https://no-status.example', 2.50, 7, NULL, NULL, NULL, NULL, '{}', '2024-04-05 07:30:00+00', '2024-04-05 07:30:00+00'),
  ('10000000-0000-4000-8000-000000000006', 'ChIJ_archived', 'Closed & Gone', NULL, NULL, NULL, 1.10, 12, 'ARCHIVED', 'PROCESSING', NULL, ARRAY['bakery', 'store'], '{}', '2024-07-01 00:00:00+00', '2024-07-01 00:00:00+00');

INSERT INTO domain (id, domain, local_business_ref, batch_id, title, description, is_wordpress, lead_score, tech_stack, meta_json, last_scan, sitemap_curation_status, sitemap_error, created_at, updated_at) VALUES
  ('d0000000-0000-4000-8000-000000000001', 'xn--caf-zo-gva6b.example', '10000000-0000-4000-8000-000000000001', 'batch-2024-08-01', 'Café Zoë', 'Kaffee & Kuchen seit 1987', true, 87.50, ARRAY['wordpress', 'php', 'nginx'], '{"og": {"title": "Café Zoë"}}', '2024-08-01 06:10:11.121314+00', 'COMPLETE', NULL, '2024-04-03 09:05:00+00', '2024-08-01 06:10:12+00'),
  ('d0000000-0000-4000-8000-000000000002', 'omalleys.example', '10000000-0000-4000-8000-000000000002', 'batch-2024-08-01', 'O''Malley''s', NULL, false, 12.00, '{}', NULL, '2024-08-01 06:11:00+00', 'QUEUED', NULL, '2024-04-03 09:06:00+00', '2024-08-01 06:11:01+00'),
  ('d0000000-0000-4000-8000-000000000003', 'example.invalid', NULL, 'batch-2024-08-02', NULL, NULL, false, NULL, NULL, NULL, NULL, 'ERROR', 'NXDOMAIN', '2024-08-02 05:00:00+00', '2024-08-02 06:00:02+00'),
  ('d0000000-0000-4000-8000-000000000004', 'no-status.example', '10000000-0000-4000-8000-000000000005', NULL, 'Hello, world', '', false, -3.25, ARRAY['next.js', 'vercel'], '{"score": 0.10, "big": 9007199254740993}', '2024-08-03 00:00:00+00', NULL, NULL, '2024-04-05 07:31:00+00', '2024-08-03 00:00:00+00'),
  ('d0000000-0000-4000-8000-000000000005', 'processing.example', NULL, 'batch-2024-09-15', NULL, NULL, true, 9999.99, ARRAY['drupal'], '[]', '2024-09-15 20:15:00+00', 'PROCESSING', NULL, '2024-09-15 20:00:00+00', '2024-09-15 20:15:00+00'),
  ('d0000000-0000-4000-8000-000000000006', 'fresh.example', NULL, NULL, NULL, NULL, false, NULL, NULL, NULL, NULL, 'NEW', NULL, '2024-10-01 12:00:00+00', '2024-10-01 12:00:00+00');

INSERT INTO job (id, job_type, status, progress, batch_id, domain_id, bytes_fetched, result_data, error, created_at, updated_at) VALUES
  (1, 'places_search', 'COMPLETE', 1, 'batch-2024-03-12', NULL, 52428800, '{"places": 3}', NULL, '2024-03-12 09:59:59+00', '2024-03-12 10:02:00+00'),
  (2, 'domain_scan', 'COMPLETE', 1.0000, 'batch-2024-08-01', 'd0000000-0000-4000-8000-000000000001', 734003200, '{"pages": 214, "emails": ["hallo@cafe-zoe.example"]}', NULL, '2024-08-01 05:59:59+00', '2024-08-01 06:41:09+00'),
  (3, 'domain_scan', 'FAILED', 0.0125, 'batch-2024-08-02', 'd0000000-0000-4000-8000-000000000003', 0, NULL, 'getaddrinfo: Name or service not known', '2024-08-02 05:59:59+00', '2024-08-02 06:00:02+00'),
  (4, 'sitemap_import', 'RUNNING', 0.6667, 'batch-2024-09-15', NULL, 9007199254740993, '{"done": [1, 2, 3]}', NULL, '2024-09-15 20:15:00+00', '2024-09-15 20:31:00+00'),
  (5, 'domain_scan', 'QUEUED', 0, NULL, 'd0000000-0000-4000-8000-000000000002', NULL, NULL, NULL, '2024-09-16 00:00:00+00', '2024-09-16 00:00:00+00'),
  (42, 'domain_scan', 'CANCELLED', 0.5, NULL, 'd0000000-0000-4000-8000-000000000004', 1024, NULL, 'Stopped by "Zoë"', '2024-09-17 00:00:00+00', '2024-09-17 01:00:00+00');
-- The nightly import inserts without a status and gets the column's default.
INSERT INTO job (id, job_type, created_at, updated_at) VALUES
  (43, 'sitemap_import', '2024-09-18 02:00:00+00', '2024-09-18 02:00:00+00'),
  (44, 'sitemap_import', '2024-09-19 02:00:00+00', '2024-09-19 02:00:00+00');
SELECT setval('job_id_seq', 44);

INSERT INTO sitemap (id, domain_id, batch_id, url, sitemap_type, discovery_method, url_count, size_bytes, response_time, tags, last_modified, notes, created_at, deep_scrape_curation_status) VALUES
  ('50000000-0000-4000-8000-000000000001', 'd0000000-0000-4000-8000-000000000001', 'batch-2024-08-01', 'https://xn--caf-zo-gva6b.example/sitemap.xml', 'INDEX', 'robots_txt', 4, 2048, 0.1234567890123, ARRAY['root'], '2024-07-31 22:00:00+00', NULL, '2024-08-01 06:12:00+00', 'COMPLETE'),
  ('50000000-0000-4000-8000-000000000002', 'd0000000-0000-4000-8000-000000000001', 'batch-2024-08-01', 'https://xn--caf-zo-gva6b.example/sitemap-posts.xml?lang=de&page=1', 'STANDARD', 'sitemap_index', 50000, 52428800, 1e-9, ARRAY['posts', 'größer'], NULL, 'Nur die Stellenanzeigen – Rest überspringen', '2024-08-01 06:12:01.000001+00', 'QUEUED'),
  ('50000000-0000-4000-8000-000000000003', 'd0000000-0000-4000-8000-000000000002', NULL, 'http://omalleys.example/sitemap.xml.gz', 'STANDARD', 'common_path', 0, 9223372036854775807, 0, '{}', NULL, 'can''t be unzipped', '2024-08-01 06:13:00+00', 'ERROR'),
  -- Set by hand in the console.
  ('50000000-0000-4000-8000-000000000004', 'd0000000-0000-4000-8000-000000000002', NULL, 'http://omalleys.example/sitemap-images.xml', 'IMAGE', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2024-08-01 06:13:01+00', 'queued'),
  ('50000000-0000-4000-8000-000000000005', 'd0000000-0000-4000-8000-000000000005', 'batch-2024-09-15', 'https://processing.example/sitemap.xml', 'STANDARD', 'robots_txt', 12, 4096, 2.5, ARRAY[NULL, 'x']::text[], 'infinity', NULL, '2024-09-15 20:16:00+00', 'PROCESSING'),
  ('50000000-0000-4000-8000-000000000006', 'd0000000-0000-4000-8000-000000000004', NULL, 'https://no-status.example/sitemap.xml', 'STANDARD', NULL, 1, 1, 0.5, NULL, NULL, '', '2024-08-03 00:00:01+00', 'NEW'),
  ('50000000-0000-4000-8000-000000000007', 'd0000000-0000-4000-8000-000000000004', NULL, 'https://no-status.example/news.xml', 'NEWS', NULL, 1, 1, 0.5, NULL, NULL, NULL, '2024-08-03 00:00:02+00', 'SKIPPED');

INSERT INTO contact (id, domain_id, source_job_id, page_url, name, email, email_type, phone_number, has_gmail, social, created_at, updated_at, contact_curation_status) VALUES
  ('c0000000-0000-4000-8000-000000000001', 'd0000000-0000-4000-8000-000000000001', 2, 'https://xn--caf-zo-gva6b.example/kontakt', 'Zoë Müller', 'zoe.mueller@cafe-zoe.example', 'corporate', '+41 44 123 45 67', false, '{"instagram": "@café.zoë"}', '2024-08-01 06:20:00.654321+00', '2024-08-01 06:20:00.654321+00', 'QUEUED'),
  ('c0000000-0000-4000-8000-000000000002', 'd0000000-0000-4000-8000-000000000001', 2, 'https://xn--caf-zo-gva6b.example/impressum', NULL, 'hallo@cafe-zoe.example', 'service', NULL, false, NULL, '2024-08-01 06:20:01+00', '2024-08-01 06:20:01+00', 'COMPLETE'),
  ('c0000000-0000-4000-8000-000000000003', 'd0000000-0000-4000-8000-000000000002', NULL, 'http://omalleys.example/', 'Seán O''Malley', 'Sean.OMalley@Gmail.com', 'free', '(091) 555-0100', true, '{"linkedin": null}', '2024-08-01 06:21:00+00', '2024-08-01 06:21:00+00', 'NEW'),
  ('c0000000-0000-4000-8000-000000000004', 'd0000000-0000-4000-8000-000000000004', 42, NULL, '"Quoted" <Name>', 'info+leads@no-status.example', 'unknown', NULL, false, '{}', '2024-08-03 00:10:00+00', '2024-08-03 00:10:00+00', 'SKIPPED'),
  -- The spreadsheet import had its own spelling, and empty cells.
  ('c0000000-0000-4000-8000-000000000005', 'd0000000-0000-4000-8000-000000000004', NULL, NULL, 'Ünal, Ayşe', 'ayse@no-status.example', 'Corporate', '', false, NULL, '2024-08-03 00:11:00+00', '2024-08-03 00:11:00+00', 'NEW'),
  ('c0000000-0000-4000-8000-000000000006', 'd0000000-0000-4000-8000-000000000004', NULL, NULL, '', 'kontakt@no-status.example', '', NULL, false, NULL, '2024-08-03 00:12:00+00', '2024-08-03 00:12:00+00', 'ERROR'),
  ('c0000000-0000-4000-8000-000000000007', 'd0000000-0000-4000-8000-000000000005', 4, NULL, 'No Type', 'x@processing.example', NULL, NULL, false, '{"x": "https://x.example/\"quoted\""}', '2024-09-15 20:40:00+00', '2024-09-15 20:40:00+00', 'PROCESSING');

COMMIT;
