-- Behind 20240102000000_draft.sql, which is committed before.
update place set mood = 'loud' where name = 'Harbour';
