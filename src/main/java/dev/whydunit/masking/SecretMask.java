package dev.whydunit.masking;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Replaces secrets in text: those that are known, by literal search, plain, URL-encoded and in base64; and what looks like a key,
 * a token or a password. Takes time linear in the text. Immutable and thread-safe.
 */
public final class SecretMask {
    /** What stands in place of a secret. */
    public static final String MASK = "<masked>";

    /** A shorter secret is part of too many words. */
    private static final int SHORTEST = 4;

    /** The secret is the group named secret, or else all that matches. */
    private static final List<Pattern> SHAPES = List.of(
            Pattern.compile("(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\\z)"),
            Pattern.compile("\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b"),
            Pattern.compile("\\b(?:gh[pousr]_|github_pat_|glpat-)[A-Za-z0-9_-]{20,}"),
            Pattern.compile("\\bxox[a-z]-[A-Za-z0-9-]{10,}"),
            Pattern.compile("\\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,}"),
            Pattern.compile("\\bsk-[A-Za-z0-9_-]{20,}"),
            Pattern.compile("\\bAIza[0-9A-Za-z_-]{35}"),
            Pattern.compile("\\bnpm_[A-Za-z0-9]{36}"),
            Pattern.compile("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}(?:\\.[A-Za-z0-9_-]*)?"),
            Pattern.compile("://[^\\s/:@\"']*:(?P<secret>[^\\s/@\"']+)@"),
            Pattern.compile("(?i)\\bauthorization[\"']?\\s*[:=]\\s*[\"']?(?:(?:bearer|basic|digest|apikey|token)\\s+)?"
                    + "(?P<secret>[^\\s\"',;]+)"),
            Pattern.compile("(?i)\\bbearer\\s+(?P<secret>[A-Za-z0-9._~+/=-]{8,})"),
            Pattern.compile(
                    "(?i)(?:password|passwd|passphrase|pwd|secret|api[_-]?key|access[_-]?key|private[_-]?key|token)"
                            + "[\"']?\\s*[=:]\\s*[\"']?(?P<secret>[^\\s\"'&,;<]{3,})"));

    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i)^(?:.*[_.-])?(?:password|passwd|passphrase|pwd|secret"
                    + "|api[_-]?key|access[_-]?key|private[_-]?key|token|authorization|cookie|set-cookie)$");

    private final List<String> known;
    private final boolean off;

    /** Masks nothing: for what is neither kept nor shown. */
    public static SecretMask none() {
        return new SecretMask(List.of(), true);
    }

    /** @param secrets their values; the ones shorter than four characters are not looked for */
    public SecretMask(Collection<String> secrets) {
        this(secrets, false);
    }

    private SecretMask(Collection<String> secrets, boolean off) {
        this.off = off;
        Set<String> forms = new LinkedHashSet<>();
        for (String secret : secrets) {
            if (secret.length() >= SHORTEST) {
                byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
                forms.add(secret);
                forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
                forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
                forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
                forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
            }
        }
        // The longest first: a secret may be part of another.
        this.known = forms.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** The text without secrets. */
    public String text(String text) {
        if (off) {
            return text;
        }
        String masked = text;
        for (String secret : known) {
            masked = masked.replace(secret, MASK);
        }
        for (Pattern shape : SHAPES) {
            masked = shape(shape, masked);
        }
        return masked;
    }

    private static String shape(Pattern shape, String text) {
        Matcher matcher = shape.matcher(text);
        boolean part = shape.namedGroups().containsKey("secret");
        StringBuilder masked = new StringBuilder();
        int end = 0;
        while (matcher.find()) {
            int from = part ? matcher.start("secret") : matcher.start();
            int to = part ? matcher.end("secret") : matcher.end();
            masked.append(text, end, from).append(MASK);
            end = to;
        }
        return end == 0 ? text : masked.append(text, end, text.length()).toString();
    }

    /** Plain data without secrets: texts anywhere in it, names too, and whatever has a name such as {@code password}. */
    public Object data(Object value) {
        return switch (value) {
            case String text -> text(text);
            case Map<?, ?> map -> {
                Map<String, Object> masked = new LinkedHashMap<>();
                map.forEach((key, element) -> masked.put(
                        text(String.valueOf(key)),
                        !off && element instanceof String && SECRET_NAME.matches(String.valueOf(key))
                                ? MASK
                                : data(element)));
                yield masked;
            }
            case Collection<?> list -> {
                List<Object> masked = new ArrayList<>();
                list.forEach(element -> masked.add(data(element)));
                yield masked;
            }
            default -> value;
        };
    }
}
