package dev.whydunit.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.config.AccessList;
import dev.whydunit.config.NamePattern;
import dev.whydunit.config.PolicySettings;
import dev.whydunit.config.WriteGrant;
import dev.whydunit.engine.Permissions.Allowed;
import dev.whydunit.engine.Permissions.Deed;
import dev.whydunit.step.hostcommand.HostCommandKind;
import dev.whydunit.step.hostcommand.HostCommandParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ways to start another program than the one that policy names, on real files of this machine. */
class ProgramTricksTest {
    private static final HostCommandKind KIND = new HostCommandKind();

    @TempDir
    Path folder;

    @BeforeEach
    void anImpostor() throws IOException {
        program("touch");
    }

    private Path program(String name) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static boolean granted(String commands, HostCommandParameters parameters) {
        List<NamePattern> names = List.of(new NamePattern(commands, "policy.writes"));
        WriteGrant grant = new WriteGrant(
                List.of(),
                names,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "responder",
                Duration.ofMinutes(1),
                "policy.writes");
        return decide(AccessList.OPEN, Optional.of(List.of(grant)), true, parameters);
    }

    private static boolean denied(String program, HostCommandParameters parameters) {
        AccessList deny = new AccessList(List.of(), List.of(new NamePattern(program, "policy.commands.deny")));
        return !decide(deny, Optional.empty(), false, parameters);
    }

    private static boolean allowed(String program, HostCommandParameters parameters) {
        AccessList allow = new AccessList(List.of(new NamePattern(program, "policy.commands.allow")), List.of());
        return decide(allow, Optional.empty(), false, parameters);
    }

    private static boolean decide(
            AccessList commands, Optional<List<WriteGrant>> writes, boolean changes, HostCommandParameters parameters) {
        PolicySettings settings = new PolicySettings(
                commands,
                AccessList.OPEN,
                AccessList.OPEN,
                AccessList.OPEN,
                List.of(),
                writes,
                "responder",
                Duration.ofMinutes(1));
        Deed deed = new Deed("remedy", changes, Optional.of("here"), KIND.touches(parameters));
        return Policy.onServer(settings, Starter.here("alert")).decide(deed) instanceof Allowed;
    }

    private static HostCommandParameters run(Map<String, String> env, String... argv) {
        return new HostCommandParameters(
                List.of(argv), Optional.empty(), Optional.empty(), env, Optional.empty(), Optional.empty());
    }

    private static HostCommandParameters run(String... argv) {
        return run(Map.of(), argv);
    }

    private static HostCommandParameters script(String text) {
        return new HostCommandParameters(
                List.of(), Optional.of(text), Optional.empty(), Map.of(), Optional.empty(), Optional.empty());
    }

    private static String onPath(String name) {
        for (String directory : System.getenv("PATH").split(":", -1)) {
            if (directory.startsWith("/") && Files.isExecutable(Path.of(directory, name))) {
                return directory + "/" + name;
            }
        }
        throw new IllegalStateException("this machine has no " + name);
    }

    @Test
    void aBareNameMeansWhatTheSearchPathFinds() {
        assertThat(granted("touch", run("touch", "x"))).isTrue();
        assertThat(granted("touch", run(onPath("touch"), "x"))).isTrue();
        assertThat(allowed("touch", run("touch", "x"))).isTrue();
    }

    @Test
    void aBareNameLetsNoOtherPathThrough() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("touch"));
        String real = onPath("touch");

        assertThat(granted("touch", run(folder.resolve("touch").toString(), "x")))
                .isFalse();
        assertThat(granted("touch", run("./touch", "x"))).isFalse();
        assertThat(granted("touch", run("bin/touch", "x"))).isFalse();
        assertThat(granted("touch", run(link.toString(), "x"))).isFalse();
        assertThat(granted("touch", run(real.replace("/touch", "/../bin/touch"), "x")))
                .isFalse();
        assertThat(allowed("touch", run(folder.resolve("touch").toString(), "x")))
                .isFalse();
    }

    @Test
    void aLinkThatBearsTheNameIsNotTheProgramEvenIfItLeadsThere() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(elsewhere.resolve("touch"), Path.of(onPath("touch")));

        assertThat(granted("touch", run(link.toString(), "x")))
                .as("it could lead elsewhere by the time that it runs")
                .isFalse();
    }

    @Test
    void aSearchPathOfTheStepsOwnLetsNothingThroughByName() {
        assertThat(granted("touch", run(Map.of("PATH", folder.toString()), "touch", "x")))
                .isFalse();
        assertThat(allowed("touch", run(Map.of("PATH", folder.toString()), "touch", "x")))
                .isFalse();
    }

    @Test
    void aWrapperIsNotWhatItStarts() {
        for (String wrapper : List.of("env", "sudo", "nice", "sh", "xargs", "nohup", "timeout")) {
            assertThat(granted("touch", run(wrapper, "touch", "x"))).as(wrapper).isFalse();
        }
        assertThat(granted("env", run("env", "touch", "x"))).isTrue();
    }

    @Test
    void aScriptIsGrantedByNamingTheShellAlone() {
        assertThat(granted("touch", script("touch x"))).isFalse();
        assertThat(granted("sh", script("touch x"))).isTrue();
        assertThat(allowed("touch", script("touch x"))).isFalse();
    }

    @Test
    void aPathIsGrantedAsItIsWrittenAndNotByWaysRound() {
        String own = folder.resolve("touch").toString();

        assertThat(granted(own, run(own, "x"))).isTrue();
        assertThat(granted(folder + "/*", run(own, "x"))).isTrue();
        assertThat(granted(folder + "/*", run(folder + "/../../bin/touch", "x")))
                .isFalse();
        assertThat(granted(folder + "/*", run(folder + "/elsewhere/touch", "x")))
                .isFalse();
        assertThat(granted(onPath("touch"), run("touch", "x"))).isTrue();
        assertThat(granted(own, run("touch", "x"))).isFalse();
        assertThat(granted("touch", run("touch\0", "x"))).isFalse();
    }

    @Test
    void aDeniedProgramIsDeniedByAnyPathLinkAndWrapper() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("harmless"), Path.of(onPath("rm")));

        assertThat(denied("rm", run("rm", "x"))).isTrue();
        assertThat(denied("rm", run("/bin/rm", "x"))).isTrue();
        assertThat(denied("rm", run("/tmp/rm", "x"))).isTrue();
        assertThat(denied("rm", run(link.toString(), "x"))).isTrue();
        assertThat(denied("mkfs", run("mkfs.ext4", "x"))).isTrue();
        assertThat(denied("rm", run("sudo", "-n", "/bin/rm", "x"))).isTrue();
        assertThat(denied("rm", run("sh", "-c", "true;rm x"))).isTrue();
        assertThat(denied("rm", run("find", ".", "-exec", "rm", "{}", ";"))).isTrue();
        assertThat(denied("dd", script("a=$(dd if=/dev/zero)"))).isTrue();
    }

    @Test
    void aDeniedNameAsAnOrdinaryArgumentIsNotDenied() {
        assertThat(denied("rm", run("ls", "rm"))).isFalse();
        assertThat(denied("rm", run("rmdir", "x"))).isFalse();
        assertThat(denied("dd", script("echo farm add"))).isFalse();
    }
}
