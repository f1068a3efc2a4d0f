package dev.whydunit.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KeptExpressionsTest {
    @Test
    void anExpressionIsCompiledOnceForEqualScopes() {
        Scope one = Scope.of(Map.of("kept_once", ValueType.Simple.INT));
        Scope equal = Scope.of(Map.of("kept_once", ValueType.Simple.INT));
        assertThat(Expressions.compile("kept_once > 1", equal).value().orElseThrow())
                .isSameAs(Expressions.compile("kept_once > 1", one).value().orElseThrow());
    }

    @Test
    void theSameTextAmongOtherTypesIsAnotherExpression() {
        Scope number = Scope.of(Map.of("kept", ValueType.Simple.INT));
        Scope text = Scope.of(Map.of("kept", ValueType.Simple.STRING));
        assertThat(Expressions.compile("kept", number).value().orElseThrow().type())
                .isEqualTo(ValueType.Simple.INT);
        assertThat(Expressions.compile("kept", text).value().orElseThrow().type())
                .isEqualTo(ValueType.Simple.STRING);
        assertThat(Expressions.compile("kept > 1", number).issues()).isEmpty();
        assertThat(Expressions.compile("kept > 1", text).issues()).isNotEmpty();
    }
}
