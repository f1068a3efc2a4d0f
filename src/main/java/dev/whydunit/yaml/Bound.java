package dev.whydunit.yaml;

/** What became of a node. */
sealed interface Bound {
    /** A value of the component's type. */
    record Value(Object value) implements Bound {}

    /** It will be known at run time. */
    record Later() implements Bound {}

    /** It is not what the component needs; the problem has been added. */
    record Wrong() implements Bound {}

    /** It will be known at run time. */
    Bound LATER = new Later();
    /** A problem has been added. */
    Bound WRONG = new Wrong();
}
