package dev.whydunit.expression;

/**
 * A name in quotes that an expression mentions.
 *
 * @param offset of it in the source
 * @param length in chars
 */
public record Mention(String name, int offset, int length) {}
