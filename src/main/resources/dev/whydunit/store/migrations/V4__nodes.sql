-- Who uses a source now, over all nodes: a lease that its node renews, and that ends with it. Times are milliseconds of the database's clock.
create table source_permit (
  source text not null,
  slot integer not null,
  node text not null,
  permit bigint not null,
  expires_at bigint not null,
  primary key (source, slot));
create index source_permit_node on source_permit (node);

-- The last time that each schedule was due and was heeded, so that no time is heeded twice.
create table schedule_run (
  name text primary key,
  due bigint not null,
  at text not null,
  investigation text not null);

-- What the last runs of a runbook took is read newest first; what a node that was thought dead still saw, by investigation.
create index step_duration_newest on step_duration (runbook, at);
drop index step_duration_step;
create index late_event_investigation on late_event (investigation);
