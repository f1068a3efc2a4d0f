package dev.whydunit.config;

import dev.whydunit.source.files.Globs;
import dev.whydunit.source.log.LogUnreadable;
import dev.whydunit.yaml.Position;
import dev.whydunit.yaml.Problems;
import dev.whydunit.yaml.Scalars;
import dev.whydunit.yaml.YamlNode;
import dev.whydunit.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads services from Backstage's {@code catalog-info.yaml}: components, resources and systems, each with what it depends on, its owner and
 * its tags. An annotation {@code whydunit.dev/NAME} gives the value NAME, such as the tier, which Backstage has no word for.
 *
 * @see <a href="https://backstage.io/docs/features/software-catalog/descriptor-format">The descriptor format</a>
 */
final class CatalogueFiles {
    private static final String BAD_FILE = "E607";
    private static final String BAD_ENTITY = "E608";
    private static final String OURS = "whydunit.dev/";
    private static final int MOST_FILES = 1_000;
    private static final int MOST_DOCUMENTS = 1_000;
    private static final int MOST_SERVICES = 10_000;
    private static final long MOST_BYTES = 4L << 20;
    /** The first counts where two kinds have the same name. */
    private static final List<String> KINDS = List.of("Component", "Resource", "System");

    private final Problems problems;
    private final Function<String, Path> resolve;
    private final Map<String, Entity> entities = new LinkedHashMap<>();

    private boolean tooMany;

    private record Entity(int rank, Position position, Map<String, Object> values) {}

    /** @param resolve makes a path of the configuration absolute */
    CatalogueFiles(Problems problems, Function<String, Path> resolve) {
        this.problems = problems;
        this.resolve = resolve;
    }

    /**
     * The services of these files.
     *
     * @param paths files, or globs
     * @return by name, each as an entry of {@code services} would be
     */
    Map<String, Map<String, Object>> read(Scalars paths) {
        for (YamlNode.Scalar path : paths.items()) {
            for (Path file : files(path)) {
                read(file, path);
            }
        }
        if (tooMany) {
            problems.add(
                    BAD_FILE,
                    paths.items().getFirst(),
                    "the files hold more than " + MOST_SERVICES + " components, resources and systems",
                    "name fewer files");
        }
        Map<String, Map<String, Object>> services = new LinkedHashMap<>();
        entities.forEach((name, entity) -> services.put(name, entity.values()));
        return services;
    }

    private List<Path> files(YamlNode.Scalar path) {
        try {
            List<Path> found = Globs.files("catalogue", List.of(path.text()), resolve);
            if (found.isEmpty()) {
                problems.add(BAD_FILE, path, "there is no file " + resolve.apply(path.text()), "");
            } else if (found.size() > MOST_FILES) {
                problems.add(
                        BAD_FILE, path, found.size() + " files; at most " + MOST_FILES + " are read", "name fewer");
                return List.of();
            }
            return found;
        } catch (LogUnreadable | IllegalArgumentException e) {
            problems.add(BAD_FILE, path, String.valueOf(e.getMessage()), "");
            return List.of();
        }
    }

