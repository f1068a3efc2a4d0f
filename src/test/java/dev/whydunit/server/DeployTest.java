package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.app.StepKindsForTests;
import dev.whydunit.config.Configuration;
import dev.whydunit.yaml.PlainValues;
import dev.whydunit.yaml.YamlReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What deploy/ names is there, and its parts fit each other and the program. */
class DeployTest {
    private static final String MANIFEST = read("deploy/kubernetes.yaml");
    private static final String IMAGE = read("deploy/Dockerfile");
    private static final String UNIT = read("deploy/whydunit.service");
    private static final String USER = "10001";

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The object of a kind, as plain data. */
    private static Map<?, ?> object(String kind) {
        YamlReader.Documents documents = YamlReader.documents("kubernetes.yaml", MANIFEST, 20);
        assertThat(documents.problems()).isEmpty();
        return documents.roots().stream()
                .map(root -> (Map<?, ?>) PlainValues.of(root))
                .filter(object -> kind.equals(object.get("kind")))
                .findFirst()
                .orElseThrow();
    }

    /** What lies at a dotted path; numbers index lists. */
    private static Object at(Object object, String path) {
        Object at = object;
        for (String part : path.split("\\.")) {
            at = at instanceof List<?> list ? list.get(Integer.parseInt(part)) : ((Map<?, ?>) at).get(part);
            assertThat(at).as(path + " at " + part).isNotNull();
        }
        return at;
    }

    private static final String POD = "spec.template.spec";
    private static final String CONTAINER = POD + ".containers.0";

    @Test
    void thePodHasNoPrivileges() {
        Map<?, ?> deployment = object("Deployment");
        assertThat(at(deployment, POD + ".securityContext.runAsNonRoot")).isEqualTo(true);
        assertThat(at(deployment, POD + ".securityContext.runAsUser")).hasToString(USER);
        assertThat(at(deployment, POD + ".securityContext.seccompProfile.type")).isEqualTo("RuntimeDefault");
        assertThat(at(deployment, POD + ".automountServiceAccountToken")).isEqualTo(false);
        assertThat(at(deployment, CONTAINER + ".securityContext.allowPrivilegeEscalation"))
                .isEqualTo(false);
        assertThat(at(deployment, CONTAINER + ".securityContext.readOnlyRootFilesystem"))
                .isEqualTo(true);
        assertThat(at(deployment, CONTAINER + ".securityContext.capabilities"))
                .isEqualTo(Map.of("drop", List.of("ALL")));
        assertThat(IMAGE).contains("--uid " + USER, "USER " + USER);
    }

    @Test
    void whatTheManifestRefersToIsInIt() {
        Map<?, ?> deployment = object("Deployment");
        List<Object> volumes = names((List<?>) at(deployment, POD + ".volumes"));
        assertThat(volumes)
                .containsExactlyInAnyOrderElementsOf(names((List<?>) at(deployment, CONTAINER + ".volumeMounts")));
        assertThat(at(deployment, POD + ".volumes.0.configMap.name"))
                .isEqualTo(at(object("ConfigMap"), "metadata.name"));
        assertThat(at(deployment, POD + ".serviceAccountName"))
                .isEqualTo(at(object("ServiceAccount"), "metadata.name"));
        Object labels = at(deployment, "spec.template.metadata.labels");
        assertThat(labels)
                .isEqualTo(at(deployment, "spec.selector.matchLabels"))
                .isEqualTo(at(object("Service"), "spec.selector"))
                .isEqualTo(at(object("PodDisruptionBudget"), "spec.selector.matchLabels"));
        Object port = at(deployment, CONTAINER + ".ports.0.name");
        assertThat(at(object("Service"), "spec.ports.0.targetPort")).isEqualTo(port);
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat(at(deployment, CONTAINER + "." + probe + ".httpGet.port"))
                    .isEqualTo(port);
        }
        assertThat(IMAGE).contains("\"--port\", \"" + at(deployment, CONTAINER + ".ports.0.containerPort") + "\"");
        List<Object> mounted = new ArrayList<>();
        ((List<?>) at(deployment, CONTAINER + ".volumeMounts")).forEach(mount -> mounted.add(at(mount, "mountPath")));
        assertThat(IMAGE)
                .contains("WHYDUNIT_STATE=" + mounted.get(2))
                .contains("WHYDUNIT_CONFIG=" + mounted.getFirst() + "/" + "whydunit.yaml");
    }

    private static List<Object> names(List<?> objects) {
        return objects.stream().<Object>map(object -> at(object, "name")).toList();
    }

    @Test
    void theConfigurationOfTheManifestIsRightAndItsSecretsAreAskedFor(@TempDir Path folder) throws Exception {
        String yaml = (String) ((Map<?, ?>) at(object("ConfigMap"), "data")).get("whydunit.yaml");
        Path file = Files.writeString(folder.resolve("whydunit.yaml"), yaml);
        assertThat(Configuration.load(file, "default", StepKindsForTests.sourceKinds(), Map.of())
                        .problems())
                .isEmpty();
        TreeSet<String> named = new TreeSet<>();
        Matcher reference = Pattern.compile("env:([A-Z_]+)").matcher(yaml);
        while (reference.find()) {
            named.add(reference.group(1));
        }
        named.add("WHYDUNIT_ADMIN_TOKEN");
        assertThat(named)
                .hasSize(3)
                .allMatch(name -> MANIFEST.contains("--from-literal=" + name + "="), "is asked for");
    }

    @Test
    void theJvmTakesTheFlagsOfTheImageAndTheUnit() throws Exception {
        String unit = UNIT.replace("\\\n", " ")
                .lines()
                .filter(line -> line.startsWith("ExecStart="))
                .findFirst()
                .orElseThrow();
        Matcher entry = Pattern.compile("ENTRYPOINT \\[(.*?)]", Pattern.DOTALL).matcher(IMAGE);
        assertThat(entry.find()).isTrue();
        String image = entry.group(1).replaceAll("[\",\\\\\n]+", " ");
        for (String line : List.of(unit, image)) {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            Stream.of(line.strip().split("\\s+"))
                    .filter(word -> word.startsWith("-") && !word.equals("-jar") && !word.equals("--port"))
                    .forEach(command::add);
            command.add("-version");
            assertThat(command).hasSizeGreaterThan(5);
            Process java = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(java.getInputStream().readAllBytes());
            assertThat(java.waitFor()).as(command + "\n" + said).isZero();
            assertThat(said).doesNotContain("WARNING", "warning");
        }
    }

    @Test
    void theApplicationIsBuiltWhereTheImageTakesItFrom() {
        String pom = read("pom.xml");
        assertThat(IMAGE)
                .contains("COPY --from=build /src/target/app /opt/whydunit/app", "/opt/whydunit/app/whydunit.jar");
        assertThat(pom)
                .contains("<app.dir>${project.build.directory}/app</app.dir>", "<finalName>whydunit</finalName>")
                .contains("<outputDirectory>${app.dir}/lib</outputDirectory>");
        assertThat(UNIT).contains("-jar /opt/whydunit/app/whydunit.jar serve");
    }
}
