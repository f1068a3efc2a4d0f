package dev.whydunit.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.incident.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services from Backstage's files. */
class CatalogueFilesTest {
    private static final String SHOP = """
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata:
              name: shop
              tags: [java, web]
              annotations:
                backstage.io/techdocs-ref: dir:.
                whydunit.dev/tier: "1"
                whydunit.dev/hosts: web1, web2
                whydunit.dev/health: http://10.0.0.9/health
            spec:
              type: service
              lifecycle: production
              owner: group:default/team-shop
              system: store
              dependsOn: ['resource:default/shop-db', component:cart]
              providesApis: [shop-api]
            ---
            apiVersion: backstage.io/v1alpha1
            kind: Resource
            metadata: {name: shop-db}
            spec: {type: database, owner: team-data}
            ---
            apiVersion: backstage.io/v1alpha1
            kind: API
            metadata: {name: shop-api}
            spec: {type: openapi, owner: team-shop, definition: '{}'}
            """;

    @TempDir
    private Path folder;

    private Configuration.Loaded load(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("whydunit.yaml"), yaml);
        return Configuration.load(file, "default", List.of(), Map.of());
    }

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private List<String> problems(String yaml) throws IOException {
        return load(yaml).problems().stream()
                .map(problem -> problem.position().toString().replace(folder + "/", "") + ": " + problem.message()
                        + " [" + problem.code() + "]")
                .map(line -> line.replace(folder + "/", ""))
                .toList();
    }

    @Test
    void componentsResourcesAndSystemsAreServices() throws IOException {
        file("catalog-info.yaml", SHOP);
        Configuration.Loaded loaded = load("catalogue: [catalog-info.yaml]\n");
        assertThat(loaded.problems()).isEmpty();
        Map<String, Map<String, Object>> services =
                loaded.configuration().orElseThrow().services();
        assertThat(services).containsOnlyKeys("shop", "shop-db");
        assertThat(services.get("shop"))
                .containsEntry("name", "shop")
                .containsEntry("tier", 1L)
                .containsEntry("owner", "team-shop")
                .containsEntry("tags", List.of("java", "web"))
                .containsEntry("hosts", List.of("web1", "web2"))
                .containsEntry("health", "http://10.0.0.9/health")
                .containsEntry("depends_on", List.of("shop-db", "cart"));
        Catalogue catalogue = Catalogue.of(services);
        assertThat(catalogue.needs("shop")).containsOnlyKeys("shop", "shop-db", "cart");
        assertThat(catalogue.service("shop").orElseThrow().tier()).isEqualTo(1);
    }

    @Test
    void whatIsWrittenOutLiesOverTheFilesValueByValue() throws IOException {
        file("catalog-info.yaml", SHOP);
        Map<String, Object> shop =
                load("""
                        catalogue: catalog-info.yaml
                        services:
                          shop: {tier: 2, depends_on: [ledger]}
                        """).configuration().orElseThrow().services().get("shop");
        assertThat(shop)
                .containsEntry("tier", 2L)
                .containsEntry("depends_on", List.of("ledger"))
                .containsEntry("owner", "team-shop");
    }

    @Test
    void globsFindFilesAndAComponentCountsBeforeASystemOfItsName() throws IOException {
        file("a/catalog-info.yaml", SHOP);
        file("b/c/catalog-info.yaml", """
                apiVersion: backstage.io/v1alpha1
                kind: System
                metadata: {name: shop}
                spec: {owner: team-store}
                """);
        file("b/deployment.yaml", "apiVersion: apps/v1\nkind: Component\nmetadata: {name: other}\n");
        Map<String, Map<String, Object>> services = load("catalogue: ['**/catalog-info.yaml', b/deployment.yaml]\n")
                .configuration()
                .orElseThrow()
                .services();
        assertThat(services).containsOnlyKeys("shop", "shop-db");
        assertThat(services.get("shop")).containsEntry("owner", "team-shop");
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() throws IOException {
        file("two/catalog-info.yaml", SHOP);
        file("catalog-info.yaml", SHOP.replace("\"1\"", "critical"));
        file("nameless.yaml", "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {title: x}\n");
        file("broken.yaml", "kind: [\n");
        assertThat(problems("""
                        catalogue: [catalog-info.yaml, two/catalog-info.yaml, nameless.yaml, broken.yaml, gone.yaml, 'none/*.yaml']
                        """))
                .containsExactlyInAnyOrder(
                        "catalog-info.yaml:8:24: a tier is a whole number from 1, the most critical, to 9 [E608]",
                        "two/catalog-info.yaml:1:1: there are two of kind Component named 'shop'; the other is at catalog-info.yaml:1 [E608]",
                        "two/catalog-info.yaml:19:1: there are two of kind Resource named 'shop-db'; the other is at catalog-info.yaml:19 [E608]",
                        "nameless.yaml:1:1: metadata.name: expected a text, found none [E608]",
                        "broken.yaml:2:1: this is not YAML: expected the node content, but found '<stream end>' [E103]",
                        "whydunit.yaml:1:83: there is no file gone.yaml [E607]",
                        "whydunit.yaml:1:94: there is no file none/*.yaml [E607]");
    }

    @Test
    void anAliasReachesNoOtherDocument() throws IOException {
        file("catalog-info.yaml", "a: &x 1\n---\nb: *x\n");
        assertThat(problems("catalogue: catalog-info.yaml\n"))
                .singleElement()
                .asString()
                .contains("[E106]");
    }

    @Test
    void theValuesThatIncidentsAreMadeByAreChecked() throws IOException {
        assertThat(problems("""
                        services:
                          shop: {tier: one, depends_on: {cart: true}, hosts: web1, repository: /srv/shop}
                          cart: {tier: 0}
                        """))
                .containsExactly(
                        "whydunit.yaml:2:16: service 'shop': tier is a whole number from 1, the most critical, to 9 [E608]",
                        "whydunit.yaml:2:33: service 'shop': depends_on is a list of names [E608]",
                        "whydunit.yaml:3:16: service 'cart': tier is a whole number from 1, the most critical, to 9 [E608]");
    }
}
