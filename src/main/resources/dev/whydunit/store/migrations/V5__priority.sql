-- Of what is due, the most critical first.
create index scheduled_tasks_priority on scheduled_tasks (priority desc, execution_time);
