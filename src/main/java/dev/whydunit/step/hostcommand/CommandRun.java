package dev.whydunit.step.hostcommand;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteException;
import org.apache.commons.exec.ExecuteResultHandler;

/** One process from its start to its end, with a limit on its time that holds for all that it starts, too. */
final class CommandRun {
    /** How long the output of a killed tree may take to end. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final Invocation invocation;
    private final ProcessTree tree = new ProcessTree();
    private final CommandOutput output;
    private final CommandStreams streams;
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private volatile Supplier<Optional<ProcessHandle>> process = Optional::empty;
    private volatile boolean over;

    CommandRun(Invocation invocation, int outputLimit) {
        this.invocation = invocation;
        output = new CommandOutput(outputLimit);
        streams = new CommandStreams(invocation.stdin(), output, () -> tree.end(process.get()));
    }

    /** What was printed, so far. */
    CommandOutput output() {
        return output;
    }

    /**
     * Runs it to its end.
     *
     * @return the exit code; empty when the time was over, and all was ended
     * @throws IOException when it could not be started
     * @throws InterruptedException when interrupted, after all was ended
     */
    Optional<Integer> run(Duration limit) throws IOException, InterruptedException {
        tree.mark(invocation.environment());
        Optional<PosixSpawn> spawn = PosixSpawn.available();
        if (spawn.isPresent()) {
            // A thread of the platform: what blocks in native code holds the carrier of a virtual thread.
            CommandStreams.THREADS.execute(() -> spawned(spawn.get()));
        } else {
            executed();
        }
        try {
            return Optional.of(exit.get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            end();
            return Optional.empty();
        } catch (InterruptedException e) {
            end();
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    private void end() throws InterruptedException {
        over = true;
        tree.end(process.get());
        try {
            exit.get(LAST_WORDS.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // What it printed until now is all that there will be.
            streams.abandon();
        }
    }

    private void spawned(PosixSpawn spawn) {
        try {
            if (over) {
                throw new IOException("stopped before it was started");
            }
            Optional<Consumer<OutputStream>> feed = invocation
                    .stdin()
                    .map(text -> stream -> CommandStreams.THREADS.execute(() -> CommandStreams.feed(stream, text)));
            try (SpawnedCommand command = spawn.start(
                    invocation.program(), invocation.argv(), invocation.environment(), invocation.folder(), feed)) {
                process = command::handle;
                if (over) {
                    // Stopped while it was being started: whoever stopped it has not seen it.
                    tree.end(process.get());
                }
                if (!command.read(output, CommandStreams.LINGER)) {
                    output.markLeftBehind();
                    tree.end(process.get());
                    command.read(output, CommandStreams.LINGER);
                }
                exit.complete(command.await());
            }
        } catch (IOException | RuntimeException e) {
            exit.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exit.completeExceptionally(e);
        }
    }

    /** The JDK's own way, where the platform lacks what the quicker one takes. */
    private void executed() throws IOException {
        CommandLine line = new CommandLine(invocation.program());
        invocation.argv().stream().skip(1).forEach(argument -> line.addArgument(argument, false));
        Launcher executor = new Launcher();
        executor.setExitValues(null);
        executor.setStreamHandler(streams);
        executor.execute(line, invocation.environment(), new Ending());
    }

    /** commons-exec's executor on virtual threads, which lets go of the process. */
    private final class Launcher extends DefaultExecutor {
        @Override
        protected Thread createThread(Runnable task, String name) {
            return Thread.ofVirtual().name("command").unstarted(task);
        }

        @Override
        protected Process launch(CommandLine command, Map<String, String> environment, Path folder) throws IOException {
            Process started = super.launch(command, environment, invocation.folder());
            process = () -> Optional.of(started.toHandle());
            return started;
        }
    }

    private final class Ending implements ExecuteResultHandler {
        @Override
        public void onProcessComplete(int exitValue) {
            exit.complete(exitValue);
        }

        @Override
        public void onProcessFailed(ExecuteException failure) {
            exit.completeExceptionally(failure.getCause() instanceof IOException io ? io : failure);
        }
    }
}
