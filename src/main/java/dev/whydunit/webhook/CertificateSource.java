package dev.whydunit.webhook;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;

/** Where the certificates of signatures come from. Only addresses that were checked are asked for. */
@FunctionalInterface
public interface CertificateSource {
    /**
     * The certificate at an address, whose chain of trust was checked for that host.
     *
     * @throws GeneralSecurityException when there is none that can be trusted
     */
    X509Certificate certificate(URI address) throws GeneralSecurityException;

    /** Amazon did not answer: whether a message is signed cannot be told now, and may be soon. */
    final class Unavailable extends GeneralSecurityException {
        Unavailable(String message) {
            super(message);
        }
    }
}