    private void read(Path file, YamlNode.Scalar path) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                problems.add(BAD_FILE, path, file + " is larger than " + MOST_BYTES + " bytes", "");
                return;
            }
            YamlReader.Documents documents =
                    YamlReader.documents(file.toString(), Files.readString(file), MOST_DOCUMENTS);
            documents.problems().forEach(problems::add);
            documents.roots().forEach(this::entity);
        } catch (CharacterCodingException e) {
            problems.add(BAD_FILE, path, file + " is not UTF-8", "");
        } catch (IOException e) {
            problems.add(BAD_FILE, path, file + " cannot be read: " + e.getMessage(), "");
        }
    }

    /** What is no component, resource or system, such as a team or a template, is no service. */
    private void entity(YamlNode root) {
        if (!(root instanceof YamlNode.Mapping entity)
                || !text(entity, "apiVersion").orElse("").startsWith("backstage.io/")) {
            return;
        }
        int rank = KINDS.indexOf(text(entity, "kind").orElse(""));
        if (rank < 0) {
            return;
        }
        Optional<YamlNode.Mapping> metadata = mapping(entity, "metadata");
        Optional<String> name = metadata.flatMap(data -> text(data, "name")).filter(text -> !text.isBlank());
        if (name.isEmpty()) {
            problems.add(BAD_ENTITY, root, "metadata.name: expected a text, found none", "");
            return;
        }
        Entity before = entities.get(name.get());
        if (before != null && before.rank() == rank) {
            problems.add(
                    BAD_ENTITY,
                    root,
                    "there are two of kind " + KINDS.get(rank) + " named '" + name.get() + "'; the other is at "
                            + before.position().file() + ":" + before.position().line(),
                    "rename one, or name fewer files");
        } else if (before == null && entities.size() == MOST_SERVICES) {
            tooMany = true;
        } else if (before == null || before.rank() > rank) {
            entities.put(name.get(), new Entity(rank, root.position(), values(name.get(), entity, metadata.get())));
        }
    }

    private Map<String, Object> values(String name, YamlNode.Mapping entity, YamlNode.Mapping metadata) {
        Map<String, Object> values = new LinkedHashMap<>();
        mapping(metadata, "annotations").ifPresent(annotations -> ours(annotations, values));
        Optional<YamlNode.Mapping> spec = mapping(entity, "spec");
        spec.flatMap(it -> text(it, "owner")).ifPresent(owner -> values.put("owner", named(owner)));
        List<String> needs = spec.map(it -> texts(it, "dependsOn")).orElse(List.of());
        if (!needs.isEmpty()) {
            values.put(
                    "depends_on",
                    needs.stream().map(CatalogueFiles::named).distinct().toList());
        }
        List<String> tags = texts(metadata, "tags");
        if (!tags.isEmpty()) {
            values.put("tags", tags);
        }
        values.put("name", name);
        return values;
    }

    /** Annotations that are meant for us: lists are separated by commas. */
    private void ours(YamlNode.Mapping annotations, Map<String, Object> values) {
        for (YamlNode.Entry annotation : annotations.entries()) {
            if (annotation.name().startsWith(OURS) && annotation.value() instanceof YamlNode.Scalar value) {
                String key = annotation.name().substring(OURS.length());
                switch (key) {
                    case "tier" -> tier(value).ifPresent(tier -> values.put(key, tier));
                    case "hosts", "depends_on" ->
                        values.put(key, List.of(value.text().strip().split("\\s*,\\s*")));
                    default -> values.put(key, value.text());
                }
            }
        }
    }

    private Optional<Long> tier(YamlNode.Scalar value) {
        if (!value.text().matches("[1-9]")) {
            problems.add(BAD_ENTITY, value, "a tier is a whole number from 1, the most critical, to 9", "");
            return Optional.empty();
        }
        return Optional.of(Long.parseLong(value.text()));
    }

    /** {@code component:default/shop}, {@code default/shop} and {@code shop} are all shop. */
    private static String named(String reference) {
        return reference.substring(Math.max(reference.lastIndexOf('/'), reference.lastIndexOf(':')) + 1);
    }

    private static Optional<YamlNode.Mapping> mapping(YamlNode.Mapping in, String key) {
        return in.get(key).filter(YamlNode.Mapping.class::isInstance).map(YamlNode.Mapping.class::cast);
    }

    private static Optional<String> text(YamlNode.Mapping in, String key) {
        return in.get(key).filter(YamlNode.Scalar.class::isInstance).map(scalar -> ((YamlNode.Scalar) scalar).text());
    }

    private static List<String> texts(YamlNode.Mapping in, String key) {
        return in.get(key)
                .filter(YamlNode.Sequence.class::isInstance)
                .map(list -> ((YamlNode.Sequence) list)
                        .items().stream()
                                .filter(YamlNode.Scalar.class::isInstance)
                                .map(item -> ((YamlNode.Scalar) item).text())
                                .toList())
                .orElse(List.of());
    }
}
