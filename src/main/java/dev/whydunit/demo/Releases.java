package dev.whydunit.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/** The git repository of the shop's releases: what it checks out is what the shop runs. */
final class Releases implements AutoCloseable {
    private static final String PRODUCTS = """
            products.of_category = select id, name, price, stock from products where category = ? order by id limit 20
            products.take_from_stock = update products set stock = stock - 1 where id = ?
            """;
    private static final String ORDERS = """
            orders.add = insert into orders (customer_id, product_id, quantity, note, placed_at) values (?, ?, 1, '', ?)
            orders.of_customer = select id, product_id, quantity, placed_at from orders where customer_id = ? \
            order by placed_at desc limit 5
            """;
    private static final String EXPORT = """
            exports.add = insert into exports (started_at) values (?)
            orders.after = select id, customer_id, product_id, quantity, note, placed_at from orders \
            where id > ? order by id limit 500
            """;

    /** Reads, for each order shown, the notes of all orders: no index helps to find a word in them. */
    private static final String ORDERS_WITH_MENTIONS = """
            orders.add = insert into orders (customer_id, product_id, quantity, note, placed_at) values (?, ?, 1, '', ?)
            orders.of_customer = select o.id, o.product_id, o.quantity, o.placed_at, \
            (select count(*) from orders n where lower(n.note) like '%product ' || o.product_id || ' %') as mentions \
            from (select * from orders where customer_id = ? order by placed_at desc limit 5) o
            """;

    private final Path folder;
    private final Git git;

    private Releases(Path folder, Git git) {
        this.folder = folder;
        this.git = git;
    }

    /** Makes the repository with its history; 1.3.0 is checked out. */
    static Releases create(Path folder) throws IOException {
        SystemReader.setInstance(new NoUserSettings(SystemReader.getInstance()));
        try {
            Releases releases = new Releases(
                    folder,
                    Git.init()
                            .setInitialBranch("main")
                            .setDirectory(folder.toFile())
                            .call());
            releases.release("1.0.0", "Sell products", "Team: shop", PRODUCTS, Duration.ofDays(41));
            releases.release(
                    "1.1.0", "Show a customer's last orders", "Team: orders", PRODUCTS + ORDERS, Duration.ofDays(26));
            releases.release(
                    "1.2.0", "Try a payment three times", "Team: checkout", PRODUCTS + ORDERS, Duration.ofDays(12));
            releases.release(
                    "1.3.0",
                    "Export orders for partners",
                    "Team: partners",
                    PRODUCTS + ORDERS + EXPORT,
                    Duration.ofDays(3));
            return releases;
        } catch (GitAPIException e) {
            throw new IOException("the releases' repository cannot be made in " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Commits and checks out 1.4.0, which shows how often notes mention each product of a customer's orders. */
    void releaseWithSlowQuery() throws IOException {
        try {
            release(
                    "1.4.0",
                    "Show how often a product is mentioned in notes",
                    "Team: orders",
                    PRODUCTS + ORDERS_WITH_MENTIONS + EXPORT,
                    Duration.ZERO);
        } catch (GitAPIException e) {
            throw new IOException("the release cannot be committed in " + folder + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        git.close();
    }

    private void release(String version, String what, String trailer, String queries, Duration ago)
            throws IOException, GitAPIException {
        Files.writeString(folder.resolve("VERSION"), version + "\n");
        Files.writeString(folder.resolve("queries.properties"), queries);
        PersonIdent robot = new PersonIdent(
                "release robot", "release@shop.example", Instant.now().minus(ago), ZoneOffset.UTC);
        git.add().addFilepattern(".").call();
        git.commit()
                .setAuthor(robot)
                .setCommitter(robot)
                .setSign(false)
                .setNoVerify(true)
                .setMessage("Release " + version + ": " + what + "\n\n" + trailer + "\n")
                .call();
    }

    /** Keeps git settings of the machine and of its user out, and JGit's own measurements out of the user's home. */
    private static final class NoUserSettings extends SystemReader.Delegate {
        NoUserSettings(SystemReader system) {
            super(system);
        }

        @Override
        public FileBasedConfig openSystemConfig(Config parent, FS fs) {
            return new Empty(parent, fs);
        }

        @Override
        public FileBasedConfig openUserConfig(Config parent, FS fs) {
            return new Empty(parent, fs);
        }

        @Override
        public FileBasedConfig openJGitConfig(Config parent, FS fs) {
            return new Empty(parent, fs);
        }
    }

    private static final class Empty extends FileBasedConfig {
        Empty(Config parent, FS fs) {
            super(parent, Path.of("no-settings").toFile(), fs);
        }

        @Override
        public void load() {
            // There is no file.
        }

        @Override
        public void save() {
            // Nothing outlives this process.
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
