package dev.whydunit.source.elasticsearch;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.json.JsonpUtils;
import dev.whydunit.source.Probed;
import dev.whydunit.source.log.LogAnswer;
import dev.whydunit.source.log.LogEvent;
import dev.whydunit.source.log.LogQuestion;
import dev.whydunit.source.log.LogSlice;
import dev.whydunit.source.log.LogSlice.ValueCount;
import dev.whydunit.source.log.LogSource;
import dev.whydunit.source.log.LogUnreadable;
import dev.whydunit.source.log.LogUnreadable.Reason;
import dev.whydunit.source.log.TimeWindow;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers from Elasticsearch: first what the index knows of the fields, then window and baseline, then their messages. */
@SuppressWarnings("rawtypes")
final class ElasticsearchLogSource implements LogSource, Probed, AutoCloseable {
    private final String name;
    private final ElasticsearchSettings settings;
    private final Connection connection;
    private final Answers answers;
    private final Map<String, String> names;

    ElasticsearchLogSource(String name, ElasticsearchSettings settings, Connection connection) {
        this.name = name;
        this.settings = settings;
        this.connection = connection;
        this.answers = new Answers(settings, new Faults(name, settings.url()));
        Map<String, String> all = new HashMap<>(settings.fields());
        all.putIfAbsent("@timestamp", settings.timeField());
        all.putIfAbsent("message", settings.messageField());
        this.names = Map.copyOf(all);
    }

    @Override
    public LogAnswer ask(LogQuestion question) throws LogUnreadable, InterruptedException {
        return new Asking(question).ask();
    }

    /** A curl command; the credentials are named, not given. */
    @Override
    public String rendered(LogQuestion question) {
        FieldNames.Renamed renamed = FieldNames.rename(question.query(), names);
        Map<String, String> countable = new LinkedHashMap<>();
        question.fields().forEach(field -> countable.put(field, names.getOrDefault(field, field)));
        SearchRequest request = new Searches(settings, question, renamed.query()).window(countable);
        String body = JsonpUtils.toJsonString(request, connection.mapper());
        String credentials = settings.apiKey().isPresent()
                ? " -H \"Authorization: ApiKey $ES_API_KEY\""
                : settings.user().isPresent() ? " -u " + quoted(settings.user().get()) : "";
        String ca = settings.ca().map(file -> " --cacert " + quoted(file)).orElse("");
        String url = settings.url().replaceAll("/+$", "") + "/" + settings.index()
                + "/_search?allow_partial_search_results=false";
        return "curl -sS" + ca + credentials + " -H 'Content-Type: application/json' " + quoted(url) + " -d "
                + quoted(body);
    }

