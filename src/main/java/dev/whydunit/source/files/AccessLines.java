package dev.whydunit.source.files;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The combined (or common) log format of nginx and Apache, read to ECS names. What follows the user agent is passed over. */
final class AccessLines implements LineFormat {
    private final TimeReader times;

    AccessLines(TimeReader times) {
        this.times = times;
    }

    @Override
    public long time(byte[] bytes, int start, int end) {
        for (int i = start; i < end && bytes[i] != '"'; i++) {
            if (bytes[i] == '[') {
                return times.read(bytes, i, end);
            }
        }
        return TimeReader.NONE;
    }

    @Override
    public boolean parse(byte[] bytes, int start, int end, Map<String, Object> into) {
        Cutter line = new Cutter(new String(bytes, start, end - start, StandardCharsets.UTF_8));
        String ip = line.until(" ");
        line.until(" ");
        String user = line.until(" [");
        line.until("] \"");
        String request = line.quoted();
        line.skip(" ");
        String status = line.until(" ");
        String size = line.until(" ");
        if (!line.intact() || status.length() != 3 || !status.chars().allMatch(Character::isDigit)) {
            return false;
        }
        into.put("source.ip", ip);
        if (!user.equals("-")) {
            into.put("user.name", user);
        }
        request(request, into);
        into.put("http.response.status_code", Long.valueOf(status));
        if (!size.isEmpty() && size.length() < 19 && size.chars().allMatch(Character::isDigit)) {
            into.put("http.response.body.bytes", Long.valueOf(size));
        }
        if (line.skip("\"")) {
            put(into, "http.request.referrer", line.quoted());
            line.skip(" \"");
            put(into, "user_agent.original", line.quoted());
        }
        into.put(FileEvent.MESSAGE, request + " " + status);
        return true;
    }

    private static void request(String request, Map<String, Object> into) {
        String[] parts = request.split(" ", 3);
        if (parts.length < 2) {
            return;
        }
        into.put("http.request.method", parts[0]);
        into.put("url.original", parts[1]);
        int question = parts[1].indexOf('?');
        into.put("url.path", question < 0 ? parts[1] : parts[1].substring(0, question));
        if (question >= 0) {
            into.put("url.query", parts[1].substring(question + 1));
        }
        if (parts.length == 3 && parts[2].startsWith("HTTP/")) {
            into.put("http.version", parts[2].substring("HTTP/".length()));
        }
    }

    private static void put(Map<String, Object> into, String field, String value) {
        if (!value.isEmpty() && !value.equals("-")) {
            into.put(field, value);
        }
    }
}
