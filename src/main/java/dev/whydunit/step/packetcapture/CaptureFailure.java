package dev.whydunit.step.packetcapture;

/** Why nothing can be captured. */
final class CaptureFailure extends Exception {
    private final String kind;

    /**
     * @param kind in one word, see {@link CaptureOutcome#failure}
     * @param message one line for people
     */
    CaptureFailure(String kind, String message) {
        super(message);
        this.kind = kind;
    }

    String kind() {
        return kind;
    }
}
