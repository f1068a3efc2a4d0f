package dev.whydunit.app;

import dev.whydunit.config.Configuration;
import dev.whydunit.engine.StepKind;
import dev.whydunit.running.CurrentMask;
import dev.whydunit.source.SourceKind;
import dev.whydunit.source.elasticsearch.ElasticsearchKind;
import dev.whydunit.source.files.FilesKind;
import dev.whydunit.source.git.GitSourceKind;
import dev.whydunit.source.host.HostSourceKind;
import dev.whydunit.source.jdbc.JdbcSourceKind;
import dev.whydunit.source.prometheus.PrometheusSourceKind;
import dev.whydunit.source.scrape.ScrapeSourceKind;
import dev.whydunit.step.ask.AskKind;
import dev.whydunit.step.changequery.ChangeQueryKind;
import dev.whydunit.step.hostcommand.HostCommandKind;
import dev.whydunit.step.httpcheck.HttpCheckKind;
import dev.whydunit.step.logquery.LogQuery;
import dev.whydunit.step.metriccheck.MetricCheck;
import dev.whydunit.step.notify.NotifyKind;
import dev.whydunit.step.packetcapture.PacketCaptureKind;
import dev.whydunit.step.remedy.RemedyKind;
import dev.whydunit.step.sqlquery.SqlQueryKind;
import java.util.List;

/** Every step kind and source kind: one line each. */
final class Registry {
    private Registry() {}

    /** The step kinds, under a configuration's policy. */
    static List<StepKind<?>> stepKinds(Configuration configuration) {
        return List.of(
                new HostCommandKind(),
                new RemedyKind(),
                new LogQuery(new CurrentMask(configuration, List.of())),
                new MetricCheck(),
                new PacketCaptureKind(),
                new HttpCheckKind(configuration.operation().outbound().policy()),
                new SqlQueryKind(),
                new ChangeQueryKind(),
                new AskKind(),
                new NotifyKind(configuration.notifications(), configuration.environment()));
    }

    /** The kinds of sources. */
    static List<SourceKind<?>> sourceKinds() {
        return List.of(
                new ElasticsearchKind(),
                new FilesKind(),
                new PrometheusSourceKind(),
                new ScrapeSourceKind(),
                new HostSourceKind(),
                new JdbcSourceKind(),
                new GitSourceKind());
    }
}
