package dev.whydunit.delivery;

import dev.whydunit.notification.Channel;
import dev.whydunit.notification.Letter;
import dev.whydunit.outbound.Refused;
import dev.whydunit.outbound.Route;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Authenticator;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** A message as an e-mail. The library is loaded with this class, which only an e-mail channel uses. */
final class MailAttempt implements Attempt {
    private static final int SHOWN = 200;
    private static final int FIRST_PERMANENT = 500;

    private final Channel.Email channel;
    private final Optional<String> password;
    private final Letter letter;
    private final String key;
    private final Instant now;
    private final Route route;
    private final Duration connect;
    private final Duration limit;
    private volatile Optional<Socket> open = Optional.empty();
    private volatile boolean over;

    /** @param key is part of the message's id, the same each time */
    MailAttempt(
            Channel.Email channel,
            Optional<String> password,
            Letter letter,
            String key,
            Instant now,
            Route route,
            Duration connect,
            Duration limit) {
        this.channel = channel;
        this.password = password;
        this.letter = letter;
        this.key = key;
        this.now = now;
        this.route = route;
        this.connect = connect;
        this.limit = limit;
    }

    @Override
    public Outcome run() {
        Session session = Session.getInstance(properties(), login());
        try (Socket socket = connected();
                SMTPTransport transport = (SMTPTransport) session.getTransport("smtp")) {
            MimeMessage message = message(session);
            transport.connect(socket);
            transport.sendMessage(message, message.getAllRecipients());
            return new Outcome.Delivered(250, "SMTP 250: taken by " + channel.host());
        } catch (Refused e) {
            return new Outcome.Refused(0, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Outcome.Later(0, line("SMTP", e), Optional.empty());
        } catch (AuthenticationFailedException e) {
            return new Outcome.Refused(
                    535, line("SMTP: " + channel.host() + " does not know the user or the password", e));
        } catch (MessagingException e) {
            return failed(e);
        }
    }

    @Override
    public void abort() {
        over = true;
        open.ifPresent(socket -> {
            try {
                socket.close();
            } catch (IOException e) {
                // It is gone all the same.
                open = Optional.empty();
            }
        });
    }

    /** The library is given a connection, and looks no name up itself: what was checked is what is connected to. */
    private Socket connected() throws IOException, Refused {
        List<InetSocketAddress> targets = route.targets(channel.host(), channel.port());
        for (int i = 0; ; i++) {
            Socket socket = new Socket(Proxy.NO_PROXY);
            open = Optional.of(socket);
            try {
                if (over) {
                    throw new SocketException("it was given up");
                }
                socket.setSoTimeout((int) limit.toMillis());
                socket.connect(targets.get(i), (int) connect.toMillis());
                return channel.secure() ? secured(socket) : socket;
            } catch (IOException e) {
                socket.close();
                if (i == targets.size() - 1 || e instanceof SSLException) {
                    throw e;
                }
            }
        }
    }

    private Socket secured(Socket plain) throws IOException {
        SSLSocket socket = (SSLSocket) route.trust().createSocket(plain, channel.host(), channel.port(), true);
        SSLParameters checks = socket.getSSLParameters();
        checks.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(checks);
        socket.startHandshake();
        return socket;
    }

    private Authenticator login() {
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(channel.user().orElse(""), password.orElse(""));
            }
        };
    }

    private Properties properties() {
        Properties properties = new Properties();
        boolean starttls = channel.starttls() && !channel.secure();
        properties.put("mail.smtp.host", channel.host());
        properties.put("mail.smtp.ssl.socketFactory", route.trust());
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.starttls.enable", Boolean.toString(starttls));
        properties.put("mail.smtp.starttls.required", Boolean.toString(starttls));
        properties.put("mail.smtp.auth", Boolean.toString(channel.user().isPresent()));
        return properties;
    }

    private MimeMessage message(Session session) throws MessagingException {
        String id = "<" + key + channel.from().substring(channel.from().lastIndexOf('@')) + ">";
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", id);
            }
        };
        message.setFrom(new InternetAddress(channel.from(), true));
        Address[] to = new Address[channel.to().size()];
        for (int i = 0; i < to.length; i++) {
            to[i] = new InternetAddress(channel.to().get(i), true);
        }
        message.setRecipients(RecipientType.TO, to);
        message.setSubject(letter.subject(), "UTF-8");
        message.setSentDate(Date.from(now));
        message.setHeader("Auto-Submitted", "auto-generated");
        MimeBodyPart text = new MimeBodyPart();
        text.setText(letter.text(), "UTF-8", "plain");
        MimeBodyPart html = new MimeBodyPart();
        html.setText(letter.html(), "UTF-8", "html");
        message.setContent(new MimeMultipart("alternative", text, html));
        return message;
    }

    private static Outcome failed(MessagingException e) {
        int code = code(e);
        String said = line("SMTP" + (code > 0 ? " " + code : ""), e);
        boolean network = code <= 0 && cause(e, IOException.class).isPresent();
        return code >= FIRST_PERMANENT || code <= 0 && !network
                ? new Outcome.Refused(Math.max(0, code), said)
                : new Outcome.Later(Math.max(0, code), said, Optional.empty());
    }

    /** The first code of SMTP in the chain of what failed; 0 when the server did not get to say one. */
    private static int code(MessagingException failure) {
        for (Exception e = failure;
                e != null;
                e = e instanceof MessagingException one ? one.getNextException() : null) {
            int code = switch (e) {
                case SMTPAddressFailedException address -> address.getReturnCode();
                case SMTPSenderFailedException sender -> sender.getReturnCode();
                case SMTPSendFailedException send -> send.getReturnCode();
                default -> 0;
            };
            if (code > 0) {
                return code;
            }
        }
        return 0;
    }

    private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (type.isInstance(e)) {
                return Optional.of(type.cast(e));
            }
        }
        return Optional.empty();
    }

    private static String line(String what, Exception e) {
        Throwable last = e;
        while (last.getCause() != null && !(last instanceof SocketException)) {
            last = last.getCause();
        }
        String said = String.valueOf(last.getMessage())
                .replaceAll("[\\p{Cntrl}\\s]+", " ")
                .strip();
        return what + ": " + (said.length() > SHOWN ? said.substring(0, SHOWN) + "…" : said);
    }
}
