alter table place drop column town, add column opened_at timestamptz;
