package dev.whydunit.server;

import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The web application while it starts, on a thread of its own: Spring gets ready while the database is opened and the runbooks are read,
 * and waits before it makes the first bean until it is told what those came to.
 */
final class WebStart implements AutoCloseable {
    private final CompletableFuture<Consumer<GenericApplicationContext>> given = new CompletableFuture<>();
    private final CompletableFuture<ConfigurableApplicationContext> started = new CompletableFuture<>();

    private WebStart() {}

    /** @param properties what the configuration says of the web application */
    static WebStart begin(Map<String, Object> properties) {
        WebStart start = new WebStart();
        Thread.ofPlatform()
                .daemon()
                .name("web start")
                .start(() -> start.started.completeAsync(() -> start.run(properties), Runnable::run));
        return start;
    }

    private ConfigurableApplicationContext run(Map<String, Object> properties) {
        SpringApplication application = ServerBeans.application()
                .properties(properties)
                .initializers((GenericApplicationContext beans) -> await(beans).accept(beans))
                .build();
        application.setRegisterShutdownHook(false);
        return application.run();
    }

    private Consumer<GenericApplicationContext> await(GenericApplicationContext beans) {
        try {
            return given.join();
        } catch (CancellationException e) {
            // Of this, and before it refreshes the context, Spring says nothing: whoever gave up says why.
            throw new SpringApplication.AbandonedRunException(beans);
        }
    }

    /**
     * Goes on with what the web application is to be told, and waits until it listens.
     *
     * @param ready registers what is made outside Spring; called once, on another thread
     */
    ConfigurableApplicationContext with(Consumer<GenericApplicationContext> ready) {
        given.complete(ready);
        try {
            return started.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException reason ? reason : e;
        }
    }

    /** Gives the start up, where it was not gone on with. */
    @Override
    public void close() {
        given.cancel(false);
    }
}
