package dev.whydunit.report;

/** What a terminal may paint text with. Nothing is said by it alone. */
enum Colour {
    NONE(""),
    BOLD("1"),
    DIM("2"),
    GREEN("32"),
    YELLOW("33"),
    CYAN("36");

    private final String code;

    Colour(String code) {
        this.code = code;
    }

    /** The text between the escape sequences for this colour. */
    String of(String text) {
        return this == NONE || text.isBlank() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
