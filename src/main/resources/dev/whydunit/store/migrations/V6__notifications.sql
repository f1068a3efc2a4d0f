-- What has to be told, and was. Each thing (topic) is told once on each channel; the id is the same each time that it is sent.
create table notification (
  id text primary key,
  channel text not null,
  topic text not null,
  occasion text not null,
  investigation text,
  incident text,
  body text not null,
  state text not null,
  attempts integer not null,
  created_at text not null,
  next_at text,
  ended_at text,
  status integer not null,
  said text not null,
  unique (channel, topic));
create index notification_state on notification (state, channel);
create index notification_newest on notification (created_at);
create index notification_investigation on notification (investigation);
