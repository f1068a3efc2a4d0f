package dev.whydunit.source.elasticsearch;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.DateHistogramBucket;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import dev.whydunit.source.log.LogEvent;
import dev.whydunit.source.log.LogSlice.Bucket;
import dev.whydunit.source.log.LogUnreadable;
import dev.whydunit.source.log.TimeWindow;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads what the server answered; what lacks a part is a fault, never a zero. */
@SuppressWarnings("rawtypes")
record Answers(ElasticsearchSettings settings, Faults faults) {
    /** A value of a field, in the index's type and as text. */
    record Top(FieldValue value, String text, long count) {}

    /** @throws LogUnreadable when the answer is partial or lacks the count */
    long count(SearchResponse<Map> response) throws LogUnreadable {
        if (response.timedOut()) {
            throw new LogUnreadable(
                    LogUnreadable.Reason.TIMED_OUT,
                    "source " + faults.source() + " (" + faults.url() + ") gave up within its time limit of "
                            + settings.timeout().toSeconds() + " s",
                    "Ask about less time, or raise the source's timeout.");
        }
        if (response.shards().failed().intValue() > 0) {
            throw faults.lacking("some of its shards (" + response.shards().failed() + " of "
                    + response.shards().total() + " failed)");
        }
        var total = response.hits().total();
        if (total == null) {
            throw faults.lacking("a count");
        }
        return total.value();
    }

    List<Bucket> histogram(SearchResponse<Map> response, TimeWindow window, Duration bucket) throws LogUnreadable {
        Aggregate aggregate = aggregate(response, Searches.HISTOGRAM);
        if (!aggregate.isDateHistogram()) {
            throw faults.lacking("a histogram");
        }
        long from = window.from().toEpochMilli();
        long[] counts = new long[(int) Math.ceilDiv(window.length().toMillis(), bucket.toMillis())];
        for (DateHistogramBucket one : aggregate.dateHistogram().buckets().array()) {
            long index = Math.floorDiv(one.key() - from, bucket.toMillis());
            if (index < 0 || index >= counts.length) {
                throw faults.lacking("a histogram of the time asked for");
            }
            counts[(int) index] += one.docCount();
        }
        List<Bucket> buckets = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            buckets.add(new Bucket(window.from().plus(bucket.multipliedBy(i)), counts[i]));
        }
        return buckets;
    }

    /** The time of the window's first or last event; only to be asked for when there is one. */
    Instant time(SearchResponse<Map> response, String aggregation, TimeWindow window) throws LogUnreadable {
        Aggregate aggregate = aggregate(response, aggregation);
        double millis = aggregate.isMin()
                ? aggregate.min().value()
                : aggregate.isMax() ? aggregate.max().value() : Double.NaN;
        Instant time = Instant.ofEpochMilli((long) millis);
        if (!Double.isFinite(millis) || !window.contains(time)) {
            throw faults.lacking("the time of its " + aggregation + " event");
        }
        return time;
    }

    List<Top> top(SearchResponse<Map> response, String field) throws LogUnreadable {
        Aggregate aggregate = aggregate(response, Searches.TOP + field);
        if (aggregate.isSterms()) {
            return aggregate.sterms().buckets().array().stream()
                    .map(bucket -> new Top(bucket.key(), text(bucket.key()), bucket.docCount()))
                    .toList();
        }
        if (aggregate.isLterms()) {
            return aggregate.lterms().buckets().array().stream()
                    .map(bucket -> {
                        Optional<String> text = Optional.ofNullable(bucket.keyAsString());
                        FieldValue value = text.map(FieldValue::of).orElseGet(() -> FieldValue.of(bucket.key()));
                        return new Top(value, text.orElseGet(() -> Long.toString(bucket.key())), bucket.docCount());
                    })
                    .toList();
        }
        if (aggregate.isDterms()) {
            return aggregate.dterms().buckets().array().stream()
                    .map(bucket -> new Top(FieldValue.of(bucket.key()), number(bucket.key()), bucket.docCount()))
                    .toList();
        }
        if (aggregate.isUmterms()) {
            return List.of();
        }
        throw faults.lacking("the values of " + field);
    }

    /** How often each of the values occurs, in their order. */
    List<Long> counts(SearchResponse<Map> response, String field, int values) throws LogUnreadable {
        Aggregate aggregate = aggregate(response, Searches.VALUES + field);
        if (!aggregate.isFilters()) {
            throw faults.lacking("the values of " + field);
        }
        var buckets = aggregate.filters().buckets().keyed();
        List<Long> counts = new ArrayList<>();
        for (int i = 0; i < values; i++) {
            var bucket = buckets.get(Integer.toString(i));
            if (bucket == null) {
                throw faults.lacking("all values of " + field);
            }
            counts.add(bucket.docCount());
        }
        return counts;
    }

    /** The events in the order of the answer. */
    List<LogEvent> samples(SearchResponse<Map> response) throws LogUnreadable {
        List<LogEvent> events = new ArrayList<>();
        for (Hit<Map> hit : response.hits().hits()) {
            Map<String, Object> fields = flat(hit);
            Instant at;
            try {
                at = Instant.parse(
                        hit.sort().isEmpty() ? "" : hit.sort().getFirst().stringValue());
            } catch (DateTimeException | IllegalStateException _) {
                throw faults.lacking("the time of an event");
            }
            String message = text(fields.getOrDefault(settings.messageField(), ""));
            Map<String, String> texts = new LinkedHashMap<>();
            fields.forEach((name, value) -> {
                if (!name.equals(settings.messageField()) && !name.equals(settings.timeField())) {
                    texts.put(name, text(value));
                }
            });
            events.add(new LogEvent(at, message, texts));
        }
        return events;
    }

    List<String> messages(SearchResponse<Map> response) {
        return response.hits().hits().stream()
                .map(hit ->
                        LogEvent.cut(text(flat(hit).getOrDefault(settings.messageField(), "")), LogEvent.MESSAGE_LIMIT))
                .toList();
    }

    private Aggregate aggregate(SearchResponse<Map> response, String name) throws LogUnreadable {
        Aggregate aggregate = response.aggregations().get(name);
        if (aggregate == null) {
            throw faults.lacking("the aggregation " + name);
        }
        return aggregate;
    }

    /** The document's fields, nested names joined with dots. */
    private static Map<String, Object> flat(Hit<Map> hit) {
        Map<String, Object> flat = new LinkedHashMap<>();
        if (hit.source() != null) {
            flatten("", hit.source(), flat, 0);
        }
        return flat;
    }

    private static void flatten(String prefix, Map<?, ?> from, Map<String, Object> into, int depth) {
        from.forEach((key, value) -> {
            String name = prefix + key;
            if (value instanceof Map<?, ?> below && depth < 50) {
                flatten(name + ".", below, into, depth + 1);
            } else if (value != null) {
                into.put(name, value);
            }
        });
    }

    private static String text(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(Answers::text).collect(Collectors.joining(", "))
                : String.valueOf(value);
    }

    private static String text(FieldValue value) {
        return value.isString() ? value.stringValue() : value._toJsonString();
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
