-- Behind 20240102000000_draft.sql, which is committed before.
update place set region = 'north';
