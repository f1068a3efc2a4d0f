package dev.whydunit.source.prometheus;

import dev.whydunit.promql.Labels;
import dev.whydunit.promql.TimeSeries;
import dev.whydunit.source.metric.HttpFetch.Answer;
import dev.whydunit.source.metric.MetricFailure;
import dev.whydunit.source.metric.MetricFailure.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * An answer of {@code /api/v1/query} or {@code query_range}, read as a stream.
 *
 * @param caveats the server's warnings and infos
 */
record QueryResult(List<TimeSeries> series, List<String> caveats) {
    private static final int SERVERS_FAULT = 500;
    private static final int TOO_MUCH = 429;
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MOST_SERIES = 20_000;
    private static final int MOST_CAVEATS = 10;

    /** @throws MetricFailure when it is an error, or no answer of Prometheus' */
    static QueryResult read(String where, Answer answer) throws MetricFailure {
        Reader reader = new Reader(where);
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), answer.body())) {
            reader.read(json);
        } catch (JacksonException | IOException e) {
            if (answer.status() >= 400) {
                throw status(where, answer.status());
            }
            throw failed(where + " did not answer with Prometheus' JSON (status " + answer.status()
                    + (answer.contentType().isEmpty() ? "" : ", " + answer.contentType()) + "): "
                    + (e instanceof JacksonException j ? j.getOriginalMessage() : e.getMessage()));
        }
        return reader.result(answer.status());
    }

    private static MetricFailure failed(String message) {
        return new MetricFailure(Reason.FAILED, message, "check that the source's url is that of a Prometheus server");
    }

    private static MetricFailure status(String where, int status) {
        String message = where + " answered with status " + status;
        return status >= SERVERS_FAULT || status == TOO_MUCH
                ? new MetricFailure(
                        Reason.UNREACHABLE, message, "look at the server's health and log, or the proxy's before it")
                : failed(message);
    }

    private static final class Reader {
        private final String where;
        private final List<TimeSeries> series = new ArrayList<>();
        private final List<String> caveats = new ArrayList<>();
        private String status = "";
        private String errorType = "";
        private String error = "";
        private boolean hasResult;
        private boolean cut;
        private boolean histograms;

        Reader(String where) {
            this.where = where;
        }

        void read(JsonParser json) throws IOException {
            require(json.nextToken(), JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "status" -> status = text(json);
                    case "errorType" -> errorType = text(json);
                    case "error" -> error = text(json);
                    case "warnings", "infos" -> notes(json);
                    case "data" -> data(json);
                    default -> json.skipChildren();
                }
            }
            require(json.currentToken(), JsonToken.END_OBJECT);
        }

        QueryResult result(int httpStatus) throws MetricFailure {
            if (status.equals("error")) {
                throw error();
            }
            if (httpStatus != 200) {
                throw status(where, httpStatus);
            }
            if (!status.equals("success") || !hasResult) {
                throw failed(where + " did not answer with Prometheus' JSON: there is no "
                        + (hasResult ? "status" : "result") + " in it");
            }
            if (cut) {
                caveats.add("The query gives more than " + MOST_SERIES + " series: the rest is not read");
            }
            if (histograms) {
                caveats.add("Native histograms are not read: use histogram_quantile or histogram_avg");
            }
            return new QueryResult(List.copyOf(series), List.copyOf(caveats));
        }

        private MetricFailure error() {
            String message = where + ": " + errorType + ": " + error;
            return switch (errorType) {
                case "bad_data" -> new MetricFailure(Reason.FAILED, message, "correct the step's query");
                case "timeout", "canceled" ->
                    new MetricFailure(Reason.TIMED_OUT, message, "ask for a shorter window or fewer series");
                case "unavailable" -> new MetricFailure(Reason.UNREACHABLE, message, "ask again when it is ready");
                default -> new MetricFailure(Reason.FAILED, message, "");
            };
        }

        private void data(JsonParser json) throws IOException {
            require(json.currentToken(), JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("result")) {
                    result(json);
                } else {
                    json.skipChildren();
                }
            }
        }

        /** A list of series, or one pair of time and value: a scalar. */
        private void result(JsonParser json) throws IOException {
            require(json.currentToken(), JsonToken.START_ARRAY);
            hasResult = true;
            Points scalar = new Points();
            for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    series(json);
                } else if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT) {
                    scalar.pairFrom(json);
                    series.add(scalar.series(Labels.EMPTY));
                    return;
                } else {
                    throw new IOException("unexpected " + token + " in the result");
                }
            }
        }

        private void series(JsonParser json) throws IOException {
            Map<String, String> labels = new LinkedHashMap<>();
            Points points = new Points();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                JsonToken token = json.nextToken();
                switch (name) {
                    case "metric" -> {
                        require(token, JsonToken.START_OBJECT);
                        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                            String label = json.currentName();
                            json.nextToken();
                            labels.put(label, text(json));
                        }
                    }
                    case "value" -> {
                        require(token, JsonToken.START_ARRAY);
                        json.nextToken();
                        points.pairFrom(json);
                    }
                    case "values" -> {
                        require(token, JsonToken.START_ARRAY);
                        while (json.nextToken() == JsonToken.START_ARRAY) {
                            json.nextToken();
                            points.pairFrom(json);
                        }
                    }
                    default -> {
                        histograms |= name.startsWith("histogram");
                        json.skipChildren();
                    }
                }
            }
            if (points.size == 0) {
                return;
            }
            if (series.size() < MOST_SERIES) {
                series.add(points.series(Labels.of(labels)));
            } else {
                cut = true;
            }
        }

        private void notes(JsonParser json) throws IOException {
            if (json.currentToken() == JsonToken.VALUE_NULL) {
                return;
            }
            require(json.currentToken(), JsonToken.START_ARRAY);
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (caveats.size() < MOST_CAVEATS) {
                    caveats.add("Prometheus says: " + MetricFailure.oneLine(text(json)));
                }
            }
        }
    }

    /** Points of a series while they are read. */
    private static final class Points {
        private long[] millis = new long[16];
        private double[] values = new double[16];
        private int size;

        /** From the time of a pair to its end. */
        void pairFrom(JsonParser json) throws IOException {
            if (size == millis.length) {
                millis = Arrays.copyOf(millis, size * 2);
                values = Arrays.copyOf(values, size * 2);
            }
            millis[size] = Math.round(json.getDoubleValue() * 1000);
            require(json.nextToken(), JsonToken.VALUE_STRING);
            values[size++] = number(json.getString());
            require(json.nextToken(), JsonToken.END_ARRAY);
        }

        TimeSeries series(Labels labels) {
            return new TimeSeries(labels, Arrays.copyOf(millis, size), Arrays.copyOf(values, size));
        }
    }

    private static double number(String text) throws IOException {
        try {
            return switch (text) {
                case "+Inf" -> Double.POSITIVE_INFINITY;
                case "-Inf" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(text);
            };
        } catch (NumberFormatException e) {
            throw new IOException("a value is no number: " + text, e);
        }
    }

    private static String text(JsonParser json) throws IOException {
        require(json.currentToken(), JsonToken.VALUE_STRING);
        return json.getString();
    }

    private static void require(JsonToken found, JsonToken expected) throws IOException {
        if (found != expected) {
            throw new IOException("expected " + expected + ", found " + found);
        }
    }
}
