package dev.whydunit.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import dev.whydunit.engine.Event;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events as JSON text: what the journal stores and exports. On reading, fields of later versions are ignored, and those that an earlier
 * version did not write are empty, zero or false.
 */
public final class EventJson {
    private static final JsonSetter.Value EMPTY = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addMixIn(Event.class, EventTypes.class)
            .changeDefaultPropertyInclusion(include -> include.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .withConfigOverride(List.class, list -> list.setNullHandling(EMPTY))
            .withConfigOverride(Map.class, map -> map.setNullHandling(EMPTY))
            .withConfigOverride(String.class, text -> text.setNullHandling(EMPTY))
            .build();

    private EventJson() {}

    /** One event, on one line. */
    public static String write(Event event) {
        return MAPPER.writerFor(Event.class).writeValueAsString(event);
    }

    /**
     * The event that {@link #write} wrote.
     *
     * @throws tools.jackson.core.JacksonException when the text is not an event
     */
    public static Event read(String json) {
        return MAPPER.readerFor(Event.class).readValue(json);
    }

    /** The name of an event's type in JSON. */
    static String type(Event event) {
        return switch (event) {
            case Event.Started started -> "started";
            case Event.StepChosen chosen -> "step_chosen";
            case Event.StepStarted started -> "step_started";
            case Event.StepEnded ended -> "step_ended";
            case Event.StepNotRun notRun -> "step_not_run";
            case Event.FindingRead read -> "finding_read";
            case Event.BeliefMoved moved -> "belief_moved";
            case Event.Approval approval -> "approval";
            case Event.ApprovalWithdrawn withdrawn -> "approval_withdrawn";
            case Event.Judged judged -> "judged";
            case Event.Resumed resumed -> "resumed";
            case Event.Noted noted -> "noted";
            case Event.RuledOut ruledOut -> "ruled_out";
            case Event.Confirmed confirmed -> "confirmed";
            case Event.Ended ended -> "ended";
        };
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Event.Started.class, name = "started"),
        @JsonSubTypes.Type(value = Event.StepChosen.class, name = "step_chosen"),
        @JsonSubTypes.Type(value = Event.StepStarted.class, name = "step_started"),
        @JsonSubTypes.Type(value = Event.StepEnded.class, name = "step_ended"),
        @JsonSubTypes.Type(value = Event.StepNotRun.class, name = "step_not_run"),
        @JsonSubTypes.Type(value = Event.FindingRead.class, name = "finding_read"),
        @JsonSubTypes.Type(value = Event.BeliefMoved.class, name = "belief_moved"),
        @JsonSubTypes.Type(value = Event.Approval.class, name = "approval"),
        @JsonSubTypes.Type(value = Event.ApprovalWithdrawn.class, name = "approval_withdrawn"),
        @JsonSubTypes.Type(value = Event.Judged.class, name = "judged"),
        @JsonSubTypes.Type(value = Event.Resumed.class, name = "resumed"),
        @JsonSubTypes.Type(value = Event.Noted.class, name = "noted"),
        @JsonSubTypes.Type(value = Event.RuledOut.class, name = "ruled_out"),
        @JsonSubTypes.Type(value = Event.Confirmed.class, name = "confirmed"),
        @JsonSubTypes.Type(value = Event.Ended.class, name = "ended")
    })
    private interface EventTypes {}
}
