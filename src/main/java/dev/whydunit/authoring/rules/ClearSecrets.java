package dev.whydunit.authoring.rules;

import dev.whydunit.authoring.rules.Subject.Placed;
import dev.whydunit.yaml.YamlNode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Passwords and tokens that stand in the runbook itself. Messages never hold them. */
final class ClearSecrets implements Check {
    private record Known(String name, String begins, Pattern pattern) {}

    private static final List<Known> KNOWN = List.of(
            known("an AWS access key", "AKIA", "AKIA[0-9A-Z]{16}"),
            known("a GitHub token", "gh", "gh[pousr]_[A-Za-z0-9]{30,}"),
            known("a GitHub token", "github_pat_", "github_pat_[A-Za-z0-9_]{30,}"),
            known("a GitLab token", "glpat-", "glpat-[A-Za-z0-9_-]{20,}"),
            known("a Slack token", "xox", "xox[abprs]-[A-Za-z0-9-]{10,}"),
            known("a Stripe key", "k_live_", "[rs]k_live_[A-Za-z0-9]{16,}"),
            known("a Google API key", "AIza", "AIza[0-9A-Za-z_-]{35}"),
            known("a private key", "PRIVATE KEY", "-----BEGIN [A-Z ]*PRIVATE KEY-----"),
            known("a JSON web token", "eyJ", "eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\."),
            known("a password in a URL", "://", "://[^\\s:/@$]{1,100}:[^\\s@/$]{1,100}@"),
            known(
                    "credentials in a header",
                    "uthorization",
                    "[Aa]uthorization:\\s*(?:Basic|Bearer)\\s+[A-Za-z0-9+/=._-]{8,}"),
            known("credentials in a header", "B", "^(?:Basic|Bearer)\\s+[A-Za-z0-9+/=._-]{8,}$"),
            known(
                    "a password on a command line",
                    "assw",
                    "(?:PGPASSWORD|MYSQL_PWD|--password|[Pp]assword)=['\"]?[^\\s$'\"]{3,}"));

    private static final Pattern SECRET_KEY = Pattern.compile(
            "(?:^|.*_)(?:password|passwd|passphrase|pwd|secret|token|api_?key|apikey|access_key|private_key|credentials?)$");

    private static Known known(String name, String begins, String pattern) {
        return new Known(name, begins, Pattern.compile(pattern));
    }

    @Override
    public void look(Subject subject, Remarks remarks) {
        for (Placed placed : subject.scalars()) {
            YamlNode.Scalar scalar = placed.scalar();
            String text = scalar.text();
            if (!known(scalar, remarks) && isSecretKey(placed.key()) && isLiteral(text)) {
                remarks.add(
                        "W205",
                        scalar,
                        "'" + placed.key() + "' is written out here: everyone who reads runbooks has it",
                        HELP);
            }
        }
    }

    private static final String HELP =
            "take it out and change it; give it to a source in whydunit.yaml as env:NAME or file:PATH";

    private static boolean known(YamlNode.Scalar scalar, Remarks remarks) {
        String text = scalar.text();
        for (Known known : KNOWN) {
            if (text.contains(known.begins())) {
                Matcher matcher = known.pattern().matcher(text);
                if (matcher.find()) {
                    remarks.add(
                            "W205",
                            scalar,
                            matcher.start(),
                            matcher.end() - matcher.start(),
                            "this looks like " + known.name() + ": everyone who reads runbooks has it",
                            HELP);
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isSecretKey(String key) {
        return SECRET_KEY
                .matcher(key.toLowerCase(Locale.ROOT).replace('-', '_'))
                .matches();
    }

    private static boolean isLiteral(String text) {
        return !text.isBlank() && !text.contains("${{") && !text.startsWith("env:") && !text.startsWith("file:");
    }
}
