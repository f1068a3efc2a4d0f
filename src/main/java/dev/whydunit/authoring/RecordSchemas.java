package dev.whydunit.authoring;

import com.fasterxml.classmate.ResolvedType;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinitionProviderV2;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.TypeScope;
import dev.whydunit.expression.SqlText;
import dev.whydunit.schema.About;
import dev.whydunit.schema.Default;
import dev.whydunit.schema.Names;
import dev.whydunit.yaml.Keyed;
import dev.whydunit.yaml.PlainValues;
import dev.whydunit.yaml.Rest;
import dev.whydunit.yaml.Scalars;
import dev.whydunit.yaml.YamlNode;
import dev.whydunit.yaml.YamlReader;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells the generator what our records mean: names, descriptions, defaults, and the types that YAML writes in its own way.
 *
 * @param holes whether <code>${{ }}</code> may stand for a value
 */
record RecordSchemas(boolean holes) implements CustomDefinitionProviderV2 {
    private static final String DURATION =
            "^(0|([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?)$";
    private static final String HOLE = "\\$\\{\\{";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<Class<?>> WHOLE = Set.of(int.class, Integer.class, long.class, Long.class);
    private static final Set<Class<?>> NUMBERS = Set.of(double.class, Double.class);
    private static final Set<Class<?>> BOOLEANS = Set.of(boolean.class, Boolean.class);
    private static final Set<Class<?>> TEXTS = Set.of(String.class, SqlText.class, YamlNode.Scalar.class);

    private static RecordComponent component(FieldScope field) {
        Class<?> owner = field.getDeclaringType().getErasedType();
        return Arrays.stream(owner.getRecordComponents())
                .filter(component -> component.getName().equals(field.getDeclaredName()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("not a component: " + field.getDeclaredName()));
    }

    boolean ignored(FieldScope field) {
        return field.isStatic() || component(field).isAnnotationPresent(Rest.class);
    }

    @Nullable
    List<ResolvedType> unwrapped(FieldScope field) {
        return field.getType() != null && field.getType().isInstanceOf(Optional.class)
                ? List.of(field.getType().getTypeParameters().getFirst())
                : null;
    }

    String name(FieldScope field) {
        return Names.snake(field.getDeclaredName());
    }

    boolean required(FieldScope field) {
        RecordComponent component = component(field);
        Class<?> type = component.getType();
        boolean mayBeEmpty = type == Optional.class || type == List.class || type == Map.class;
        boolean atLeastOne =
                component.getName().equals("hypotheses") || component.getName().equals("steps");
        return atLeastOne || (!mayBeEmpty && !component.isAnnotationPresent(Default.class));
    }

    @Nullable
    String about(FieldScope field) {
        About about = component(field).getAnnotation(About.class);
        return about == null ? null : about.value();
    }

    @Nullable
    String about(TypeScope scope) {
        About about = scope.getType().getErasedType().getAnnotation(About.class);
        return about == null ? null : about.value();
    }

    void describe(ObjectNode node, FieldScope field, SchemaGenerationContext context) {
        if (field.isFakeContainerItemScope()) {
            return;
        }
        Default byDefault = component(field).getAnnotation(Default.class);
        if (byDefault != null && !byDefault.value().isEmpty()) {
            plain(byDefault.value()).ifPresent(value -> node.set("default", JSON.valueToTree(value)));
        }
        About about = component(field).getAnnotation(About.class);
        if (about != null && !about.example().isEmpty()) {
            plain(about.example())
                    .ifPresent(value ->
                            node.putArray("examples").add(JSON.<tools.jackson.databind.JsonNode>valueToTree(value)));
        }
    }

    private static Optional<Object> plain(String yaml) {
        return YamlReader.read("annotation", yaml).root().map(PlainValues::of);
    }

    @Override
    public @Nullable CustomDefinition provideCustomSchemaDefinition(
            ResolvedType type, SchemaGenerationContext context) {
        ObjectNode node = node(type, context);
        return node == null
                ? null
                : new CustomDefinition(node, CustomDefinition.INLINE_DEFINITION, CustomDefinition.EXCLUDING_ATTRIBUTES);
    }

    private @Nullable ObjectNode node(ResolvedType type, SchemaGenerationContext context) {
        Class<?> erased = type.getErasedType();
        ObjectNode node = JSON.createObjectNode();
        if (TEXTS.contains(erased)) {
            // Without quotes YAML reads some texts as numbers or booleans; they are texts all the same.
            node.putArray("type").add("string").add("number").add("boolean");
            return node;
        }
        if (BOOLEANS.contains(erased)) {
            return orHole(node.put("type", "boolean"));
        }
        if (WHOLE.contains(erased)) {
            return orHole(node.put("type", "integer"));
        }
        if (NUMBERS.contains(erased)) {
            return orHole(node.put("type", "number"));
        }
        if (erased == Duration.class) {
            return orHole(node.put("type", "string").put("pattern", DURATION));
        }
        if (erased == Instant.class) {
            return orHole(node.put("type", "string").put("format", "date-time"));
        }
        if (erased.isEnum()) {
            ArrayNode choices = node.put("type", "string").putArray("enum");
            Arrays.stream(erased.getEnumConstants()).forEach(constant -> choices.add(Names.choice((Enum<?>) constant)));
            return orHole(node);
        }
        if (erased == Scalars.class) {
            ArrayNode either = node.putArray("anyOf");
            either.addObject().put("type", "string");
            either.addObject().put("type", "array").putObject("items").put("type", "string");
            return node;
        }
        if (YamlNode.class.isAssignableFrom(erased) || erased == Object.class) {
            return node;
        }
        if (erased == Map.class) {
            node.put("type", "object")
                    .set(
                            "additionalProperties",
                            context.createDefinitionReference(
                                    type.getTypeParameters().get(1)));
            return orHole(node);
        }
        if (erased == List.class) {
            return list(type.getTypeParameters().getFirst(), node, context);
        }
        return null;
    }

    private ObjectNode list(ResolvedType element, ObjectNode node, SchemaGenerationContext context) {
        if (element.getErasedType() == Keyed.class) {
            node.put("type", "object");
            node.putObject("propertyNames").put("pattern", "^[a-z][a-z0-9_]{0,63}$");
            node.set(
                    "additionalProperties",
                    context.createDefinitionReference(
                            element.getTypeParameters().getFirst()));
            return node;
        }
        node.put("type", "array").set("items", context.createDefinitionReference(element));
        return orHole(node);
    }

    private ObjectNode orHole(ObjectNode node) {
        if (!holes) {
            return node;
        }
        ObjectNode either = JSON.createObjectNode();
        either.putArray("anyOf").add(node).addObject().put("type", "string").put("pattern", HOLE);
        return either;
    }
}
