package dev.whydunit.source.elasticsearch;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.mapping.FieldType;
import co.elastic.clients.elasticsearch._types.query_dsl.FunctionBoostMode;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import dev.whydunit.source.log.LogQuestion;
import dev.whydunit.source.log.TimeWindow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the requests. Every one carries a time range, a size and a time limit, and fails rather than answer from some of the shards. */
final class Searches {
    static final String HISTOGRAM = "histogram";
    static final String FIRST = "first";
    static final String LAST = "last";
    static final String TOP = "top.";
    static final String VALUES = "values.";

    /** Any constant: the same index gives the same sample. */
    private static final String SEED = "20260131";

    private static final String TIME_FORMAT = "strict_date_optional_time_nanos";

    private final ElasticsearchSettings settings;
    private final String query;
    private final LogQuestion question;

    /** @param query the question's query in the index's field names */
    Searches(ElasticsearchSettings settings, LogQuestion question, String query) {
        this.settings = settings;
        this.question = question;
        this.query = query;
    }

    /**
     * Counts a window, with its histogram, its first and last event, and the most frequent values.
     *
     * @param countable by field, the name to count its values under
     */
    SearchRequest window(Map<String, String> countable) {
        Map<String, Aggregation> aggregations = times(question.window());
        countable.forEach((field, name) -> aggregations.put(
                TOP + field,
                Aggregation.of(a -> a.terms(terms -> terms.field(name).size(question.topValues())))));
        return base(question.window())
                .size(question.samples())
                .trackTotalHits(track -> track.enabled(true))
                .sort(sort -> sort.field(field -> field.field(settings.timeField())
                        .order(SortOrder.Desc)
                        .unmappedType(FieldType.Date)
                        .format(TIME_FORMAT)))
                .aggregations(aggregations)
                .build();
    }

    /**
     * Counts the baseline, and in it the values that were found in the window.
     *
     * @param top by field, the window's values
     */
    SearchRequest baseline(TimeWindow baseline, Map<String, String> countable, Map<String, List<FieldValue>> top) {
        Map<String, Aggregation> aggregations = times(baseline);
        countable.forEach((field, name) -> {
            Map<String, Query> one = new LinkedHashMap<>();
            int number = 0;
            for (FieldValue value : top.getOrDefault(field, List.of())) {
                one.put(
                        Integer.toString(number++),
                        Query.of(q -> q.term(term -> term.field(name).value(value))));
            }
            if (!one.isEmpty()) {
                aggregations.put(
                        VALUES + field, Aggregation.of(a -> a.filters(f -> f.filters(keyed -> keyed.keyed(one)))));
            }
        });
        return base(baseline)
                .size(0)
                .trackTotalHits(track -> track.enabled(true))
                .aggregations(aggregations)
                .build();
    }

    /** Message texts from all over a window: all of them when there are no more than asked for. */
    SearchRequest messages(TimeWindow window, long count) {
        SearchRequest.Builder request = base(window)
                .size(question.messages())
                .trackTotalHits(track -> track.enabled(false))
                .source(source -> source.filter(filter -> filter.includes(settings.messageField())));
        if (count > question.messages()) {
            Query matching = matching(window);
            request.query(all -> all.functionScore(score -> score.query(matching)
                    .boostMode(FunctionBoostMode.Replace)
                    .functions(
                            one -> one.randomScore(random -> random.seed(SEED).field("_seq_no")))));
        }
        return request.build();
    }

    /** Whether a window holds any event at all. */
    SearchRequest any(TimeWindow window) {
        return base(window)
                .query(range(window))
                .size(0)
                .terminateAfter(1L)
                .trackTotalHits(track -> track.count(1))
                .build();
    }

    private SearchRequest.Builder base(TimeWindow window) {
        return new SearchRequest.Builder()
                .index(List.of(settings.index().split(",")))
                .allowNoIndices(true)
                .allowPartialSearchResults(false)
                .timeout(settings.timeout().toMillis() + "ms")
                .query(matching(window));
    }

    private Query matching(TimeWindow window) {
        Query range = range(window);
        if (query.strip().equals("*") || query.strip().equals("*:*")) {
            return range;
        }
        return Query.of(q -> q.bool(bool -> bool.filter(range)
                .filter(filter ->
                        filter.queryString(text -> text.query(query).defaultField(settings.messageField())))));
    }

    private Query range(TimeWindow window) {
        return Query.of(q -> q.range(range -> range.date(date -> date.field(settings.timeField())
                .gte(window.from().toString())
                .lt(window.to().toString())
                .format(TIME_FORMAT))));
    }

    private Map<String, Aggregation> times(TimeWindow window) {
        long bucket = question.bucket().toMillis();
        long offset = Math.floorMod(window.from().toEpochMilli(), bucket);
        Map<String, Aggregation> aggregations = new LinkedHashMap<>();
        aggregations.put(
                HISTOGRAM,
                Aggregation.of(a -> a.dateHistogram(histogram -> histogram
                        .field(settings.timeField())
                        .fixedInterval(interval -> interval.time(bucket + "ms"))
                        .offset(by -> by.time(offset + "ms"))
                        .minDocCount(1))));
        aggregations.put(FIRST, Aggregation.of(a -> a.min(min -> min.field(settings.timeField()))));
        aggregations.put(LAST, Aggregation.of(a -> a.max(max -> max.field(settings.timeField()))));
        return aggregations;
    }
}
