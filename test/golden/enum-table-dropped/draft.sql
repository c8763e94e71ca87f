-- enum-table-dropped

DROP INDEX ix_task_state;

DROP TABLE task;

DROP TYPE task_state;
