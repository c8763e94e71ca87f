-- table-dropped

DROP INDEX ix_task_title;

DROP TABLE task;
