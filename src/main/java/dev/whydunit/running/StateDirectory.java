package dev.whydunit.running;

import java.nio.file.Path;
import java.util.Map;

/** Where the journal and the artifacts are: WHYDUNIT_STATE, else $XDG_STATE_HOME/whydunit, else ~/.local/state/whydunit. */
public final class StateDirectory {
    private StateDirectory() {}

    /** Under these environment variables. */
    public static Path of(Map<String, String> environment) {
        String own = environment.getOrDefault("WHYDUNIT_STATE", "");
        if (!own.isEmpty()) {
            return Path.of(own).toAbsolutePath();
        }
        String xdg = environment.getOrDefault("XDG_STATE_HOME", "");
        // The XDG specification says that a relative path there is to be ignored.
        Path base = xdg.startsWith("/") ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".local", "state");
        return base.resolve("whydunit");
    }
}
