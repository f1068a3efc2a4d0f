-- What people want of investigations, in the order in which they said it: whichever node runs one takes what waits for it.
create table act (
  investigation text not null,
  number integer not null,
  kind text not null,
  body text not null,
  said_by text not null,
  said_role text not null,
  said_at text not null,
  request_key text,
  done_at text,
  refused text,
  primary key (investigation, number),
  unique (investigation, request_key));
create index act_waiting on act (done_at);

-- The hash of the last event of an investigation that has ended: without it, events that are missing at the end would not be missed.
alter table investigation add column head text;
