package dev.whydunit.source.files;

import dev.whydunit.source.log.LogEvent;
import dev.whydunit.source.log.LogQuestion;
import dev.whydunit.source.log.LogSlice;
import dev.whydunit.source.log.LogSlice.Bucket;
import dev.whydunit.source.log.LogSlice.ValueCount;
import dev.whydunit.source.log.TimeWindow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/** Adds up the events of one window, in bounded memory. Not thread-safe. */
final class SliceCollector {
    private static final int DISTINCT_LIMIT = 10_000;

    /** Any constant: the same files give the same sample. */
    private static final long SEED = 20_260_131;

    private final LogQuestion question;
    private final long from;
    private final long to;
    private final long bucket;
    private final long[] histogram;
    private final Map<String, Map<String, long[]>> values = new LinkedHashMap<>();
    private final Set<String> crowded = new HashSet<>();
    private final PriorityQueue<FileEvent> newest = new PriorityQueue<>(Comparator.comparingLong(FileEvent::nanos));
    private final List<String> messages = new ArrayList<>();
    private final Random random = new Random(SEED);
    private final int samples;

    private boolean any;
    private long count;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    SliceCollector(LogQuestion question, TimeWindow window, int samples) {
        this.question = question;
        this.from = TimeReader.nanos(window.from());
        this.to = TimeReader.nanos(window.to());
        this.bucket = question.bucket().toNanos();
        this.histogram = new long[(int) Math.ceilDiv(to - from, bucket)];
        this.samples = samples;
        question.fields().forEach(field -> values.put(field, new HashMap<>()));
    }

    boolean contains(long nanos) {
        return nanos >= from && nanos < to;
    }

    /** Fields of which there were more different values than are counted. */
    Set<String> crowded() {
        return crowded;
    }

    /** Notes that the log holds an event of this window. */
    void saw() {
        any = true;
    }

    /** Takes a matching event of this window. */
    void take(FileEvent event) {
        count++;
        first = Math.min(first, event.nanos());
        last = Math.max(last, event.nanos());
        histogram[(int) ((event.nanos() - from) / bucket)]++;
        values.forEach((field, counts) -> {
            for (Object value : new HashSet<>(event.values(field))) {
                String text = LogEvent.cut(text(value), LogEvent.FIELD_LIMIT);
                if (counts.size() < DISTINCT_LIMIT || counts.containsKey(text)) {
                    counts.computeIfAbsent(text, _ -> new long[1])[0]++;
                } else {
                    crowded.add(field);
                }
            }
        });
        if (samples > 0) {
            newest.add(event);
            if (newest.size() > samples) {
                newest.poll();
            }
        }
        sample(event);
    }

    /** Each message has the same chance to stay (Vitter's algorithm R). */
    private void sample(FileEvent event) {
        if (messages.size() < question.messages()) {
            messages.add(LogEvent.cut(event.message(), LogEvent.MESSAGE_LIMIT));
        } else if (question.messages() > 0) {
            long place = random.nextLong(count);
            if (place < messages.size()) {
                messages.set((int) place, LogEvent.cut(event.message(), LogEvent.MESSAGE_LIMIT));
            }
        }
    }

    private static String text(Object value) {
        return value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString(number.longValue())
                : value.toString();
    }

    /** The most frequent values of each field. */
    Map<String, List<ValueCount>> top() {
        Map<String, List<ValueCount>> top = new LinkedHashMap<>();
        values.forEach((field, counts) -> top.put(
                field,
                counts.entrySet().stream()
                        .map(entry -> new ValueCount(entry.getKey(), entry.getValue()[0]))
                        .sorted(Comparator.comparingLong(ValueCount::count)
                                .reversed()
                                .thenComparing(ValueCount::value))
                        .limit(question.topValues())
                        .toList()));
        return top;
    }

    /** How often the same values occur here, 0 for those that do not. */
    Map<String, List<ValueCount>> countsOf(Map<String, List<ValueCount>> others) {
        Map<String, List<ValueCount>> counts = new LinkedHashMap<>();
        others.forEach((field, wanted) -> counts.put(
                field,
                wanted.stream()
                        .map(value -> new ValueCount(
                                value.value(),
                                values.getOrDefault(field, Map.of()).getOrDefault(value.value(), new long[1])[0]))
                        .toList()));
        return counts;
    }

    LogSlice slice(Map<String, List<ValueCount>> top) {
        List<Bucket> buckets = new ArrayList<>();
        for (int i = 0; i < histogram.length; i++) {
            buckets.add(new Bucket(TimeReader.instant(from + i * bucket), histogram[i]));
        }
        return new LogSlice(
                any,
                count,
                count == 0 ? Optional.empty() : Optional.of(TimeReader.instant(first)),
                count == 0 ? Optional.empty() : Optional.of(TimeReader.instant(last)),
                buckets,
                top,
                newest.stream()
                        .sorted(Comparator.comparingLong(FileEvent::nanos).reversed())
                        .map(FileEvent::shown)
                        .toList(),
                messages);
    }
}
