package dev.whydunit.authoring.rules;

import dev.whydunit.authoring.rules.Reasoner.Reading;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.yaml.YamlNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One signal that counts as two: findings of different groups that read the same. */
final class CountedTwice implements Check {
    @Override
    public void look(Subject subject, Remarks remarks) {
        subject.runbook().ifPresent(runbook -> look(subject, runbook, remarks));
    }

    private static void look(Subject subject, Runbook runbook, Remarks remarks) {
        List<Reading> readings = new Reasoner(runbook).readings();
        Map<String, String> asks = new HashMap<>();
        runbook.steps()
                .forEach((id, step) -> asks.put(
                        id, step.kind().name() + written(step.parameters().written())));
        for (int i = 0; i < readings.size(); i++) {
            for (int j = 0; j < i; j++) {
                Reading one = readings.get(j);
                Reading another = readings.get(i);
                if (!one.finding().group().equals(another.finding().group())
                        && sameWay(one, another)
                        && sameSignal(one, another, asks)) {
                    remarks.add(
                            "W304",
                            subject.keyOf(another.step(), another.written()),
                            "finding " + another.finding().id() + " reads the same signal as "
                                    + one.finding().id() + ", and both count",
                            "give both the same group: " + one.finding().group());
                    break;
                }
            }
        }
    }

    private static boolean sameWay(Reading one, Reading another) {
        for (int leaf = 0; leaf < one.yes().length; leaf++) {
            if (one.yes()[leaf] > 0 && another.yes()[leaf] > 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean sameSignal(Reading one, Reading another, Map<String, String> asks) {
        boolean sameStep = one.step() == another.step();
        boolean sameQuery = sameStep
                || asks.getOrDefault(one.step().id(), "")
                        .equals(asks.get(another.step().id()));
        if (!sameQuery) {
            return false;
        }
        if (one.written().when().source().equals(another.written().when().source())) {
            return true;
        }
        // A list holds many things, of which two findings may read different ones.
        Set<String> read = one.written().when().references();
        return !read.isEmpty()
                && !read.contains("rows")
                && read.stream().noneMatch(path -> path.startsWith("by") || path.equals("patterns"))
                && read.equals(another.written().when().references());
    }

    private static String written(YamlNode node) {
        StringBuilder text = new StringBuilder();
        write(node, text);
        return text.toString();
    }

    private static void write(YamlNode node, StringBuilder text) {
        switch (node) {
            case YamlNode.Scalar scalar ->
                text.append('"').append(scalar.text()).append('"');
            case YamlNode.Sequence list -> {
                text.append('[');
                list.items().forEach(item -> write(item, text));
                text.append(']');
            }
            case YamlNode.Mapping map -> {
                text.append('{');
                map.entries().stream()
                        .sorted(java.util.Comparator.comparing(YamlNode.Entry::name))
                        .forEach(entry -> {
                            text.append(entry.name()).append(':');
                            write(entry.value(), text);
                        });
                text.append('}');
            }
        }
    }
}
