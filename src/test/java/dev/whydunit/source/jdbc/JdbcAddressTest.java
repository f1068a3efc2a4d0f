package dev.whydunit.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:mem:a;INIT=RUNSCRIPT FROM 'http://x/y.sql'",
                "jdbc:h2:mem:a;init=create alias x",
                "jdbc:h2:mem:a;TRACE_LEVEL_SYSTEM_OUT=3\\;INIT=x",
                "jdbc:h2:mem:a;TRACE_LEVEL_FILE=3",
                "jdbc:h2:mem:a;DATABASE_EVENT_LISTENER='x'",
                "jdbc:h2:mem:a;AUTO_SERVER=TRUE",
                "jdbc:h2:tcp://10.0.0.1:9092/./shop",
                "jdbc:h2:tcp://127.0.0.1.example.com:9092/./shop",
                "jdbc:h2:ssl://127.0.0.1:9092/./shop",
                "jdbc:h2:zip:~/a.zip!/b",
                "jdbc:h2:nio:a",
                "jdbc:h2:a",
                "jdbc:postgresql://h/d?socketFactory=org.springframework.context.support.ClassPathXmlApplicationContext",
                "jdbc:postgresql://h/d?sslmode=require&loggerFile=/tmp/x",
                "jdbc:postgresql://h/d?options=-c%20x",
                "jdbc:postgresql:d",
                "jdbc:mysql://h/d",
                "JDBC:h2:mem:a",
                ""
            })
    void anAddressThatCouldRunCodeOrReachElsewhereIsRefused(String url) {
        assertThatThrownBy(() -> JdbcAddress.checked(url)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ordinaryAddressesAreTakenAndFilesAreOpenedForReadingOnly() {
        assertThat(JdbcAddress.checked("jdbc:postgresql://127.0.0.1:5432/shop?sslmode=verify-full"))
                .isEqualTo("jdbc:postgresql://127.0.0.1:5432/shop?sslmode=verify-full");
        assertThat(JdbcAddress.checked("jdbc:h2:tcp://127.0.0.1:9092/./shop;MODE=PostgreSQL"))
                .isEqualTo("jdbc:h2:tcp://127.0.0.1:9092/./shop;MODE=PostgreSQL");
        assertThat(JdbcAddress.checked("jdbc:h2:file:/data/shop"))
                .isEqualTo("jdbc:h2:file:/data/shop;IFEXISTS=TRUE;ACCESS_MODE_DATA=r");
    }
}
