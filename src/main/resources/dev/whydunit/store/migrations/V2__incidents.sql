-- Who wants an investigation and how far it is. attempt fences a node that was thought dead: only the latest may write.
alter table investigation add column incident text;
alter table investigation add column state text not null default 'ended';
alter table investigation add column request text;
alter table investigation add column attempt integer not null default 0;
create index investigation_incident on investigation (incident);
create index investigation_state on investigation (state);

-- What a node that was no longer in charge still saw: kept, and used for nothing.
create table late_event (
  investigation text not null,
  attempt integer not null,
  at text not null,
  body text not null);

create table alert (
  id text primary key,
  receiver text not null,
  event text not null,
  fingerprint text not null,
  status text not null,
  labels text not null,
  annotations text not null,
  starts_at text not null,
  ends_at text,
  url text not null,
  group_key text not null,
  received_at text not null,
  incident text not null,
  unique (receiver, event));
create index alert_fingerprint on alert (fingerprint);
create index alert_incident on alert (incident);

create table incident (
  id text primary key,
  number integer not null unique,
  status text not null,
  title text not null,
  severity text not null,
  origin text not null,
  services text not null,
  hosts text not null,
  group_keys text not null,
  firing text not null,
  alerts integer not null,
  opened_at text not null,
  last_alert_at text not null,
  resolved_at text,
  merged_into text);
create index incident_status on incident (status);

create table incident_event (
  incident text not null references incident (id),
  seq integer not null,
  at text not null,
  type text not null,
  body text not null,
  primary key (incident, seq));

-- Rows that are updated to be held: the one lock that every database has.
create table held (name text primary key, times bigint not null);
insert into held (name, times) values ('intake', 0);

create table token (
  id text primary key,
  name text not null,
  role text not null,
  hash text not null unique,
  created_at text not null,
  expires_at text,
  revoked_at text);

create table audit (
  id text primary key,
  at text not null,
  who text not null,
  what text not null,
  about text not null);
create index audit_at on audit (at);

create table approval (
  id text primary key,
  investigation text not null,
  step text not null,
  command text not null,
  asked_at text not null,
  expires_at text not null,
  answered_at text,
  granted integer,
  answered_by text);
create index approval_investigation on approval (investigation);

-- db-scheduler's table.
create table scheduled_tasks (
  task_name text not null,
  task_instance text not null,
  task_data bytea,
  execution_time timestamp with time zone not null,
  picked boolean not null,
  picked_by text,
  last_success timestamp with time zone,
  last_failure timestamp with time zone,
  consecutive_failures integer,
  last_heartbeat timestamp with time zone,
  version bigint not null,
  priority smallint,
  primary key (task_name, task_instance));
create index scheduled_tasks_execution_time on scheduled_tasks (execution_time);
create index scheduled_tasks_last_heartbeat on scheduled_tasks (last_heartbeat);
