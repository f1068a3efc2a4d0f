package dev.whydunit.step.hostcommand;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteException;
import org.apache.commons.exec.ExecuteResultHandler;
import org.jspecify.annotations.Nullable;

/** One process from its start to its end, with a limit on its time that holds for all that it starts, too. */
final class CommandRun {
    /** How long the output of a killed tree may take to end. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final Invocation invocation;
    private final ProcessTree tree = new ProcessTree();
    private final CommandStreams streams;
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private volatile @Nullable Process process;

    CommandRun(Invocation invocation, int outputLimit) {
        this.invocation = invocation;
        streams = new CommandStreams(invocation.stdin(), outputLimit, () -> tree.end(root()));
    }

    /** What was printed, so far. */
    CommandStreams streams() {
        return streams;
    }

    /**
     * Runs it to its end.
     *
     * @return the exit code; empty when the time was over, and all was ended
     * @throws IOException when it could not be started
     * @throws InterruptedException when interrupted, after all was ended
     */
    Optional<Integer> run(Duration limit) throws IOException, InterruptedException {
        CommandLine line = new CommandLine(invocation.program());
        invocation.argv().stream().skip(1).forEach(argument -> line.addArgument(argument, false));
        tree.mark(invocation.environment());
        Launcher executor = new Launcher();
        executor.setExitValues(null);
        executor.setStreamHandler(streams);
        executor.execute(line, invocation.environment(), new Ending());
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
        tree.end(root());
        try {
            exit.get(LAST_WORDS.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // What it printed until now is all that there will be.
            streams.abandon();
        }
    }

    private Optional<ProcessHandle> root() {
        return Optional.ofNullable(process).map(Process::toHandle);
    }

    /** commons-exec's executor on virtual threads, with a quicker way to start a process where there is one. */
    private final class Launcher extends DefaultExecutor {
        @Override
        protected Thread createThread(Runnable task, String name) {
            return Thread.ofVirtual().name("command").unstarted(task);
        }

        @Override
        protected Process launch(CommandLine command, Map<String, String> environment, Path folder) throws IOException {
            Optional<PosixSpawn> spawn = PosixSpawn.available();
            Process started = spawn.isPresent()
                    ? spawn.get().start(invocation.program(), invocation.argv(), environment, invocation.folder())
                    : super.launch(command, environment, invocation.folder());
            process = started;
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
