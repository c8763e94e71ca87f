alter table place alter column code type text, alter column rating type text using rating::text;
