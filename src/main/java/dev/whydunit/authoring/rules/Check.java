package dev.whydunit.authoring.rules;

/** Looks for the problems of one or several rules that belong together. Stateless. */
interface Check {
    void look(Subject subject, Remarks remarks);
}
