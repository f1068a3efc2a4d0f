-- Approvals are bound to where, to which attempt and to the unmasked command; they are used once, and their role is the grant's.
alter table approval add column target text;
alter table approval add column attempt integer not null default 1;
alter table approval add column undo text;
alter table approval add column approvers text not null default 'responder';
alter table approval add column sha256 text not null default '';
alter table approval add column used_at text;

-- Sessions of the pages. Only the hash of what the browser keeps is stored.
create table page_session (
  hash text primary key,
  token text not null,
  created_at text not null,
  expires_at text not null);
