package dev.whydunit.running;

import dev.whydunit.engine.Approvals;
import dev.whydunit.masking.SecretMask;

/** Shows people what a step wants without the secrets in it. The step still waits, so that the answer is for what it really wants. */
public record MaskedApprovals(Approvals shown, SecretMask mask) implements Approvals {
    @Override
    public Answer ask(Wish wish) throws InterruptedException {
        return shown.ask(masked(wish, mask));
    }

    @Override
    public void withdraw(String step, String why) {
        shown.withdraw(step, why);
    }

    /** The same wish without secrets. */
    public static Wish masked(Wish wish, SecretMask mask) {
        return new Wish(
                wish.step(),
                wish.target().map(mask::text),
                mask.text(wish.command()),
                wish.attempt(),
                wish.undo().map(mask::text),
                wish.approvers(),
                wish.expires());
    }
}
