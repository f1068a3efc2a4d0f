-- Lists show the newest first, also where a hundred thousand are stored.
create index investigation_newest on investigation (started_at, id);
drop index investigation_started;
create index alert_incident_newest on alert (incident, id);
drop index alert_incident;
-- A list says of each incident who was assigned last; its timeline may be long.
create index incident_event_assigned on incident_event (incident, seq) where type = 'assigned';
