package dev.whydunit.source.git;

import dev.whydunit.schema.About;
import dev.whydunit.schema.Default;

/**
 * Where a repository is.
 *
 * @param path its folder
 * @param ref the branch whose changes count
 */
@About("A git repository on this machine.")
public record GitSettings(
        @About(value = "The repository's folder.", example = "../shop")
        String path,

        @About("The branch, or other ref, whose changes count.") @Default("HEAD")
        String ref) {}
