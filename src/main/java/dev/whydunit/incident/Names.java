package dev.whydunit.incident;

import java.util.AbstractSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.TreeSet;

/** Names in order. Immutable, so that an incident and what becomes of it share them: whether they are the same object tells whether any came in. */
final class Names extends AbstractSet<String> {
    private final TreeSet<String> sorted;

    private Names(Collection<String> values) {
        this.sorted = new TreeSet<>(values);
    }

    static Names of(Collection<String> values) {
        return values instanceof Names names ? names : new Names(values);
    }

    @Override
    public boolean contains(Object name) {
        return sorted.contains(name);
    }

    @Override
    public Iterator<String> iterator() {
        return Collections.unmodifiableSet(sorted).iterator();
    }

    @Override
    public int size() {
        return sorted.size();
    }
}
