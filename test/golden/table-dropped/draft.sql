-- table-dropped

DROP INDEX ix_task_title;

-- No model declares task, so it is dropped with its 1 row: answered.
DROP TABLE task;
