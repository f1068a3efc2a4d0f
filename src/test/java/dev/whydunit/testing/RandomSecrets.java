package dev.whydunit.testing;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Secrets made at random, what programs print of them, and a search that knows how they may be written. */
public final class RandomSecrets {
    private static final String NASTY = "+/=%&\"'\\${} ";
    private static final List<String> CLUSTERS =
            List.of("+++", "\\Q\\E", "${x}", "$(id)", "%2B%", "'\"'", "&amp;", "}}", "\\n");
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final Random random;

    /** @param seed to be told when a test fails */
    public RandomSecrets(long seed) {
        random = new Random(seed);
    }

    /** From 8 to 60 printable characters, with no space at its ends. */
    public String next() {
        int length = 8 + random.nextInt(53);
        StringBuilder secret = new StringBuilder();
        while (secret.length() < length) {
            switch (random.nextInt(8)) {
                case 0 -> secret.append(NASTY.charAt(random.nextInt(NASTY.length())));
                case 1 -> secret.append(CLUSTERS.get(random.nextInt(CLUSTERS.size())));
                default -> secret.append((char) ('!' + random.nextInt(94)));
            }
        }
        secret.setLength(length);
        secret.setCharAt(0, letter());
        secret.setCharAt(length - 1, letter());
        return secret.toString();
    }

    private char letter() {
        return LETTERS.charAt(random.nextInt(LETTERS.length()));
    }

    private String letters(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(letter());
        }
        return text.toString();
    }

    /**
     * A line that holds something of the shape of a secret.
     *
     * @param secret what must not be in what is kept of it
     */
    public record Shaped(String line, String secret) {}

    /** Of each known shape one: nobody configured them. */
    public List<Shaped> shaped() {
        List<Shaped> all = new ArrayList<>();
        for (String prefix : List.of("AKIA", "ghp_", "glpat-", "xoxb-", "sk_live_", "npm_", "AIza", "wdu_")) {
            String rest = prefix.equals("AKIA") ? letters(16).toUpperCase(java.util.Locale.ROOT) : letters(36);
            String body = prefix.equals("AIza") ? rest.substring(0, 35) : rest;
            all.add(new Shaped("key " + prefix + body + " of it", body));
        }
        String jwt = letters(20);
        all.add(new Shaped("session eyJ" + letters(12) + "." + letters(20) + "." + jwt, jwt));
        String pem = letters(64);
        all.add(new Shaped("-----BEGIN EC PRIVATE KEY-----\n" + pem + "\n-----END EC PRIVATE KEY-----", pem));
        String url = letters(8) + "$!" + letters(6);
        all.add(new Shaped("postgres://app:" + url + "@db.example/shop", url));
        for (String before :
                List.of("Authorization: Bearer ", "Authorization: Basic ", "password=", "api_key: ", "AccountKey=")) {
            String value = letters(20);
            all.add(new Shaped(before + value, value));
        }
        String quoted = letters(6) + " " + letters(6) + ", " + letters(6);
        all.add(new Shaped("secret: \"" + quoted + "\"", quoted));
        return all;
    }

    /** What a program may print of a secret: as it is and encoded. */
    public static List<String> printed(String secret) {
        String percent = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        return List.of(
                "it is " + secret + " here",
                "GET /x?q=" + percent + "&n=1",
                "GET /x/" + percent.replace("+", "%20").replace("*", "%2A").replace("%7E", "~"),
                "b64 " + base64(secret) + " end",
                "b64 " + base64("user:" + secret) + " end",
                "b64 " + base64("us:" + secret + ":more") + " end",
                "b64 " + base64("u:" + secret) + " end",
                "url64 " + Base64.getUrlEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)) + " end",
                "{\"x\":\"" + secret.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}",
                "<p>" + secret.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;") + "</p>");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Those of the secrets that are in the text, however it is written: as it is, escaped, in an address or in base64. */
    public static List<String> in(String text, Collection<String> secrets) {
        String bare = text.replace("\\", "");
        String html = text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replaceAll("&(?:quot|#34);", "\"")
                .replaceAll("&(?:apos|#39|#x27);", "'")
                .replace("&amp;", "&");
        String decoded = decoded(text);
        String spaced = decoded(text.replace('+', ' '));
        String clear = fromBase64(text);
        return secrets.stream()
                .filter(secret -> text.contains(secret)
                        || bare.contains(secret.replace("\\", ""))
                        || html.contains(secret)
                        || decoded.contains(secret)
                        || spaced.contains(secret)
                        || clear.contains(secret))
                .toList();
    }

    /** Where it is, for a failure's message. */
    public static String around(String text, Collection<String> secrets) {
        StringBuilder found = new StringBuilder();
        for (String secret : in(text, secrets)) {
            int at = text.indexOf(secret);
            found.append("\n  ").append(secret).append(" in: ");
            found.append(
                    at < 0
                            ? "(encoded)"
                            : text.substring(Math.max(0, at - 80), Math.min(text.length(), at + secret.length() + 20)));
        }
        return found.toString();
    }

    private static String decoded(String text) {
        Matcher matcher = Pattern.compile("%([0-9a-fA-F]{2})").matcher(text);
        return matcher.replaceAll(
                found -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))));
    }

    private static String fromBase64(String text) {
        StringBuilder clear = new StringBuilder();
        Matcher matcher = Pattern.compile("[A-Za-z0-9+/_-]{10,}").matcher(text);
        while (matcher.find()) {
            String run = matcher.group().replace('-', '+').replace('_', '/');
            for (int skip = 0; skip < 4; skip++) {
                String part = run.substring(Math.min(skip, run.length()));
                byte[] bytes = Base64.getDecoder().decode(part.substring(0, part.length() / 4 * 4));
                clear.append(new String(bytes, StandardCharsets.ISO_8859_1)).append('\n');
                int rest = part.length() % 4;
                if (rest > 1) {
                    byte[] last = Base64.getDecoder().decode(part.substring(part.length() - rest));
                    clear.setLength(clear.length() - 1);
                    clear.append(new String(last, StandardCharsets.ISO_8859_1)).append('\n');
                }
            }
        }
        return clear.toString();
    }
}
