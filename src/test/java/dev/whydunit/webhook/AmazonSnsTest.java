package dev.whydunit.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.whydunit.outbound.AddressPolicy;
import dev.whydunit.outbound.Route;
import dev.whydunit.testing.Identity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Against a TLS server that stands where Amazon's name leads. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AmazonSnsTest {
    private static final String HOST = "sns.eu-central-1.amazonaws.com";
    private static final URI PEM = URI.create("https://" + HOST + "/SimpleNotificationService-1.pem");

    private final Map<String, String> pages = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private Path folder = Path.of("");
    private Identity amazon;
    private Identity stranger;
    private HttpsServer server;

    @BeforeAll
    void start(@TempDir Path shared) throws Exception {
        folder = shared;
        amazon = Identity.named(folder, HOST);
        stranger = Identity.named(folder, "sns.evil.example");
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(amazon.shown()));
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            String page = pages.get(exchange.getRequestURI().getPath());
            byte[] body = (page == null ? "" : page).getBytes(StandardCharsets.UTF_8);
            if ("redirect".equals(page)) {
                exchange.getResponseHeaders().add("Location", "https://" + HOST + "/good.pem");
            }
            exchange.sendResponseHeaders(
                    page == null ? 404 : "redirect".equals(page) ? 302 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    void stop() {
        server.stop(0);
    }

    @BeforeEach
    void forget() {
        pages.clear();
        asked.clear();
    }

    private AmazonSns sns(SSLContext trust, AddressPolicy policy) {
        return new AmazonSns(
                new Route(
                        policy,
                        (host, port) -> List.of(new InetSocketAddress(
                                InetAddress.getLoopbackAddress(),
                                server.getAddress().getPort())),
                        trust.getSocketFactory()),
                InstantSource.system());
    }

    private AmazonSns trusting(X509Certificate authority) throws Exception {
        return new AmazonSns(
                new Route(
                        AddressPolicy.DEFAULT,
                        (host, port) -> List.of(new InetSocketAddress(
                                InetAddress.getLoopbackAddress(),
                                server.getAddress().getPort())),
                        amazon.trusted().getSocketFactory()),
                InstantSource.system(),
                () -> Set.of(authority));
    }

    private AmazonSns sns() throws Exception {
        return sns(amazon.trusted(), AddressPolicy.DEFAULT);
    }

    @Test
    void theCertificateIsFetchedOnce() throws Exception {
        pages.put("/SimpleNotificationService-1.pem", amazon.certificatePem());
        AmazonSns sns = sns();
        assertThat(sns.certificate(PEM)).isEqualTo(amazon.certificate());
        assertThat(sns.certificate(PEM)).isEqualTo(amazon.certificate());
        assertThat(asked).hasSize(1);
    }

    @Test
    void aServerWhoseChainIsNotTrustedIsNotAmazon() throws Exception {
        pages.put("/SimpleNotificationService-1.pem", amazon.certificatePem());
        AmazonSns sns = sns(stranger.trusted(), AddressPolicy.DEFAULT);
        assertThatThrownBy(() -> sns.certificate(PEM))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("tls");
        assertThat(asked).isEmpty();
    }

    @Test
    void aServerWithTheNameOfAnotherIsNotAmazon() throws Exception {
        URI other = URI.create("https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem");
        AmazonSns sns = sns();
        assertThatThrownBy(() -> sns.certificate(other)).isInstanceOf(GeneralSecurityException.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void anInnerAddressIsNotConnectedTo() throws Exception {
        AmazonSns sns = sns(amazon.trusted(), AddressPolicy.INTERNET);
        assertThatThrownBy(() -> sns.certificate(PEM)).hasMessageContaining("127.0.0.1");
        assertThat(asked).isEmpty();
    }

    @Test
    void aCertificateForSomebodyElseIsRefused() throws Exception {
        pages.put("/SimpleNotificationService-1.pem", stranger.certificatePem());
        AmazonSns sns = sns();
        assertThatThrownBy(() -> sns.certificate(PEM)).hasMessageContaining("not for " + HOST);
    }

    @Test
    void certificatesThatDoNotLeadUpFromEachOtherAreRefused() throws Exception {
        pages.put("/SimpleNotificationService-1.pem", amazon.certificatePem() + stranger.certificatePem());
        AmazonSns sns = sns();
        assertThatThrownBy(() -> sns.certificate(PEM)).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void aChainThatIsSentAlongMustLeadToATrustedAuthority() throws Exception {
        pages.put("/SimpleNotificationService-1.pem", amazon.certificatePem() + amazon.certificatePem());
        assertThat(trusting(amazon.certificate()).certificate(PEM)).isEqualTo(amazon.certificate());
        AmazonSns another = trusting(stranger.certificate());
        assertThatThrownBy(() -> another.certificate(PEM)).isInstanceOf(GeneralSecurityException.class);
        AmazonSns theJdks = sns();
        assertThatThrownBy(() -> theJdks.certificate(PEM)).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void anExpiredCertificateIsRefused() throws Exception {
        pages.put("/SimpleNotificationService-1.pem", amazon.certificatePem());
        AmazonSns later = new AmazonSns(
                new Route(
                        AddressPolicy.DEFAULT,
                        (host, port) -> List.of(new InetSocketAddress(
                                InetAddress.getLoopbackAddress(),
                                server.getAddress().getPort())),
                        amazon.trusted().getSocketFactory()),
                InstantSource.fixed(Instant.parse("2126-01-01T00:00:00Z")));
        assertThatThrownBy(() -> later.certificate(PEM)).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        pages.put("/SimpleNotificationService-1.pem", "redirect");
        pages.put("/good.pem", amazon.certificatePem());
        AmazonSns sns = sns();
        assertThatThrownBy(() -> sns.certificate(PEM)).hasMessageContaining("302");
        assertThat(asked).containsExactly("/SimpleNotificationService-1.pem");
    }

    @Test
    void aFailureIsRememberedForAMoment() throws Exception {
        AmazonSns sns = sns();
        assertThatThrownBy(() -> sns.certificate(PEM)).hasMessageContaining("404");
        assertThatThrownBy(() -> sns.certificate(PEM)).hasMessageContaining("404");
        assertThat(asked).hasSize(1);
    }

    @Test
    void aSubscriptionIsConfirmedAtAmazonsAddressAlone() throws Exception {
        pages.put("/", "<ConfirmSubscriptionResponse/>");
        AmazonSns sns = sns();
        sns.confirm(URI.create("https://" + HOST + "/?Action=ConfirmSubscription&Token=abc"));
        assertThat(asked).containsExactly("/?Action=ConfirmSubscription&Token=abc");
        assertThatThrownBy(() -> sns.confirm(URI.create("https://evil.example/?Action=ConfirmSubscription")))
                .isInstanceOf(GeneralSecurityException.class);
    }
}
