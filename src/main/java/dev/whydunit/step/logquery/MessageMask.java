package dev.whydunit.step.logquery;

/**
 * Replaces what varies from event to event in a message: quoted texts, UUIDs, addresses, hexadecimal and decimal numbers. One pass,
 * linear in the length; only the first line counts.
 */
final class MessageMask {
    /** How much of a message is looked at, in characters. */
    static final int LIMIT = 1_000;

    private static final int HEX_AT_LEAST = 8;

    private final String line;
    private final StringBuilder out;
    private int at;

    private MessageMask(String line) {
        this.line = line;
        this.out = new StringBuilder(line.length());
    }

    /** The message's form, its tokens separated by single spaces. */
    static String of(String message) {
        int end = Math.min(message.length(), LIMIT);
        for (int i = 0; i < end; i++) {
            if (message.charAt(i) == '\n' || message.charAt(i) == '\r') {
                end = i;
            }
        }
        MessageMask mask = new MessageMask(message.substring(0, end).strip());
        mask.run();
        return mask.out.toString();
    }

    private void run() {
        while (at < line.length()) {
            char c = line.charAt(at);
            if (Character.isWhitespace(c)) {
                space();
            } else if (c == '"' || c == '\'') {
                quote(c);
            } else if (Character.isLetterOrDigit(c)) {
                word();
            } else {
                out.append(c);
                at++;
            }
        }
    }

    private void space() {
        if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
            out.append(' ');
        }
        at++;
    }

    /** A quoted text; an apostrophe inside a word is none. */
    private void quote(char quote) {
        boolean opens = at == 0 || !Character.isLetterOrDigit(line.charAt(at - 1));
        int end = opens ? closing(quote) : -1;
        if (end < 0) {
            out.append(quote);
            at++;
        } else {
            out.append(quote).append("<str>").append(quote);
            at = end + 1;
        }
    }

    private int closing(char quote) {
        for (int i = at + 1; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == quote && (i + 1 == line.length() || !Character.isLetterOrDigit(line.charAt(i + 1)))) {
                return i;
            }
        }
        return -1;
    }

    private void word() {
        int end = at;
        while (end < line.length() && (Character.isLetterOrDigit(line.charAt(end)) || isJoint(line.charAt(end)))) {
            end++;
        }
        while (isJoint(line.charAt(end - 1))) {
            end--;
        }
        String run = line.substring(at, end);
        at = end;
        if (isUuid(run)) {
            out.append("<uuid>");
        } else if (isIp(run)) {
            out.append("<ip>");
        } else {
            pieces(run);
        }
    }

    private static boolean isJoint(char c) {
        return c == '.' || c == ':' || c == '-' || c == '_';
    }

    private void pieces(String run) {
        int start = 0;
        while (start < run.length()) {
            if (isJoint(run.charAt(start))) {
                out.append(run.charAt(start++));
                continue;
            }
            int end = start;
            while (end < run.length() && !isJoint(run.charAt(end))) {
                end++;
            }
            // 3.14 is one number, not two.
            boolean number = isDigits(run, start, end);
            if (number && end + 1 < run.length() && run.charAt(end) == '.' && isDigit(run.charAt(end + 1))) {
                int fraction = end + 1;
                while (fraction < run.length() && isDigit(run.charAt(fraction))) {
                    fraction++;
                }
                if (fraction == run.length() || run.charAt(fraction) != '.') {
                    out.append("<num>");
                    start = fraction;
                    continue;
                }
            }
            piece(run.substring(start, end));
            start = end;
        }
    }

    private void piece(String piece) {
        if (isHex(piece)) {
            out.append("<hex>");
            return;
        }
        int i = 0;
        while (i < piece.length()) {
            int start = i;
            while (i < piece.length() && isDigit(piece.charAt(i))) {
                i++;
            }
            // A single digit after letters is part of a name (http2, s3, p95 is not).
            if (i > start && (i - start > 1 || start == 0)) {
                out.append("<num>");
            } else if (i > start) {
                out.append(piece, start, i);
            } else {
                out.append(piece.charAt(i++));
            }
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isDigits(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return end > start;
    }

    private static boolean isHexDigit(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    private static boolean isHex(String piece) {
        if (piece.length() > 2 && (piece.startsWith("0x") || piece.startsWith("0X"))) {
            return piece.chars().skip(2).allMatch(c -> isHexDigit((char) c));
        }
        return piece.length() >= HEX_AT_LEAST
                && piece.chars().allMatch(c -> isHexDigit((char) c))
                && piece.chars().anyMatch(c -> isDigit((char) c))
                && piece.chars().anyMatch(Character::isLetter);
    }

    private static boolean isUuid(String run) {
        if (run.length() != 36) {
            return false;
        }
        for (int i = 0; i < 36; i++) {
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? run.charAt(i) != '-' : !isHexDigit(run.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** IPv4 with or without a port, or IPv6. */
    private static boolean isIp(String run) {
        int dots = 0;
        int colons = 0;
        int digits = 0;
        boolean decimal = true;
        boolean groups = true;
        for (int i = 0; i < run.length(); i++) {
            char c = run.charAt(i);
            if (c == '.' || c == ':') {
                dots += c == '.' ? 1 : 0;
                colons += c == ':' ? 1 : 0;
                digits = 0;
            } else {
                digits++;
                decimal &= isDigit(c) && (digits <= 3 || colons == 1);
                groups &= isHexDigit(c) && digits <= 4;
            }
        }
        return (decimal && dots == 3 && colons <= 1) || (groups && dots == 0 && (colons == 7 || run.contains("::")));
    }
}
