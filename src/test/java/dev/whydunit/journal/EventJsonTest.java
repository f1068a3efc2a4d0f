package dev.whydunit.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.StepStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class EventJsonTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    static List<Event> events() {
        return JournalEvents.ofOneInvestigation("web_slowdown", NOON);
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventOfALaterVersionIsReadWithoutWhatIsNewInIt(Event event) {
        String later = EventJson.write(event)
                .replaceFirst("\\{", "{\"since\":{\"version\":[9]},")
                .replaceFirst("}$", ",\"more\":1}");
        assertThat(EventJson.read(later)).isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventOfAnEarlierVersionIsReadWithNothingForWhatItDidNotWrite(Event event) {
        @SuppressWarnings("unchecked")
        Map<String, Object> fields = JsonMapper.shared().readValue(EventJson.write(event), Map.class);
        for (String field : List.copyOf(fields.keySet())) {
            if (!List.of("type", "at", "status", "runbook", "trigger", "verdict", "anchor")
                    .contains(field)) {
                Object removed = fields.remove(field);
                Event read = EventJson.read(JsonMapper.shared().writeValueAsString(fields));
                assertThat(read.getClass()).isEqualTo(event.getClass());
                // No part of it is null: it can be compared, hashed and shown.
                assertThat(read.toString()).as(field).doesNotContain("=null");
                fields.put(field, removed);
            }
        }
    }

    @Test
    void whatIsLeftOutIsEmpty() {
        Event event = EventJson.read("""
                {"type": "step_ended", "at": "2026-01-02T12:00:00Z", "step": "wire", "status": "ENDED"}""");
        assertThat(event).isInstanceOfSatisfying(Event.StepEnded.class, ended -> {
            assertThat(ended.status()).isEqualTo(StepStatus.ENDED);
            assertThat(ended.caveats()).isEmpty();
            assertThat(ended.result()).isEmpty();
            assertThat(ended.query()).isEmpty();
            assertThat(ended.help()).isEmpty();
            assertThat(ended.seconds()).isZero();
        });
    }
}
