package dev.whydunit.expression;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Values in a URL. */
final class UrlText {
    private UrlText() {}

    /**
     * A whole URL as it is when it is an http or https one; in the host, a host's name or address; in the port, digits; after
     * them percent-encoded, and never a step up in the path.
     */
    static String encode(String value, String before, boolean whole, Expression written) throws EvaluationFailure {
        if (whole) {
            return url(value, written);
        }
        int scheme = before.indexOf("://");
        if (scheme < 0) {
            if (before.startsWith("/")) {
                return path(value, before, written);
            }
            throw new EvaluationFailure(
                    written.source() + " stands where the URL's scheme is; write http:// or https:// before it");
        }
        String after = before.substring(scheme + 3);
        boolean inAuthority = after.chars().noneMatch(c -> c == '/' || c == '?' || c == '#');
        return inAuthority ? authority(value, after, written) : path(value, before, written);
    }

    private static String url(String value, Expression written) throws EvaluationFailure {
        try {
            URI uri = new URI(value);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals("https"))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null) {
                return value;
            }
        } catch (URISyntaxException e) {
            throw new EvaluationFailure(
                    written.source() + " (" + Shown.cut(value, 80) + ") is no URL: " + e.getReason());
        }
        throw new EvaluationFailure(written.source() + " (" + Shown.cut(value, 80)
                + ") is no http or https URL with a host and without a user");
    }

    private static String authority(String value, String before, Expression written) throws EvaluationFailure {
        boolean port = before.endsWith(":") && !before.endsWith("[:");
        boolean allowed = port
                ? !value.isEmpty() && value.length() <= 5 && value.chars().allMatch(c -> c >= '0' && c <= '9')
                : isHost(value, before);
        if (!allowed) {
            throw new EvaluationFailure(written.source() + " (" + Shown.cut(value, 80) + ") is no "
                    + (port ? "port" : "host name or address") + ", and nothing else may stand there in a URL");
        }
        return value;
    }

    private static boolean isHost(String value, String before) {
        boolean bracketed = before.endsWith("[");
        return !value.isEmpty()
                && value.length() <= 253
                && value.chars()
                        .allMatch(c -> (c >= '0' && c <= '9')
                                || (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || c == '.'
                                || c == '-'
                                || (bracketed && c == ':'));
    }

    private static String path(String value, String before, Expression written) throws EvaluationFailure {
        boolean inPath = before.indexOf('?') < 0 && before.indexOf('#') < 0;
        if (inPath && value.chars().allMatch(c -> c == '.') && before.endsWith("/") && !value.isEmpty()) {
            throw new EvaluationFailure(
                    written.source() + " (" + Shown.cut(value, 40) + ") would step up in the URL's path");
        }
        StringBuilder encoded = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            int c = b & 0xff;
            boolean unreserved = (c >= '0' && c <= '9')
                    || (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || c == '-'
                    || c == '.'
                    || c == '_'
                    || c == '~';
            if (unreserved) {
                encoded.append((char) c);
            } else {
                encoded.append(String.format(Locale.ROOT, "%%%02X", c));
            }
        }
        return encoded.toString();
    }
}
