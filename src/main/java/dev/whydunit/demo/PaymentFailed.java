package dev.whydunit.demo;

/** The payment service did not take the payment. */
final class PaymentFailed extends Exception {
    private static final long serialVersionUID = 1;

    PaymentFailed(Throwable cause) {
        super("the payment was not taken", cause);
    }
}
