package dev.whydunit.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whydunit.notification.Channel;
import dev.whydunit.notification.Message;
import dev.whydunit.notification.Messages;
import dev.whydunit.outbound.AddressPolicy;
import dev.whydunit.outbound.Route;
import dev.whydunit.testing.Identity;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** E-mail by a real server of SMTP (Debian's aiosmtpd), with STARTTLS, with TLS from the beginning, and without. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailIT {
    private static final Instant NOW = Instant.parse("2026-03-01T02:15:00Z");
    private static final Message SAMPLE = new Messages(Optional.empty()).sample(NOW, Optional.empty());

    /** A server that takes mail only from who logs in, after STARTTLS. */
    private static final String WITH_LOGIN = """
            import ssl, sys
            from aiosmtpd.controller import Controller
            from aiosmtpd.handlers import Mailbox
            from aiosmtpd.smtp import AuthResult, LoginPassword
            def known(server, session, envelope, mechanism, data):
                good = isinstance(data, LoginPassword) and data.login == b'w' and data.password == b'the password'
                return AuthResult(success=good, handled=False)
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(sys.argv[2], sys.argv[3])
            Controller(Mailbox(sys.argv[4]), hostname='127.0.0.1', port=int(sys.argv[1]), tls_context=context,
                       require_starttls=True, authenticator=known, auth_required=True).start()
            sys.stdin.read()
            """;

    private final List<Process> servers = new ArrayList<>();
    private Path folder;
    private Identity identity;
    private int starttls;
    private int tls;
    private int plain;
    private int login;

    @BeforeAll
    void start(@TempDir Path shared) throws Exception {
        folder = shared;
        identity = Identity.named(folder, "localhost");
        String certificate = Files.writeString(folder.resolve("mail.crt"), identity.certificatePem())
                .toString();
        String key =
                Files.writeString(folder.resolve("mail.key"), identity.keyPem()).toString();
        starttls = server("starttls", "--tlscert", certificate, "--tlskey", key);
        tls = server("tls", "--smtpscert", certificate, "--smtpskey", key);
        plain = server("plain");
        login = serverWithLogin(certificate, key);
        for (int port : new int[] {starttls, tls, plain, login}) {
            await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> connects(port));
        }
    }

    private static boolean connects(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        }
    }

    @AfterAll
    void stop() throws InterruptedException {
        for (Process server : servers) {
            server.destroy();
            if (!server.waitFor(Duration.ofSeconds(5))) {
                server.destroyForcibly().waitFor();
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private int serverWithLogin(String certificate, String key) throws IOException {
        int port = freePort();
        start(
                "login",
                List.of(
                        "/usr/bin/python3",
                        "-c",
                        WITH_LOGIN,
                        Integer.toString(port),
                        certificate,
                        key,
                        folder.resolve("login").toString()));
        return port;
    }

    private void start(String name, List<String> command) throws IOException {
        servers.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".txt").toFile())
                .start());
    }

    private int server(String name, String... options) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(
                List.of("/usr/bin/aiosmtpd", "-n", "-l", "127.0.0.1:" + port, "-c", "aiosmtpd.handlers.Mailbox"));
        command.addAll(List.of(options));
        command.add(folder.resolve(name).toString());
        start(name, command);
        return port;
    }

    private Outcome deliver(int port, boolean secure, boolean starttls, SSLSocketFactory trust)
            throws InterruptedException {
        return deliver(port, secure, starttls, trust, Optional.empty());
    }

    private Outcome deliver(
            int port, boolean secure, boolean starttls, SSLSocketFactory trust, Optional<String> password)
            throws InterruptedException {
        Channel mail = new Channel.Email(
                "mail",
                "localhost",
                port,
                secure,
                starttls,
                password.map(given -> "w"),
                password.map(given -> "env:MAIL"),
                "whydunit@example.org",
                List.of("kim@example.org", "lee@example.org"),
                Optional.empty(),
                Optional.empty());
        Route system = Route.system(AddressPolicy.DEFAULT);
        // Every name that the test asks for is this machine.
        Route.Names names = (host, asked) -> List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), asked));
        Courier courier = new Courier(
                new TestSecrets(Map.of("env:MAIL", password.orElse(""))),
                () -> new Route(system.policy(), names, trust),
                InstantSource.fixed(NOW),
                Duration.ofSeconds(20));
        return courier.deliver(mail, SAMPLE, "ntf-mail");
    }

    private SSLSocketFactory trusting() throws Exception {
        return identity.trusted().getSocketFactory();
    }

    private List<MimeMessage> arrived(String name) throws Exception {
        List<MimeMessage> messages = new ArrayList<>();
        Path box = folder.resolve(name).resolve("new");
        if (Files.isDirectory(box)) {
            try (Stream<Path> files = Files.list(box)) {
                for (Path file : files.toList()) {
                    try (InputStream in = Files.newInputStream(file)) {
                        messages.add(new MimeMessage(Session.getInstance(new Properties()), in));
                    }
                }
            }
        }
        return messages;
    }

    @Test
    void aMessageArrivesThroughStarttlsWithSubjectAndBothBodies() throws Exception {
        assertThat(deliver(starttls, false, true, trusting()))
                .isEqualTo(new Outcome.Delivered(250, "SMTP 250: taken by localhost"));

        MimeMessage message = arrived("starttls").getFirst();
        assertThat(message.getSubject()).isEqualTo("A test from whydunit: the shop is slow");
        assertThat(message.getMessageID()).isEqualTo("<ntf-mail@example.org>");
        assertThat(message.getHeader("Auto-Submitted", null)).isEqualTo("auto-generated");
        assertThat(message.getHeader("To", null)).isEqualTo("kim@example.org, lee@example.org");
        assertThat(message.getContent()).isInstanceOfSatisfying(MimeMultipart.class, parts -> {
            try {
                assertThat(parts.getContentType()).startsWith("multipart/alternative");
                assertThat(parts.getBodyPart(0).getContentType()).startsWith("text/plain");
                assertThat(parts.getBodyPart(0).getContent().toString())
                        .contains("Every request waits for the database (×12)");
                assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
                assertThat(parts.getBodyPart(1).getContent().toString())
                        .contains("<li>Every request waits for the database (×12)</li>");
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void whoSendsIsKnownByUserAndPassword() throws Exception {
        assertThat(deliver(login, false, true, trusting(), Optional.of("the password")))
                .isInstanceOf(Outcome.Delivered.class);
        assertThat(arrived("login")).hasSize(1);
        assertThat(deliver(login, false, true, trusting(), Optional.of("another password")))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.said())
                                .contains("does not know the user or the password")
                                .doesNotContain("another password"));
        assertThat(deliver(login, false, true, trusting())).isInstanceOf(Outcome.Refused.class);
        assertThat(arrived("login")).hasSize(1);
    }

    @Test
    void aMessageArrivesThroughTlsFromTheBeginning() throws Exception {
        assertThat(deliver(tls, true, true, trusting())).isInstanceOf(Outcome.Delivered.class);
        assertThat(arrived("tls")).hasSize(1);
    }

    @Test
    void nothingIsSaidToAServerWithoutStarttlsUnlessThatWasSwitchedOff() throws Exception {
        assertThat(deliver(plain, false, true, trusting()))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.said()).contains("STARTTLS"));
        assertThat(arrived("plain")).isEmpty();
        assertThat(deliver(plain, false, false, trusting())).isInstanceOf(Outcome.Delivered.class);
        assertThat(arrived("plain")).hasSize(1);
    }

    @Test
    void aCertificateThatNobodyVouchesForIsNotTrusted() throws Exception {
        int before = arrived("starttls").size();
        assertThat(deliver(starttls, false, true, (SSLSocketFactory) SSLSocketFactory.getDefault()))
                .isInstanceOfSatisfying(
                        Outcome.Later.class, later -> assertThat(later.said()).contains("certification path"));
        assertThat(arrived("starttls")).hasSize(before);
    }
}
