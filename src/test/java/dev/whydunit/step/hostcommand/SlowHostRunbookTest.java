package dev.whydunit.step.hostcommand;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Seen;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.engine.StepContext;
import dev.whydunit.engine.StepKind;
import dev.whydunit.runbook.KindSignature;
import dev.whydunit.runbook.Runbook;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The runbook slow_host against what machines print: healthy ones, ill ones, and such as tell nothing. */
class SlowHostRunbookTest {
    private static final Map<String, String> HEALTHY = Map.ofEntries(
            Map.entry("cpu_pressure", "some avg10=0.50 avg60=0.40 avg300=0.10 total=1"),
            Map.entry("memory_pressure", "some avg10=0.00 avg60=0.00 avg300=0.00 total=1"),
            Map.entry("io_pressure", "some avg10=0.10 avg60=0.10 avg300=0.00 total=1"),
            Map.entry("processors", "cpus=2\nbusy=7\nstolen=0\ninterrupts=0\nrunnable=0\nthrottled=0"),
            Map.entry("processes", processes(3, 10, 0)),
            Map.entry("memory", "available_percent=60\navailable_mib=4000\nswap_used_percent=0"),
            Map.entry("reclaim", "swapped=0\nstalls=0\nfaults=1"),
            Map.entry("disks", "device iops mib_per_s await_ms util in_flight\nvda 4 0 1 1 0"),
            Map.entry("space", "use inodes free_mib mount\n40 10 20000 /"),
            Map.entry("open_files", "system_percent=1\nprocess_percent=3\npid=7\nname=init"),
            Map.entry(
                    "sockets",
                    "sent=900\nsent_again=1\ndropped_connections=0\nconnections=50\ntime_wait=20\nports=28232\ntracked_percent=1"),
            Map.entry("accept_queues", "full=0\nwhere="),
            Map.entry("interfaces", "lost=0"),
            Map.entry("look_up", "hundredths=1\ncode=0"),
            Map.entry("look_back", "hundredths=1\nserver=10.0.0.2"),
            Map.entry("clock", "jump_hundredths=0\nsource=tsc"),
            Map.entry("synchronised", "NTPSynchronized=yes"),
            Map.entry("heat", "throttled=0"),
            Map.entry(
                    "kernel_log",
                    "oom=0\nlast_oom=\nhung=0\nio=0\nlast_io=\nbroken=0\nlast_broken=\ntracking=0\nflooding=0"));

    @Test
    void everyStepHasAHealthyAnswerHere() {
        Runbook runbook = RunbookRun.read("slow_host.yaml", new Canned(Map.of()));

        assertThat(HEALTHY.keySet()).isEqualTo(runbook.steps().keySet());
    }

    @Test
    void onAHealthyMachineTheSymptomIsAbsent() {
        RunbookRun run = run(Map.of());

        assertThat(run.verdict().status()).isEqualTo("symptom_absent");
        assertThat(run.all(Event.FindingRead.class))
                .noneMatch(read -> read.outcome().equals("unknown"));
    }

    @Test
    void aMachineThatTellsNothingIsInconclusive() {
        Map<String, String> nothing = new HashMap<>();
        HEALTHY.keySet().forEach(step -> nothing.put(step, ""));

        assertThat(run(nothing).verdict().status()).isEqualTo("inconclusive");
    }

    @Test
    void aLoopInOneProcessIsFound() {
        assertThat(run(Map.of(
                                "cpu_pressure", "some avg10=71.00 avg60=60.00 avg300=10.00 total=1",
                                "processors", "cpus=2\nbusy=100\nstolen=0\ninterrupts=1\nrunnable=6\nthrottled=0",
                                "processes", processes(93, 10, 2)))
                        .verdict()
                        .path())
                .containsExactly("cpu", "one_process");
    }

    @Test
    void manyBusyProcessesAreFound() {
        assertThat(run(Map.of(
                                "cpu_pressure", "some avg10=90.00 avg60=60.00 avg300=10.00 total=1",
                                "processors", "cpus=2\nbusy=100\nstolen=0\ninterrupts=1\nrunnable=30\nthrottled=0",
                                "processes", processes(8, 10, 25)))
                        .verdict()
                        .path())
                .containsExactly("cpu", "many_processes");
    }

