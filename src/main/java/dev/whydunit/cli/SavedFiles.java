package dev.whydunit.cli;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Waits until YAML files in some folders are saved. An editor that saves in several strokes counts once. */
final class SavedFiles implements AutoCloseable {
    /** How long nothing more may come until a change counts as done. */
    private static final long QUIET_MILLIS = 120;
    /** What is saved all the time counts after so long. */
    private static final long PATIENCE_NANOS = 1_000_000_000;

    private final WatchService service;
    private final Map<Path, WatchKey> watched = new HashMap<>();
    private final Set<Path> saved = new HashSet<>();

    SavedFiles() throws IOException {
        this.service = FileSystems.getDefault().newWatchService();
    }

    /** Watches these folders from now on, besides those that it watches already. */
    void watch(List<Path> folders) throws IOException {
        for (Path folder : folders) {
            if (!watched.containsKey(folder) || !watched.get(folder).isValid()) {
                watched.put(
                        folder,
                        folder.register(
                                service,
                                StandardWatchEventKinds.ENTRY_CREATE,
                                StandardWatchEventKinds.ENTRY_MODIFY,
                                StandardWatchEventKinds.ENTRY_DELETE));
            }
        }
    }

    /** Returns once something was saved; {@link #has} then says what. */
    void await() throws InterruptedException {
        saved.clear();
        while (saved.isEmpty()) {
            take(service.take());
            long begun = System.nanoTime();
            Optional<WatchKey> more = next();
            while (more.isPresent()) {
                take(more.get());
                more = System.nanoTime() - begun < PATIENCE_NANOS ? next() : Optional.empty();
            }
        }
    }

    private Optional<WatchKey> next() throws InterruptedException {
        return Optional.ofNullable(service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS));
    }

    private void take(WatchKey key) {
        for (WatchEvent<?> event : key.pollEvents()) {
            if (event.context() instanceof Path name && key.watchable() instanceof Path folder) {
                Path file = folder.resolve(name);
                boolean yaml =
                        file.toString().endsWith(".yaml") || file.toString().endsWith(".yml");
                if (yaml || file.toString().endsWith(".cases")) {
                    saved.add(file);
                }
            }
        }
        key.reset();
    }

    /** Whether this file was saved. */
    boolean has(Path file) {
        return saved.contains(file.toAbsolutePath());
    }

    /** Whether a file in this folder, or the folder itself, was saved. */
    boolean hasBelow(Path folder) {
        Path whole = folder.toAbsolutePath();
        return saved.stream().anyMatch(file -> file.startsWith(whole));
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
