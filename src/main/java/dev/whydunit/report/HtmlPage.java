package dev.whydunit.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;

/** An HTML document without script, whose one style sheet stands in it and is allowed by its hash. */
final class HtmlPage {
    private final StringBuilder out = new StringBuilder();

    /**
     * Begins the document.
     *
     * @param policy the Content-Security-Policy that stands in it; empty where it is sent as a header
     */
    HtmlPage(String title, String style, Optional<String> policy) {
        line("<!DOCTYPE html>");
        line("<html lang=\"en\">");
        line("<head>");
        line("<meta charset=\"utf-8\">");
        policy.ifPresent(text -> line("<meta http-equiv=\"Content-Security-Policy\" content=\"" + text + "\">"));
        line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        line("<meta name=\"color-scheme\" content=\"light dark\">");
        line("<meta name=\"referrer\" content=\"no-referrer\">");
        line("<title>" + HtmlText.escaped(title) + "</title>");
        line("<style>" + style + "</style>");
        line("</head>");
        line("<body>");
    }

    /** Adds HTML, in which all text of others is escaped, and a line feed. */
    void line(String html) {
        out.append(html).append('\n');
    }

    /** Adds HTML as it is. */
    void html(String html) {
        out.append(html);
    }

    /** Several lines of text as they stand. */
    static String block(String text) {
        return "<pre>"
                + text.strip()
                        .lines()
                        .map(line -> HtmlText.escaped(line.replace("\t", "    ")))
                        .collect(Collectors.joining("\n"))
                + "</pre>";
    }

    /** The document, with its end. */
    String end() {
        line("</body>");
        line("</html>");
        return out.toString();
    }

    /** A style sheet of this package. */
    static String style(String name) {
        try (InputStream style = HtmlPage.class.getResourceAsStream(name)) {
            if (style == null) {
                throw new IllegalStateException(name + " is not in the application: build it again");
            }
            return new String(style.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What allows exactly this style sheet in a Content-Security-Policy. */
    static String allowing(String style) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            return "style-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
