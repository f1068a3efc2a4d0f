package dev.whydunit.source.git;

import dev.whydunit.source.SourceEnvironment;
import dev.whydunit.source.SourceKind;

/** The source kind {@code git}. */
public final class GitSourceKind implements SourceKind<GitSettings> {
    @Override
    public String name() {
        return "git";
    }

    @Override
    public Class<GitSettings> settings() {
        return GitSettings.class;
    }

    @Override
    public Class<?> type() {
        return GitHistory.class;
    }

    @Override
    public Object open(String name, GitSettings settings, SourceEnvironment environment) {
        return new GitHistory(environment.resolve(settings.path()), settings.ref());
    }
}
