package dev.whydunit.authoring;

import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import dev.whydunit.runbook.KindSignature;
import dev.whydunit.runbook.RunbookParser;
import dev.whydunit.schema.Names;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Schema of runbooks, for completion and checks in editors: made from the records that runbooks are bound to and from the
 * parameter records of the registered step kinds. What it allows the parser may still refuse (names, types of expressions).
 */
public final class RunbookSchema {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private RunbookSchema() {}

    /** The schema as indented JSON (draft 7, which every editor knows). */
    public static String json(Collection<KindSignature> kinds) {
        ObjectNode schema =
                generator(false, Option.DEFINITIONS_FOR_ALL_OBJECTS).generateSchema(RunbookParser.document());
        schema.put("$id", "https://whydunit.dev/schema/runbook-v1.json");
        schema.put("title", "Whydunit runbook, version 1");
        ObjectNode step = (ObjectNode) schema.path("definitions").path("StepDocument");
        ObjectNode properties = (ObjectNode) step.path("properties");
        ArrayNode exactlyOne = step.putArray("oneOf");
        for (KindSignature kind : kinds) {
            properties.set(kind.name(), kind(kind, properties.path("hosts")));
            exactlyOne.addObject().putArray("required").add(kind.name());
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
    }

    private static ObjectNode kind(KindSignature kind, JsonNode hosts) {
        ObjectNode parameters = generator(true, Option.INLINE_ALL_SCHEMAS).generateSchema(kind.parameters());
        parameters.remove("$schema");
        parameters.put("description", kind.about());
        boolean ownHosts = Arrays.stream(kind.parameters().getRecordComponents())
                .map(RecordComponent::getName)
                .anyMatch(name -> Names.snake(name).equals("hosts"));
        if (!ownHosts && parameters.path("properties") instanceof ObjectNode properties) {
            properties.set("hosts", hosts.deepCopy());
        }
        parameters.putArray("examples").add(example(parameters));
        return parameters;
    }

    /** The examples of the parameters that are needed; of the command where none is. */
    private static ObjectNode example(ObjectNode parameters) {
        List<String> needed = new ArrayList<>();
        parameters.path("required").forEach(name -> needed.add(name.asString()));
        ObjectNode example = JSON.createObjectNode();
        parameters.path("properties").properties().forEach(property -> {
            JsonNode first = property.getValue().path("examples").path(0);
            boolean wanted = needed.isEmpty() ? property.getKey().equals("run") : needed.contains(property.getKey());
            if (wanted && !first.isMissingNode()) {
                example.set(property.getKey(), first);
            }
        });
        return example;
    }

    private static SchemaGenerator generator(boolean holes, Option layout) {
        SchemaGeneratorConfigBuilder builder = new SchemaGeneratorConfigBuilder(
                        SchemaVersion.DRAFT_7, OptionPreset.PLAIN_JSON)
                .with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT, layout)
                .without(Option.PLAIN_DEFINITION_KEYS);
        RecordSchemas schemas = new RecordSchemas(holes);
        builder.forTypesInGeneral().withCustomDefinitionProvider(schemas).withDescriptionResolver(schemas::about);
        builder.forFields()
                .withIgnoreCheck(schemas::ignored)
                .withTargetTypeOverridesResolver(schemas::unwrapped)
                .withPropertyNameOverrideResolver(schemas::name)
                .withRequiredCheck(schemas::required)
                .withDescriptionResolver(schemas::about)
                .withInstanceAttributeOverride(schemas::describe);
        return new SchemaGenerator(builder.build());
    }
}