    /** Asks what the index knows of its time: that needs no more rights than a step does. */
    @Override
    public Optional<String> trouble(Duration limit) throws InterruptedException {
        try {
            IndexFields index = new IndexFields(connection.call(
                    client -> client.fieldCaps(
                            caps -> caps.index(List.of(settings.index().split(",")))
                                    .allowNoIndices(true)
                                    .fields(settings.timeField())),
                    limit));
            return index.noIndex() ? Optional.of("no index matches " + settings.index()) : Optional.empty();
        } catch (LogUnreadable e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    /** One question on its way. */
    private final class Asking {
        private final LogQuestion question;
        private final FieldNames.Renamed renamed;
        private final Searches searches;
        private final long started = System.nanoTime();
        private final List<String> caveats = new ArrayList<>();

        Asking(LogQuestion question) {
            this.question = question;
            this.renamed = FieldNames.rename(question.query(), names);
            this.searches = new Searches(settings, question, renamed.query());
        }

        LogAnswer ask() throws LogUnreadable, InterruptedException {
            IndexFields index = fields();
            if (index.noIndex()) {
                return nothing("No index matches " + settings.index() + ".");
            }
            if (!index.has(settings.timeField())) {
                return nothing("No index of " + settings.index() + " has the field " + settings.timeField()
                        + " (setting time_field).");
            }
            Optional<String> type = index.notTime(settings.timeField());
            if (type.isPresent()) {
                throw new LogUnreadable(
                        Reason.FAILED,
                        "source " + name + ": the field " + settings.timeField() + " holds no times but is of type "
                                + type.get(),
                        "Set time_field to a field of type date.");
            }
            Map<String, String> countable = countable(index);
            SearchResponse<Map> window = search(searches.window(countable));
            long count = answers.count(window);
            Map<String, List<Answers.Top>> top = new LinkedHashMap<>();
            for (String field : question.fields()) {
                top.put(field, countable.containsKey(field) ? answers.top(window, field) : List.of());
            }
            LogSlice slice = slice(question.window(), window, count, values(top), answers.samples(window));
            Optional<LogSlice> baseline = question.baseline().isPresent()
                    ? Optional.of(baseline(question.baseline().get(), countable, top))
                    : Optional.empty();
            return new LogAnswer(slice, baseline, caveats);
        }

        private IndexFields fields() throws LogUnreadable, InterruptedException {
            Set<String> wanted = new LinkedHashSet<>(renamed.fields());
            wanted.add(settings.timeField());
            wanted.add(settings.messageField());
            question.fields().forEach(field -> {
                wanted.add(names.getOrDefault(field, field));
                wanted.add(names.getOrDefault(field, field) + ".keyword");
            });
            return new IndexFields(connection.call(
                    client -> client.fieldCaps(
                            caps -> caps.index(List.of(settings.index().split(",")))
                                    .allowNoIndices(true)
                                    .fields(List.copyOf(wanted))),
                    left()));
        }

        private Map<String, String> countable(IndexFields index) {
            for (String field : renamed.fields()) {
                // A prefix such as http.response, or http.*, may be asked for too: only plain names can be told to be
                // missing.
                if (field.indexOf('*') < 0 && !index.has(field)) {
                    caveats.add("The query names the field " + field + ", which no index of " + settings.index()
                            + " has: nothing can match it.");
                }
            }
            Map<String, String> countable = new LinkedHashMap<>();
            for (String field : question.fields()) {
                String its = names.getOrDefault(field, field);
                Optional<String> under = index.countable(its);
                under.ifPresent(found -> countable.put(field, found));
                if (under.isEmpty()) {
                    caveats.add(
                            index.has(its)
                                    ? "The values of " + its
                                            + " cannot be counted: it is text without a keyword sub-field."
                                    : "No index of " + settings.index() + " has the field " + its + ".");
                }
            }
            return countable;
        }

        private LogSlice baseline(
                TimeWindow baseline, Map<String, String> countable, Map<String, List<Answers.Top>> top)
                throws LogUnreadable, InterruptedException {
            Map<String, List<FieldValue>> wanted = new LinkedHashMap<>();
            top.forEach((field, values) ->
                    wanted.put(field, values.stream().map(Answers.Top::value).toList()));
            SearchResponse<Map> response = search(searches.baseline(baseline, countable, wanted));
            Map<String, List<ValueCount>> counts = new LinkedHashMap<>();
            for (Map.Entry<String, List<Answers.Top>> field : top.entrySet()) {
                List<Answers.Top> values = field.getValue();
                List<Long> found =
                        values.isEmpty() ? List.of() : answers.counts(response, field.getKey(), values.size());
                List<ValueCount> counted = new ArrayList<>();
                for (int i = 0; i < values.size(); i++) {
                    counted.add(new ValueCount(values.get(i).text(), found.get(i)));
                }
                counts.put(field.getKey(), counted);
            }
            return slice(baseline, response, answers.count(response), counts, List.of());
        }

        private LogSlice slice(
                TimeWindow window,
                SearchResponse<Map> response,
                long count,
                Map<String, List<ValueCount>> values,
                List<LogEvent> samples)
                throws LogUnreadable, InterruptedException {
            boolean any = count > 0 || answers.count(search(searches.any(window))) > 0;
            List<String> messages = count == 0 || question.messages() == 0
                    ? List.of()
                    : answers.messages(search(searches.messages(window, count)));
            return new LogSlice(
                    any,
                    count,
                    count == 0 ? Optional.empty() : Optional.of(answers.time(response, Searches.FIRST, window)),
                    count == 0 ? Optional.empty() : Optional.of(answers.time(response, Searches.LAST, window)),
                    answers.histogram(response, window, question.bucket()),
                    values,
                    samples,
                    messages);
        }

        private Map<String, List<ValueCount>> values(Map<String, List<Answers.Top>> top) {
            Map<String, List<ValueCount>> values = new LinkedHashMap<>();
            top.forEach((field, found) -> values.put(
                    field,
                    found.stream()
                            .map(value -> new ValueCount(value.text(), value.count()))
                            .toList()));
            return values;
        }

        private SearchResponse<Map> search(SearchRequest request) throws LogUnreadable, InterruptedException {
            return connection.call(client -> client.search(request, Map.class), left());
        }

        private Duration left() {
            return question.limit().minusNanos(System.nanoTime() - started);
        }

        /** The answer of a log that holds nothing. */
        private LogAnswer nothing(String caveat) {
            LogSlice none = empty(question.window());
            return new LogAnswer(none, question.baseline().map(this::empty), List.of(caveat));
        }

        private LogSlice empty(TimeWindow window) {
            List<LogSlice.Bucket> buckets = new ArrayList<>();
            Duration bucket = question.bucket();
            for (var at = window.from(); at.isBefore(window.to()); at = at.plus(bucket)) {
                buckets.add(new LogSlice.Bucket(at, 0));
            }
            Map<String, List<ValueCount>> top = new LinkedHashMap<>();
            question.fields().forEach(field -> top.put(field, List.of()));
            return new LogSlice(false, 0, Optional.empty(), Optional.empty(), buckets, top, List.of(), List.of());
        }
    }
}
