package dev.whydunit.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a record or one of its components means to the author of a runbook or a configuration. Shown in the editor, in
 * the documentation and in error messages.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT})
public @interface About {
    /** One sentence, without the name, ending in a full stop; units included. */
    String value();

    /** A value as an author would write it in YAML; empty where none helps. */
    String example() default "";
}
