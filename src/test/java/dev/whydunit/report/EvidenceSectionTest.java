package dev.whydunit.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EvidenceSectionTest {
    @Test
    void evidenceIsSortedByWhatItSaysOfTheVerdict() {
        assertThat(EvidenceSection.of(SampleSummary.concluded()))
                .extracting(EvidenceSection::heading)
                .containsExactly("The symptom", "Evidence for", "About other causes");
        assertThat(EvidenceSection.of(SampleSummary.hostile()))
                .extracting(EvidenceSection::heading)
                .containsExactly("The symptom", "Evidence for", "Evidence against", "About other causes", "Also seen");
        assertThat(EvidenceSection.of(SampleSummary.inconclusive()))
                .extracting(EvidenceSection::heading)
                .containsExactly("The symptom", "Evidence");
    }

    @Test
    void whatSpeaksForAChildSpeaksForTheBranch() {
        EvidenceSection pro = EvidenceSection.of(SampleSummary.narrowed(true)).get(1);
        EvidenceSection contra =
                EvidenceSection.of(SampleSummary.narrowed(true)).get(2);

        assertThat(pro.groups())
                .extracting(group -> group.findings().getFirst().id())
                .containsExactly("slow_statements.new_slow_pattern", "plan.reads_much");
        assertThat(contra.groups())
                .extracting(group -> group.findings().getFirst().id())
                .containsExactly("sessions.waiting_for_locks");
    }

    @Test
    void findingsOfOneObservationShareItsQuery() {
        EvidenceSection others = EvidenceSection.of(SampleSummary.concluded()).getLast();

        assertThat(others.groups())
                .filteredOn(group -> group.findings().size() == 2)
                .singleElement()
                .satisfies(group -> assertThat(group.step())
                        .hasValueSatisfying(step -> assertThat(step.query()).startsWith("tcpdump")));
    }

    @Test
    void evidenceOfAHostHasTheQueryOfThatHost() {
        Summary summary = SampleSummary.onHosts();

        assertThat(EvidenceSection.of(summary).getFirst().groups())
                .extracting(group -> group.step().orElseThrow().query())
                .containsExactlyInAnyOrder("ssh web1 uptime", "ssh web2 uptime");
    }
}
