package dev.whydunit.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The configuration of the shop's sources, as a team would write it. */
final class DemoConfiguration {
    private DemoConfiguration() {}

    /** Writes {@code whydunit.yaml} and, readable by its owner alone, the password that it refers to. */
    static void write(Path folder, URI shop, int paymentPort, String databaseUrl, String monitorPassword)
            throws IOException {
        Path secrets = Files.createDirectories(folder.resolve("secrets"));
        Path password = secrets.resolve("shop_db");
        Files.createFile(password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(password, monitorPassword + "\n");
        Files.writeString(
                folder.resolve("whydunit.yaml"), """
                # Made by `whydunit demo`. With a Prometheus, an Elasticsearch and a PostgreSQL only these sources would differ.
                sources:
                  logs:     {kind: files, paths: ['logs/*.json'], format: auto}
                  metrics:  {kind: scrape, url: '%s', for: 4s}
                  shop_db:  {kind: jdbc, url: '%s', user: monitor, password: 'file:secrets/shop_db'}
                  releases: {kind: git, path: shop}
                hosts:
                  localhost: {address: 127.0.0.1}
                services:
                  shop:    {tier: 1, owner: team-shop, hosts: [localhost], depends_on: [shop_db, payment], repository: shop,
                             checks: ['http://127.0.0.1:%d/health']}
                  payment: {tier: 1, owner: team-payment, hosts: [localhost]}
                runbooks: [runbooks]
                """.formatted(shop.resolve("/metrics"), databaseUrl, paymentPort));
    }
}
