-- Alerts for wrk as Alertmanager sends them, one a request and none like another: of 40 services, each thread with numbers of its own.
--   wrk -s bench/alerts.lua URL -- RUN       RUN keeps the alerts of one run apart from those of the others
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

local run, sent = "", 0

function init(args)
  run = args[1] or "0"
end

local headers = {["Content-Type"] = "application/json"}
local form = '{"version":"4","groupKey":"{}:{service=\\"service-%02d\\"}","status":"%s","receiver":"bench","externalURL":"http://alerts.example:9093",'
  .. '"groupLabels":{"service":"service-%02d"},"commonLabels":{"service":"service-%02d"},"commonAnnotations":{},"truncatedAlerts":0,'
  .. '"alerts":[{"status":"%s","labels":{"alertname":"Bench","service":"service-%02d","instance":"10.0.%d.%d:9100","severity":"critical",'
  .. '"request":"%s-%d-%09d"},"annotations":{"summary":"requests are refused since 5 minutes"},'
  .. '"startsAt":"2026-11-30T10:00:00Z","endsAt":"%s","generatorURL":"http://prometheus.example:9090/graph","fingerprint":"%s%d%09d"}]}'

-- Each fires, and is resolved a thousand requests later: a thousand fire at any time, half of them of the beginning until those are resolved.
local lag = 250

function request()
  sent = sent + 1
  local alert, status, ends = math.ceil(sent / 2), "firing", "0001-01-01T00:00:00Z"
  if sent % 2 == 0 and alert > 2 * lag then
    alert, status, ends = alert - 2 * lag, "resolved", "2026-11-30T10:05:00Z"
  elseif sent % 2 == 0 and alert > lag then
    alert, status, ends = alert - lag + 1000000, "resolved", "2026-11-30T10:05:00Z"
  elseif sent % 2 == 0 then
    alert = alert + 1000000
  end
  local service = alert % 40
  return wrk.format("POST", nil, headers,
    string.format(form, service, status, service, service, status, service, service, alert % 250, run, number, alert, ends, run, number, alert))
end
