package dev.whydunit.engine;

import java.util.List;
import java.util.Optional;

/** Something of the world that a step reaches for, by which policy lets it or not. */
public sealed interface Touch {
    /**
     * A program that is started.
     *
     * @param argv as it is started; of a script, {@code sh} and the script's text
     * @param file the program's file as it was found on the search path or named; the name where there is no such file
     * @param real the same with symbolic links resolved
     * @param byName whether its bare name alone, looked up on the machine's own search path, means this very file
     */
    record Program(List<String> argv, String file, String real, boolean byName) implements Touch {
        /** Keeps its own copy of the arguments. */
        public Program {
            argv = List.copyOf(argv);
        }

        /** The name of the program without its folder. */
        public String name() {
            return lastPart(argv.getFirst());
        }

        /** The name of the file that is started in the end. */
        public String realName() {
            return lastPart(real);
        }

        private static String lastPart(String path) {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    /**
     * A configured source.
     *
     * @param type what it is read as
     * @param name empty where the step means the only one of the type
     */
    record Source(Class<?> type, Optional<String> name) implements Touch {}

    /** A network interface; {@code any} stands for all of them. */
    record NetworkInterface(String name) implements Touch {}

    /** A place that messages go to, by its name in the configuration. */
    record Channel(String name) implements Touch {}
}