    @Test
    void aCrowdedHypervisorIsFound() {
        assertThat(run(Map.of(
                                "cpu_pressure", "some avg10=60.00 avg60=60.00 avg300=10.00 total=1",
                                "processors", "cpus=2\nbusy=99\nstolen=45\ninterrupts=1\nrunnable=4\nthrottled=0"))
                        .verdict()
                        .path())
                .containsExactly("cpu", "stolen");
    }

    @Test
    void aLeakIsFound() {
        assertThat(run(Map.of(
                                "memory_pressure", "some avg10=45.00 avg60=30.00 avg300=9.00 total=1",
                                "io_pressure", "some avg10=35.00 avg60=30.00 avg300=9.00 total=1",
                                "memory", "available_percent=2\navailable_mib=90\nswap_used_percent=99",
                                "reclaim", "swapped=5000\nstalls=90\nfaults=900",
                                "processes", processes(5, 78, 0)))
                        .verdict()
                        .path())
                .containsExactly("memory", "one_hog");
    }

    @Test
    void aFullFileSystemIsFound() {
        assertThat(run(Map.of("space", "use inodes free_mib mount\n100 12 0 /var\n40 10 20000 /"))
                        .verdict()
                        .path())
                .containsExactly("space", "no_bytes");
    }

    @Test
    void aFileSystemWithoutInodesIsFound() {
        assertThat(run(Map.of("space", "use inodes free_mib mount\n50 100 9000 /var"))
                        .verdict()
                        .path())
                .containsExactly("space", "no_inodes");
    }

    @Test
    void aBackupThatTakesTheDeviceIsFound() {
        assertThat(run(Map.of(
                                "io_pressure", "some avg10=80.00 avg60=70.00 avg300=30.00 total=1",
                                "disks", "device iops mib_per_s await_ms util in_flight\nvda 3000 180 140 100 60"))
                        .verdict()
                        .path())
                .containsExactly("disk", "busy_device");
    }

    @Test
    void aDyingDeviceIsFound() {
        assertThat(run(Map.of(
                                "io_pressure", "some avg10=80.00 avg60=70.00 avg300=30.00 total=1",
                                "disks", "device iops mib_per_s await_ms util in_flight\nvda 4 0 900 100 3"))
                        .verdict()
                        .path())
                .startsWith("disk")
                .doesNotContain("busy_device");
    }

    @Test
    void aSilentNameServerIsFound() {
        assertThat(run(Map.of("look_up", "hundredths=401\ncode=124", "look_back", "hundredths=400\nserver=10.0.0.2"))
                        .verdict()
                        .path())
                .containsExactly("names");
    }

    @Test
    void aProcessWithoutOpenFilesLeftIsFound() {
        assertThat(run(Map.of("open_files", "system_percent=1\nprocess_percent=100\npid=7\nname=shop"))
                        .verdict()
                        .path())
                .containsExactly("descriptors");
    }

    private static String processes(int cpuPercent, int memoryPercent, int running) {
        return """
                count=120
                zombies=0
                stuck=0
                stuck_names=
                cpus=2
                running=%d
                table_percent=1
                cpu_percent=%d
                cpu_pid=10
                cpu_name=a (b) c
                memory_percent=%d
                memory_pid=11
                memory_name=java
                memory_of_all_percent=35""".formatted(running, cpuPercent, memoryPercent);
    }

    private static RunbookRun run(Map<String, String> different) {
        Canned kind = new Canned(different);
        return RunbookRun.of(
                RunbookRun.read("slow_host.yaml", kind),
                kind,
                Map.of(),
                Path.of("").toAbsolutePath());
    }

    /** Parses as host_command does what a machine would have printed. */
    private record Canned(Map<String, String> different) implements StepKind<HostCommandParameters> {
        @Override
        public KindSignature signature() {
            return new HostCommandKind().signature();
        }

        @Override
        public String rendered(HostCommandParameters parameters) {
            return "";
        }

        @Override
        public Observation observe(HostCommandParameters parameters, StepContext context) throws Exception {
            String text = different.getOrDefault(context.step(), HEALTHY.getOrDefault(context.step(), ""));
            if (text.isEmpty()) {
                return new Unseen(Cause.FAILED, "nothing to see", "");
            }
            List<String> lines = text.lines().toList();
            ParsedOutput parsed =
                    OutputParser.named(parameters.parse().orElseThrow()).parse(text, lines);
            return Seen.of(
                    new HostCommandResult(0, text, "", lines, parsed.fields(), parsed.rows(), Optional.empty(), 0.1));
        }
    }
}
