package dev.whydunit.cli;

import dev.whydunit.report.TextStyle;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/** The commands that show an investigation from one side each. */
final class Screens {
    /** How a screen is printed. */
    enum Format {
        TEXT,
        JSON
    }

    private Screens() {}

    /** Puts them where each is found by name. */
    static void add(Map<String, Supplier<CommandLine>> branches, Application application) {
        branches.put("tree", () -> new CommandLine(new TreeCommand(application)));
        branches.put("evidence", () -> new CommandLine(new EvidenceCommand(application)));
        branches.put("why", () -> new CommandLine(new WhyCommand(application)));
        branches.put("step", () -> new CommandLine(new StepCommand(application)));
        branches.put("next", () -> new CommandLine(new NextCommand(application)));
        branches.put("timeline", () -> new CommandLine(new TimelineCommand(application)));
        branches.put("compare", () -> new CommandLine(new CompareCommand(application)));
        branches.put("hand-over", () -> new CommandLine(new HandOverCommand(application)));
        branches.put("export", () -> new CommandLine(new ExportCommand(application)));
    }

    static TextStyle style(Console console) {
        return new TextStyle(console.width(), console.color(), console.unicode());
    }

    static void print(Application application, String text) {
        application.console().out().print(text);
        application.console().out().flush();
    }
}
