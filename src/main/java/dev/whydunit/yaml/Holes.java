package dev.whydunit.yaml;

import dev.whydunit.expression.EvaluationFailure;
import dev.whydunit.expression.Sink;
import java.lang.reflect.Type;
import java.util.Optional;

/** What becomes of a text that holds expressions while a record is bound. */
public interface Holes {
    /** Texts are taken as they are. */
    Holes NONE = new Holes() {
        @Override
        public boolean isIn(YamlNode.Scalar scalar) {
            return false;
        }

        @Override
        public Optional<Object> fill(YamlNode.Scalar scalar, Type type, Sink sink, Problems problems) {
            throw new IllegalStateException("there are no holes");
        }
    };

    /** Whether the text holds an expression. */
    boolean isIn(YamlNode.Scalar scalar);

    /**
     * The value in place of the text.
     *
     * @param type of the component or element: what {@link Binder} can make of the value, or of its text
     * @return empty when it is not known yet: the text was only checked
     * @throws EvaluationFailure when an expression has no value
     */
    Optional<Object> fill(YamlNode.Scalar scalar, Type type, Sink sink, Problems problems) throws EvaluationFailure;
}
