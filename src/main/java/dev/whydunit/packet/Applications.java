package dev.whydunit.packet;

/** Looks at the data of TCP connections: TLS and HTTP on any port, DNS and databases on theirs. */
final class Applications {
    private static final int DNS_PORT = 53;
    private static final int POSTGRESQL_PORT = 5432;
    private static final int MYSQL_PORT = 3306;
    private static final int REDIS_PORT = 6379;

    private final TlsTracker tls;
    private final HttpTracker http;
    private final DnsTracker dns;
    private final DatabaseTracker databases;

    Applications(TlsTracker tls, HttpTracker http, DnsTracker dns, DatabaseTracker databases) {
        this.tls = tls;
        this.http = http;
        this.dns = dns;
        this.databases = databases;
    }

    /** Takes the data of a segment that was not sent before. */
    void data(Frame frame, Segment segment, TcpFlow flow, int direction) {
        int at = segment.start;
        int length = segment.payload;
        if (flow.side(direction).tls) {
            tls.records(frame, at, length, flow, direction, segment.sequence);
            return;
        }
        int first = segment.beginning;
        if (first == 0 && !frame.has(at + Integer.BYTES) || length < Integer.BYTES) {
            return;
        }
        int server = direction == 0 ? flow.aPort : flow.bPort;
        if (http.begins(first)) {
            http.message(frame, at, length, flow, direction);
        } else if (tls.begins(first) && tls.begins(frame, at, length)) {
            tls.records(frame, at, length, flow, direction, segment.sequence);
        } else if (flow.bPort == DNS_PORT || flow.aPort == DNS_PORT) {
            dns.stream(frame, at, length, flow, direction);
        } else if (server == POSTGRESQL_PORT) {
            databases.postgresql(frame, at, length, flow, direction);
        } else if (server == MYSQL_PORT) {
            databases.mysql(frame, at, length, flow, direction);
        } else if (server == REDIS_PORT) {
            databases.redis(frame, at, length, flow, direction);
        }
    }
}
