create table investigation (
  id text primary key,
  runbook text not null,
  environment text not null,
  started_at text not null,
  ended_at text,
  status text,
  path text not null default '',
  probability double precision not null default 0);
create index investigation_started on investigation (started_at);

create table event (
  investigation text not null references investigation (id),
  seq integer not null,
  type text not null,
  at text not null,
  body text not null,
  hash text not null,
  primary key (investigation, seq));

create table step_duration (
  runbook text not null,
  step text not null,
  at text not null,
  seconds double precision not null);
create index step_duration_step on step_duration (runbook, step, at);
