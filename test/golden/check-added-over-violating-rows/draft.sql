-- check-added-over-violating-rows

-- REVIEW: this fails while rows (3) violate it: (0), (-3).
ALTER TABLE job ADD CONSTRAINT job_amount_positive CHECK (amount > 0);
