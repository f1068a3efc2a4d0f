"""From an alert to the verdict on it, on a server that has nothing else to do: python3 bench/verdict.py URL COUNT

Posts alerts of services that nobody knows, one after the other, each once the investigation of the one before has ended. Prints the
50th and 95th percentile, in milliseconds, of the time from before the request to the verdict, less the time in which a step ran.
"""
import http.client
import json
import sys
import time
from datetime import datetime, timezone
from urllib.parse import urlsplit

URL, COUNT = urlsplit(sys.argv[1]), int(sys.argv[2])
CONNECTION = http.client.HTTPConnection(URL.hostname, URL.port)


def ask(method, path, body=None):
    CONNECTION.request(method, path, body, {"Authorization": "Bearer bench", "Content-Type": "application/json"})
    answer = CONNECTION.getresponse()
    text = answer.read()
    assert answer.status < 300, (path, answer.status, text)
    return json.loads(text)


def seconds(text):
    whole, _, fraction = text.rstrip("Z").partition(".")
    at = datetime.fromisoformat(whole).replace(tzinfo=timezone.utc).timestamp()
    return at + float("0." + (fraction or "0"))


def alert(service):
    labels = {"alertname": "Bench", "service": service, "severity": "critical"}
    return json.dumps({
        "version": "4", "groupKey": service, "status": "firing", "receiver": "bench", "groupLabels": {}, "commonLabels": labels,
        "commonAnnotations": {}, "externalURL": "", "truncatedAlerts": 0,
        "alerts": [{"status": "firing", "labels": labels, "annotations": {}, "startsAt": "2026-11-30T10:00:00Z",
                    "endsAt": "0001-01-01T00:00:00Z", "generatorURL": ""}]})


def running(steps):
    """How long at least one step ran."""
    spans = sorted((seconds(step["startedAt"]), seconds(step["startedAt"]) + step["seconds"]) for step in steps if step["startedAt"])
    total, reached = 0.0, 0.0
    for begin, end in spans:
        total += max(0.0, end - max(begin, reached))
        reached = max(reached, end)
    return total


def one(service):
    begun = time.time()
    incident = ask("POST", "/webhooks/open", alert(service))["incident"]
    until = begun + 60
    while time.time() < until:
        time.sleep(0.05)
        investigations = ask("GET", "/api/incidents/" + incident)["investigations"]
        if investigations and investigations[0].get("endedAt"):
            summary = ask("GET", "/api/investigations/" + investigations[0]["id"])
            assert summary["verdict"]["status"] == "concluded" and len(summary["steps"]) == 3, summary
            steps = running(summary["steps"])
            return seconds(summary["endedAt"]) - begun - steps, steps
    raise AssertionError("no verdict on " + incident + " within a minute")


run = str(time.time_ns())
# The first ones warm the server up.
for n in range(COUNT // 2):
    one(f"warm-{run}-{n}")
taken = [one(f"svc-{run}-{n}") for n in range(COUNT)]
beyond, steps = sorted(each[0] for each in taken), sorted(each[1] for each in taken)
print("p50 %.0f ms, p95 %.0f ms beyond the steps' own (p50 %.0f ms)" % (
    beyond[COUNT // 2] * 1000, beyond[int(COUNT * 0.95)] * 1000, steps[COUNT // 2] * 1000))
