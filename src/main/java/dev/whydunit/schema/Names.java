package dev.whydunit.schema;

/** Names of Java as names of YAML and CEL. */
public final class Names {
    private Names() {}

    /** {@code retransmissionRatio} as {@code retransmission_ratio}; a trailing underscore, which keeps off a Java keyword, is dropped. */
    public static String snake(String camel) {
        int end = camel.endsWith("_") ? camel.length() - 1 : camel.length();
        StringBuilder snake = new StringBuilder(end + 4);
        for (int i = 0; i < end; i++) {
            char c = camel.charAt(i);
            if (Character.isUpperCase(c)) {
                if (i > 0) {
                    snake.append('_');
                }
                snake.append(Character.toLowerCase(c));
            } else {
                snake.append(c);
            }
        }
        return snake.toString();
    }

    /** {@code WRITE_AHEAD} as {@code write_ahead}. */
    public static String choice(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether it is an id: a lower-case letter, then lower-case letters, digits and underscores; at most 64. */
    public static boolean isId(String text) {
        if (text.isEmpty() || text.length() > 64 || !lower(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!lower(c) && !(c >= '0' && c <= '9') && c != '_') {
                return false;
            }
        }
        return true;
    }

    private static boolean lower(char c) {
        return c >= 'a' && c <= 'z';
    }
}
