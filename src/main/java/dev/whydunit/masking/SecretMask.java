package dev.whydunit.masking;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replaces secrets in text: those that are known, by literal search ({@link KnownSecret}), as they are, escaped, encoded and cut off; and what looks like a key, a token or a password. Takes time linear in the text. Immutable and thread-safe.
 */
public final class SecretMask {
    /** What stands in place of a secret. */
    public static final String MASK = "<masked>";

    /** A shorter secret is part of too many words. */
    private static final int SHORTEST = 4;
    /** A shorter line of a secret of several lines may be anybody's. */
    private static final int SHORTEST_LINE = 8;

    /**
     * What a secret looks like.
     *
     * @param hints one of which is in every text that matches, in lower case: looking for them costs a hundredth of the pattern
     * @param part whether the secret is the group named secret, and not all that matches
     */
    private record Shape(List<String> hints, Pattern pattern, boolean part) {
        static Shape of(String hints, String pattern) {
            Pattern compiled = Pattern.compile(pattern);
            return new Shape(
                    List.of(hints.split(" ")), compiled, compiled.namedGroups().containsKey("secret"));
        }
    }

    private static final Pattern KEY_BEGINS = Pattern.compile("-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----");
    private static final Pattern KEY_ENDS = Pattern.compile("-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----");

    private static final String PASSWORDS =
            "password passwd passphrase pwd secret apikey api_key api-key accesskey access_key access-key"
                    + " accountkey account_key account-key privatekey private_key private-key token";

    private static final String PASSWORD_IS =
            "(?i)(?:password|passwd|passphrase|pwd|secret|api[_-]?key|access[_-]?key|account[_-]?key|private[_-]?key|token)"
                    + "[\"']?\\s*[=:]\\s*";

    private static final List<Shape> SHAPES = List.of(
            Shape.of(
                    "-----begin",
                    "(?s)-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----.*?"
                            + "(?:-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|\\z)"),
            Shape.of("wdu_", "\\bwdu_[A-Za-z0-9_-]{20,}"),
            Shape.of("whsec_", "\\bwhsec_[A-Za-z0-9+/=]{16,}"),
            Shape.of("ya29.", "\\bya29\\.[A-Za-z0-9_-]{20,}"),
            Shape.of("sg.", "\\bSG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}"),
            Shape.of("hooks.slack.com/", "hooks\\.slack\\.com/(?:services|workflows)/(?P<secret>[A-Za-z0-9/_-]+)"),
            Shape.of("sig= signature=", "(?i)[?&](?:sig|x-amz-signature)=(?P<secret>[^&\\s\"'<]+)"),
            Shape.of("akia asia", "\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b"),
            Shape.of(
                    "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_ glpat-",
                    "\\b(?:gh[pousr]_|github_pat_|glpat-)[A-Za-z0-9_-]{20,}"),
            Shape.of("xox", "\\bxox[a-z]-[A-Za-z0-9-]{10,}"),
            Shape.of("k_live_ k_test_", "\\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,}"),
            Shape.of("sk-", "\\bsk-[A-Za-z0-9_-]{20,}"),
            Shape.of("aiza", "\\bAIza[0-9A-Za-z_-]{35}"),
            Shape.of("npm_", "\\bnpm_[A-Za-z0-9]{36}"),
            Shape.of("eyj", "\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}(?:\\.[A-Za-z0-9_-]*)?"),
            Shape.of("@", "://[^\\s/:@\"']*:(?P<secret>[^\\s/\"']+)@"),
            Shape.of(
                    "authorization",
                    "(?i)\\bauthorization[\"']?\\s*[:=]\\s*[\"']?(?:(?:bearer|basic|digest|apikey|token)\\s+)?"
                            + "(?P<secret>[^\\s\"',;]+)"),
            Shape.of("bearer", "(?i)\\bbearer\\s+(?P<secret>[A-Za-z0-9._~+/=-]{8,})"),
            // A quoted value ends at its quote, any other at the next space or separator.
            Shape.of(PASSWORDS, PASSWORD_IS + "\"(?P<secret>(?:[^\"\\\\]|\\\\.)+)"),
            Shape.of(PASSWORDS, PASSWORD_IS + "'(?P<secret>[^']+)"),
            Shape.of(PASSWORDS, PASSWORD_IS + "[\"']?(?P<secret>[^\\s\"'&,;<]{3,})"));

