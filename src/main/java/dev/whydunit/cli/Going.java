package dev.whydunit.cli;

import dev.whydunit.engine.Investigation;
import java.util.Optional;

/** An investigation that is done here, or that a server does and that is followed from here. */
public interface Going {
    /**
     * Does it, or follows it, to its end.
     *
     * @return how it ended
     */
    String run();

    /** Ends it with what is known; any thread, any time. */
    void stop();

    /** Ends the steps that run now; any thread, any time. */
    void stopSteps();

    /** Itself, where it is done here. */
    Optional<Investigation> here();

    /** One that is done here. */
    static Going of(Investigation investigation) {
        return new Going() {
            @Override
            public String run() {
                return investigation.run();
            }

            @Override
            public void stop() {
                investigation.stop();
            }

            @Override
            public void stopSteps() {
                investigation.stopSteps();
            }

            @Override
            public Optional<Investigation> here() {
                return Optional.of(investigation);
            }
        };
    }
}
