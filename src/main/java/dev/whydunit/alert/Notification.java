package dev.whydunit.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What one delivery of a monitoring system says.
 *
 * @param alerts those that were read, in its order; empty when it tells of something else, such as that somebody acknowledged
 * @param notes what the sender left out or what was passed over, for the log
 * @param refused those of its alerts that could not be read, beside others that could
 */
public record Notification(List<Item> alerts, List<String> notes, List<Unread> refused) {
    /** The most of its alerts that could not be read that are listed anywhere. */
    private static final int MOST_LISTED = 20;

    /** Keeps its own copies. */
    public Notification {
        alerts = List.copyOf(alerts);
        notes = List.copyOf(notes);
        refused = List.copyOf(refused);
    }

    /** All of whose alerts were read. */
    public Notification(List<Item> alerts, List<String> notes) {
        this(alerts, notes, List.of());
    }

    /**
     * Reads the alerts of a list one by one, so that one that cannot be read keeps no other out: senders do not repeat what was refused.
     *
     * @throws UnreadableAlert when there are some and none of them can be read; the first one's
     */
    public static <T> Notification ofEach(Iterable<? extends T> alerts, List<String> notes, Reading<T> reading)
            throws UnreadableAlert {
        List<Item> read = new ArrayList<>();
        List<Unread> refused = new ArrayList<>();
        UnreadableAlert first = null;
        int index = 0;
        for (T alert : alerts) {
            try {
                read.add(reading.read(alert, "alerts[" + index + "]"));
            } catch (UnreadableAlert e) {
                first = first == null ? e : first;
                refused.add(new Unread(index, e.withoutContent()));
            }
            index++;
        }
        if (first != null && read.isEmpty()) {
            throw first;
        }
        List<String> all = new ArrayList<>(notes);
        if (refused.size() > MOST_LISTED) {
            all.add(refused.size() + " alerts could not be read; the first " + MOST_LISTED + " are listed");
        }
        return new Notification(read, all, refused);
    }

    /** Those of its alerts that could not be read, as answers list them: the first {@value #MOST_LISTED}, and why. */
    public List<Map<String, Object>> listedRefused() {
        return refused.stream()
                .limit(MOST_LISTED)
                .map(one -> Map.<String, Object>of("alert", one.alert(), "error", one.why()))
                .toList();
    }

    /** Reads one of a list's alerts. */
    @FunctionalInterface
    public interface Reading<T> {
        /** @param at the alert's place in the payload, for messages */
        Item read(T alert, String at) throws UnreadableAlert;
    }

    /**
     * An alert that could not be read.
     *
     * @param alert its place in the delivery, from 0
     * @param why in one short line that holds nothing of what the alert says
     */
    public record Unread(int alert, String why) {}

    /**
     * An alert in a delivery.
     *
     * @param event the same for every delivery of the same news, and for no other: what has it was seen before
     * @param told whether the sender's own words make it so, such as an id or a time. Where they do not, what has the same event may be sent
     *     again later and mean that it begins or ends once more.
     */
    public record Item(String event, Alert alert, boolean told) {
        /** Of a sender whose own words tell one piece of news from every other. */
        public Item(String event, Alert alert) {
            this(event, alert, true);
        }
    }
}
