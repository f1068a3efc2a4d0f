package dev.whydunit.source.git;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * Keeps JGit to the repository that it reads. Left alone, it starts the git program to find the machine's settings, reads
 * the user's, and measures the file system by writing files next to the repository's own.
 */
final class OwnSettingsOnly extends SystemReader.Delegate {
    private OwnSettingsOnly(SystemReader platform) {
        super(platform);
    }

    /** Takes effect for all of JGit in this process. */
    static synchronized void install() {
        if (!(SystemReader.getInstance() instanceof OwnSettingsOnly)) {
            SystemReader.setInstance(new OwnSettingsOnly(SystemReader.getInstance()));
        }
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
        return new Nothing(Optional.ofNullable(parent), fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
        return new Nothing(Optional.ofNullable(parent), fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
        return new Nothing(Optional.ofNullable(parent), fs);
    }

    /** Settings of no file, which know the one thing that JGit would measure. */
    private static final class Nothing extends FileBasedConfig {
        /** As coarse as file systems get. */
        private static final long TIMESTAMP_SECONDS = 2;

        Nothing(Optional<Config> parent, FS fs) {
            super(parent.orElse(null), null, fs);
        }

        @Override
        public void load() {
            // There is nothing to load.
        }

        @Override
        public boolean isOutdated() {
            return false;
        }

        @Override
        public long getTimeUnit(
                String section, @Nullable String subsection, String name, long defaultValue, TimeUnit wantUnit) {
            return "filesystem".equals(section)
                    ? wantUnit.convert(TIMESTAMP_SECONDS, TimeUnit.SECONDS)
                    : super.getTimeUnit(section, subsection, name, defaultValue, wantUnit);
        }
    }
}
