package dev.whydunit.cli;

import dev.whydunit.backup.Backup;
import dev.whydunit.backup.BackupFailure;
import dev.whydunit.backup.Restore;
import dev.whydunit.config.Configuration;
import dev.whydunit.journal.FileArtifacts;
import dev.whydunit.retention.FileRetention;
import dev.whydunit.retention.RecordRetention;
import dev.whydunit.retention.Removal;
import dev.whydunit.running.LocalDatabase;
import dev.whydunit.running.StateLock;
import dev.whydunit.schema.Sizes;
import dev.whydunit.store.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code whydunit state …}: the journal and the files as a whole. */
@Command(
        mixinStandardHelpOptions = true,
        name = "state",
        description = "Back up, restore and prune what was found.",
        footer = {
            "",
            "The database is the configured one, else the one in the state directory.",
            "A backup is restored into either kind: that is also the way from one to the other.",
            "",
            "Example: whydunit state backup monday.zip"
        })
final class StateCommand extends CommandGroup {
    private static final long MAX_ARTIFACT = 256L << 20;

    private final InstantSource clock;

    StateCommand(Application application, InstantSource clock) {
        super(application);
        this.clock = clock;
    }

    private interface Use {
        int of(Configuration configuration, Database database, FileArtifacts artifacts)
                throws SQLException, IOException, BackupFailure;
    }

    private int with(CommonOptions options, Use use) throws SQLException, IOException {
        Optional<Configuration> configuration = application().configuration(options);
        if (configuration.isEmpty()) {
            return ExitCode.USAGE;
        }
        Path state = application().stateDirectory(options);
        try (Database database = LocalDatabase.open(configuration.get(), state)) {
            return use.of(configuration.get(), database, new FileArtifacts(state.resolve("artifacts"), MAX_ARTIFACT));
        } catch (BackupFailure e) {
            application().fail(String.valueOf(e.getMessage()));
            return ExitCode.FAILED;
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "prune",
            description = "Remove what is over and older, or more, than retention: of the configuration keeps.",
            footer = {"", "Example: whydunit state prune --dry-run"})
    int prune(
            @Mixin CommonOptions options,
            @Option(names = "--dry-run", description = "Only say what would be removed.") boolean dryRun,
            @Option(names = "--force", description = "Also when the clock is in doubt or most of it would go.")
                    boolean force)
            throws SQLException, IOException {
        return with(options, (configuration, database, artifacts) -> {
            RecordRetention records = new RecordRetention(database, configuration.retention(), "whydunit state prune");
            FileRetention files = new FileRetention(database, artifacts, configuration.retention(), records);
            Instant now = clock.instant();
            if (dryRun) {
                say("would remove " + records.look(now).plus(files.look(now)).words());
                return ExitCode.DONE;
            }
            Optional<String> doubt = records.doubt(now);
            if (doubt.isPresent() && !force) {
                application()
                        .fail("nothing was removed: " + doubt.get()
                                + " See what would go with --dry-run; --force removes it");
                return ExitCode.FAILED;
            }
            Removal removed = records.remove(now);
            say("removed " + removed.plus(files.remove(now)).words());
            return ExitCode.DONE;
        });
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "backup",
            description =
                    "Write the journal, all else in the database, and the files into one archive. A server may be running.",
            footer = {"", "Example: whydunit state backup monday.zip"})
    int backup(
            @Mixin CommonOptions options,
            @Parameters(paramLabel = "FILE", description = "The archive to write.") Path file,
            @Option(names = "--force", description = "Replace a file that is there.") boolean force)
            throws SQLException, IOException {
        Path target = application().directory().resolve(file);
        return with(options, (configuration, database, artifacts) -> {
            Backup.Written written;
            try (Progress progress =
                    Progress.begin(application(), options, "state backup", "writes " + target.getFileName(), 1)) {
                written = new Backup(database, artifacts).write(target, force, clock.instant());
                progress.finished();
            }
            say("wrote " + target + ": " + written.rows() + " rows, " + written.files() + " files, "
                    + Sizes.format(written.bytes()));
            if (!written.missing().isEmpty()) {
                application()
                        .fail(written.missing().size()
                                + " files that investigations refer to are not in it: they are not there or were changed, the first is "
                                + written.missing().getFirst());
            }
            return ExitCode.DONE;
        });
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "restore",
            description = "Put a backup in place of what is there. All servers of this database must be stopped.",
            footer = {"", "Example: whydunit state restore monday.zip"})
    int restore(
            @Mixin CommonOptions options,
            @Parameters(paramLabel = "FILE", description = "The archive to read.") Path file,
            @Option(names = "--force", description = "Replace what is there.") boolean force)
            throws SQLException, IOException {
        Path archive = application().directory().resolve(file);
        Optional<StateLock> lock = StateLock.take(application().stateDirectory(options));
        if (lock.isEmpty()) {
            application().fail("a server uses " + application().stateDirectory(options) + "; stop it first");
            return ExitCode.FAILED;
        }
        try (StateLock held = lock.get()) {
            return with(options, (configuration, database, artifacts) -> {
                Restore.Restored restored;
                try (Progress progress = Progress.begin(
                        application(),
                        options,
                        "state restore",
                        "reads " + archive.getFileName(),
                        Math.max(1, archive.toFile().length()))) {
                    restored = new Restore(database, artifacts).read(archive, force);
                    progress.finished();
                }
                say("restored what was backed up on " + restored.createdAt() + ": " + restored.rows() + " rows, "
                        + restored.files() + " files");
                if (!restored.missing().isEmpty()) {
                    application().fail(restored.missing().size() + " files were missing already when it was made");
                }
                if (!restored.changed().isEmpty()) {
                    application()
                            .fail("the events of " + String.join(", ", restored.changed())
                                    + " had been changed before they were backed up; do not trust what they show");
                }
                return ExitCode.DONE;
            });
        }
    }

    private void say(String line) {
        application().console().out().println(line);
        application().console().out().flush();
    }
}
