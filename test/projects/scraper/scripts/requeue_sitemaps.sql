-- Run by hand when the scheduler died: everything that was being processed goes back into the queue.
UPDATE sitemap
SET deep_scrape_curation_status = 'QUEUED'
WHERE deep_scrape_curation_status = 'PROCESSING' AND created_at < now() - interval '1 hour';
