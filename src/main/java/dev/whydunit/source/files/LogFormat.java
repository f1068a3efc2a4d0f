package dev.whydunit.source.files;

/** How the lines of a log file are written. */
public enum LogFormat {
    /** Found out from each file's first lines. */
    AUTO,
    /** One JSON object a line, ECS or not. */
    JSON,
    /** A time at the beginning of a line, then text; lines without a time belong to the event before. */
    PLAIN,
    /** The combined log format of nginx and Apache. */
    NGINX,
    /** Syslog, RFC 3164 and RFC 5424, and with RFC 3339 times. */
    SYSLOG,
    /** {@code key=value} pairs. */
    LOGFMT
}