    /** One of these is in every name of a secret. */
    private static final List<String> NAME_HINTS = List.of((PASSWORDS + " authorization cookie").split(" "));

    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?i)^(?:.*[_.-])?(?:password|passwd|passphrase|pwd|secret"
                    + "|api[_-]?key|access[_-]?key|account[_-]?key|private[_-]?key|token|authorization|cookie|set-cookie)$");

    /** The longest first: a secret may be part of another. */
    private final List<KnownSecret> known;

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
        Set<String> values = new LinkedHashSet<>();
        for (String secret : secrets) {
            if (secret.length() >= SHORTEST) {
                values.add(secret);
            }
            if (secret.indexOf('\n') >= 0) {
                // Logs show a key of several lines line by line.
                secret.lines().filter(line -> line.length() >= SHORTEST_LINE).forEach(values::add);
            }
        }
        this.known = values.stream()
                .map(KnownSecret::new)
                .sorted(Comparator.comparingInt(KnownSecret::length).reversed())
                .toList();
    }

    /**
     * Whether data that was written as this JSON surely holds nothing that {@link #data} would mask: a quick look, so that most data need
     * not be read again.
     */
    public boolean isSurelyClean(String json) {
        if (off) {
            return true;
        }
        if (known.stream().anyMatch(secret -> secret.mayBeIn(json))) {
            return false;
        }
        String folded = folded(json);
        return !hasAny(folded, NAME_HINTS) && SHAPES.stream().noneMatch(shape -> hasAny(folded, shape.hints()));
    }

    private static boolean hasAny(String folded, List<String> hints) {
        for (String hint : hints) {
            if (folded.contains(hint)) {
                return true;
            }
        }
        return false;
    }

    /** In lower case as patterns that ignore case fold it: the long s is an s there. */
    private static String folded(String text) {
        return text.toLowerCase(Locale.ROOT).replace('\u017f', 's');
    }

    /** The text without secrets. */
    public String text(String text) {
        if (off) {
            return text;
        }
        String masked = text;
        for (KnownSecret secret : known) {
            masked = secret.outOf(masked, MASK);
        }
        String folded = folded(masked);
        for (Shape shape : SHAPES) {
            if (hasAny(folded, shape.hints())) {
                masked = shape(shape.pattern(), shape.part(), masked);
            }
        }
        return masked;
    }

    private static String shape(Pattern shape, boolean part, String text) {
        Matcher matcher = shape.matcher(text);
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

    /** A key of several lines is one also where each line is a text of its own. */
    private List<@Nullable Object> list(Collection<?> list) {
        List<@Nullable Object> masked = new ArrayList<>();
        boolean key = false;
        for (Object element : list) {
            boolean line = element instanceof String;
            key = line && (key || !off && KEY_BEGINS.matcher((String) element).find());
            masked.add(key ? MASK : data(element));
            key = key && !KEY_ENDS.matcher((String) element).find();
        }
        return masked;
    }

    private static boolean isSecretName(String name) {
        return hasAny(folded(name), NAME_HINTS) && SECRET_NAME.matches(name);
    }

    /** Plain data without secrets: texts anywhere in it, names too, and whatever has a name such as {@code password}. */
    public @Nullable Object data(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> text(text);
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> masked = new LinkedHashMap<>();
                map.forEach((key, element) -> masked.put(
                        text(String.valueOf(key)),
                        !off && element instanceof String && isSecretName(String.valueOf(key)) ? MASK : data(element)));
                yield masked;
            }
            case Collection<?> list -> list(list);
            default -> value;
        };
    }
}
