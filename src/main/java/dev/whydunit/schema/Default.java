package dev.whydunit.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value that a component takes when the author leaves it out, as YAML text ({@code "10s"}, {@code "true"},
 * {@code "[]"}). A component without it that is not an {@link java.util.Optional}, a list or a map is required.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
    /** YAML text of the value. */
    String value();
}
