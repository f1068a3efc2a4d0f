package dev.whydunit.step.hostcommand;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.step.TestStepContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandPolicyTest {
    private static final CommandPolicy DENY = new CommandPolicy(List.of(), List.of("rm", "dd", "mkfs"));

    @Test
    void aDeniedProgramIsDeniedByAnyPathAndThroughAnyWrapper() {
        assertThat(DENY.refuses(argv("rm", "x"))).contains("the policy denies the program rm");
        assertThat(DENY.refuses(argv("/bin/rm", "x"))).isPresent();
        assertThat(DENY.refuses(argv("mkfs.ext4", "x"))).isPresent();
        assertThat(DENY.refuses(argv("sudo", "-n", "/bin/rm", "x"))).isPresent();
        assertThat(DENY.refuses(argv("sh", "-c", "true;rm x"))).isPresent();
        assertThat(DENY.refuses(argv("find", ".", "-exec", "rm", "{}", ";"))).isPresent();
        assertThat(DENY.refuses(argv("/usr/bin/python3.11", "-c", "os.system('rm x')")))
                .isPresent();
        assertThat(DENY.refuses(argv("tar", "cf", "x", "--checkpoint-action=exec=rm x")))
                .isPresent();
        assertThat(DENY.refuses(argv("awk", "BEGIN { system(\"rm x\") }"))).isPresent();
        assertThat(DENY.refuses(argv("ip", "netns", "exec", "lab", "rm", "x"))).isPresent();
        assertThat(DENY.refuses(script("a=$(dd if=/dev/zero)"))).isPresent();
    }

    @Test
    void aDeniedNameAsAnOrdinaryArgumentIsNotDenied() {
        assertThat(DENY.refuses(argv("ls", "rm"))).isEmpty();
        assertThat(DENY.refuses(argv("rmdir", "x"))).isEmpty();
        assertThat(DENY.refuses(script("echo farm add"))).isEmpty();
    }

    @Test
    void withAnAllowListNothingElseRuns() {
        CommandPolicy allow = new CommandPolicy(List.of("cat"), List.of());

        assertThat(allow.refuses(argv("cat", "x"))).isEmpty();
        assertThat(allow.refuses(argv("ls"))).contains("the policy does not allow the program ls");
        assertThat(allow.refuses(script("cat x"))).contains("the policy does not allow the program sh");
    }

    @Test
    void aDeniedCommandIsNotRun(@TempDir Path folder) throws Exception {
        Observation observation = new HostCommandKind(new CommandPolicy(List.of(), List.of("touch")))
                .observe(argv("touch", "canary"), TestStepContext.in(folder, Duration.ofSeconds(30)));

        assertThat(((Unseen) observation).cause()).isEqualTo(Cause.DENIED);
        assertThat(folder.resolve("canary")).doesNotExist();
    }

    private static HostCommandParameters argv(String... argv) {
        return new HostCommandParameters(
                List.of(argv), Optional.empty(), Optional.empty(), Map.of(), Optional.empty(), Optional.empty());
    }

    private static HostCommandParameters script(String text) {
        return new HostCommandParameters(
                List.of(), Optional.of(text), Optional.empty(), Map.of(), Optional.empty(), Optional.empty());
    }
}
