ALTER TYPE mood ADD VALUE IF NOT EXISTS 'loud' AFTER 'busy';
ALTER TABLE place ADD COLUMN quiet_hours text;
