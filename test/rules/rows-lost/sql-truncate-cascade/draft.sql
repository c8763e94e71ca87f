truncate table town restart identity cascade;
