package dev.whydunit.masking;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A secret whose value is known, and where it is in a text: as it is; with its characters escaped one by one, however those who print it do that
 * (percent-encoding, JSON, HTML, the quotes of shells and of SQL); in base64, also as a part of something longer, as a password is of a header's
 * {@code user:password}; and where the text was cut off within it.
 */
final class KnownSecret {
    /** Of a secret that was cut off, this much is taken for it. */
    private static final int SHORTEST_BEGINNING = 8;
    /** A shorter piece of base64 is part of too many words. */
    private static final int SHORTEST_PIECE = 6;
    /** By which those who cut text say so. */
    private static final char CUT = '…';
    /** What escapes a character stands before or after it; {@code '"'"'} is what a shell's trace makes of a quote. */
    private static final String ESCAPES = "\\'\"";

    private static final int MOST_ESCAPES = 8;

    private final String secret;
    private final int[] characters;
    /** Its longest run of what nobody escapes: where that is not, there is no need to look. */
    private final String anchor;

    private final String beginning;
    private final List<String> pieces;

    KnownSecret(String secret) {
        this.secret = secret;
        this.characters = secret.codePoints().toArray();
        this.anchor = Arrays.stream(secret.split("[^A-Za-z0-9]+"))
                .max(Comparator.comparingInt(String::length))
                .orElse("");
        this.beginning = secret.length() > SHORTEST_BEGINNING ? secret.substring(0, SHORTEST_BEGINNING) : secret;
        this.pieces = base64(secret.getBytes(StandardCharsets.UTF_8));
    }

    int length() {
        return secret.length();
    }

    /** Whether a text may hold it, itself escaped or not: a quick look. */
    boolean mayBeIn(String text) {
        return text.contains(anchor)
                || text.contains(beginning)
                || pieces.stream().anyMatch(text::contains);
    }

    /** The text without it. */
    String outOf(String text, String mask) {
        String masked = text;
        for (String piece : pieces) {
            masked = masked.replace(piece, mask);
        }
        if (!masked.contains(anchor) && !masked.contains(beginning)) {
            return masked;
        }
        StringBuilder kept = new StringBuilder();
        int from = 0;
        for (int at = 0; at < masked.length(); ) {
            int end = masked.startsWith(secret, at)
                    ? at + secret.length()
                    : Math.max(end(masked, at, true), end(masked, at, false));
            if (end > at) {
                kept.append(masked, from, at).append(mask);
                from = end;
                at = end;
            } else {
                at++;
            }
        }
        return from == 0 ? masked : kept.append(masked, from, masked.length()).toString();
    }

    /**
     * Where it ends that begins here; -1 when it does not.
     *
     * @param escaped whether what may be an escape or be meant as it stands, such as {@code %25}, is taken for an escape
     */
    private int end(String text, int begin, boolean escaped) {
        int at = begin;
        for (int i = 0; i < characters.length; i++) {
            int next = after(text, at, characters[i], escaped);
            for (int skipped = 1; next < 0 && i > 0 && skipped <= MOST_ESCAPES; skipped++) {
                int before = at + skipped - 1;
                if (before >= text.length() || ESCAPES.indexOf(text.charAt(before)) < 0) {
                    break;
                }
                next = after(text, at + skipped, characters[i], escaped);
            }
            if (next < 0) {
                return i >= SHORTEST_BEGINNING && isCut(text, at) ? at : -1;
            }
            at = next;
        }
        return at;
    }

    private static boolean isCut(String text, int at) {
        return at == text.length() || text.charAt(at) == CUT || text.startsWith("\n[" + CUT, at);
    }

    /** Where the character ends that stands here, in whichever way it is written; -1 when another does. */
    private static int after(String text, int at, int character, boolean escaped) {
        if (at >= text.length()) {
            return -1;
        }
        char here = text.charAt(at);
        int end = -1;
        if (escaped && here == '%') {
            end = percent(text, at, character);
        } else if (escaped && here == '&') {
            end = entity(text, at, character);
        } else if (here == '\\') {
            end = backslash(text, at, character);
        } else if (here == '+' && character == ' ') {
            end = at + 1;
        }
        if (end > 0) {
            return end;
        }
        return text.codePointAt(at) == character ? at + Character.charCount(character) : -1;
    }

    private static int percent(String text, int at, int character) {
        int end = at;
        for (byte wanted : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
            if (end + 3 > text.length()
                    || text.charAt(end) != '%'
                    || number(text, end + 1, end + 3, 16) != (wanted & 0xff)) {
                return -1;
            }
            end += 3;
        }
        return end;
    }

    private static int entity(String text, int at, int character) {
        int end = text.indexOf(';', at);
        if (end < 0 || end - at > 8) {
            return -1;
        }
        String name = text.substring(at + 1, end);
        int named = switch (name) {
            case "amp" -> '&';
            case "lt" -> '<';
            case "gt" -> '>';
            case "quot" -> '"';
            case "apos" -> '\'';
            default ->
                name.startsWith("#x")
                        ? number(name, 2, name.length(), 16)
                        : name.startsWith("#") ? number(name, 1, name.length(), 10) : -1;
        };
        return named == character ? end + 1 : -1;
    }

    private static int backslash(String text, int at, int character) {
        if (text.startsWith("\\u", at) && at + 6 <= text.length() && number(text, at + 2, at + 6, 16) == character) {
            return at + 6;
        }
        int named = at + 1 >= text.length()
                ? -1
                : switch (text.charAt(at + 1)) {
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    default -> -1;
                };
        return named == character ? at + 2 : -1;
    }

    /** The digits as a number; -1 when they are none. */
    private static int number(String text, int from, int to, int radix) {
        int number = from < to && to - from <= 6 ? 0 : -1;
        for (int i = from; i < to && number >= 0; i++) {
            int digit = Character.digit(text.charAt(i), radix);
            number = digit < 0 ? -1 : number * radix + digit;
        }
        return number;
    }

    /** By itself; and what is the same of it whatever stands before and after it. */
    private static List<String> base64(byte[] secret) {
        Set<String> pieces = new LinkedHashSet<>();
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            pieces.add(encoder.withoutPadding().encodeToString(secret));
            for (int before = 0; before < 3; before++) {
                byte[] shifted = new byte[before + secret.length];
                System.arraycopy(secret, 0, shifted, before, secret.length);
                // Whole groups of three bytes say nothing of what follows; a character that holds bits of what is
                // before tells of that.
                String text = encoder.encodeToString(Arrays.copyOf(shifted, shifted.length / 3 * 3));
                pieces.add(text.substring(Math.min(text.length(), before == 0 ? 0 : before + 1)));
            }
        }
        pieces.removeIf(piece -> piece.length() < SHORTEST_PIECE);
        List<String> longest = new ArrayList<>(pieces);
        longest.sort(Comparator.comparingInt(String::length).reversed());
        return List.copyOf(longest);
    }
}
