package dev.whydunit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoffTest {
    @Test
    void aDotOrAQuoteAtTheBeginningOfALineIsNoRequest() {
        assertThat(Roff.line(".so /etc/passwd")).isEqualTo("\\&.so /etc/passwd");
        assertThat(Roff.line("'br")).isEqualTo("\\(aqbr");
    }

    @Test
    void whatCanBePastedIsPrintedSignForSign() {
        assertThat(Roff.text("--env 'a\\b' `c` ~/d^"))
                .isEqualTo("\\-\\-env \\(aqa\\(rsb\\(aq \\(gac\\(ga \\(ti/d\\(ha");
    }

    @Test
    void aTextIsOneLineAndOtherLettersAreNamed() {
        assertThat(Roff.text("one\n.two – three…")).isEqualTo("one .two \\[u2013] three...");
    }
}
