package dev.whydunit.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadOnlyStatementTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "  (SELECT 1) union (select 2) ;",
                "-- why\n/* and */ with a as (select 1) select * from a",
                "values (1)",
                "table t",
                "show work_mem",
                "explain select 1",
                "select ';' || $$;$$ || E'\\';' -- ; delete"
            })
    void oneQueryOfPostgresqlMayRun(String sql) {
        assertThat(ReadOnlyStatement.objection(sql, false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-- nothing",
                "delete from t",
                "select 1; commit; delete from t",
                "select 1;\ndrop table t",
                "set transaction read write",
                "commit",
                "do $$ begin end $$",
                "copy t to program 'touch canary'",
                "call f()",
                "/* select */ delete from t",
                "begin"
            })
    void anythingElseIsRefusedByPostgresqlsRules(String sql) {
        assertThat(ReadOnlyStatement.objection(sql, false)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1; drop table t",
                "select FILE_WRITE('x', '/tmp/canary')",
                "select \"FILE_WRITE\"('x', '/tmp/canary')",
                "select file_read('/etc/passwd')",
                "select * from csvread('/etc/passwd')",
                "select * from final table (delete from t)",
                "select * from final/**/table(insert into t values (1))",
                "select U&\"\\0046ILE_WRITE\"('x', 'y')",
                "explain analyze delete from t",
                "select * from t for update",
                "select next  value for s",
                "script to '/tmp/canary'",
                "runscript from 'x'",
                "call 1"
            })
    void whatWritesOrReadsFilesIsRefusedForH2(String sql) {
        assertThat(ReadOnlyStatement.objection(sql, true)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"select updated_at, deleted from t where x = ?;", "with a as (select 1) select * from a"})
    void ordinaryQueriesOfH2MayRun(String sql) {
        assertThat(ReadOnlyStatement.objection(sql, true)).isEmpty();
    }
}
