package dev.whydunit.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The pages of a server: plain HTML and forms, without script. All text of others is escaped. */
public final class ServerPages {
    private static final String STYLE = HtmlPage.style("summary.css") + HtmlPage.style("pages.css");

    /** The Content-Security-Policy that these pages are sent with. */
    public static final String POLICY = "default-src 'none'; " + HtmlPage.allowing(STYLE)
            + "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private ServerPages() {}

    /**
     * Who looks at a page.
     *
     * @param csrf what proves that a form came from this page
     */
    public record Visitor(String name, String role, String csrf) {}

    /**
     * What waits for an answer.
     *
     * @param mayApprove whether the visitor may allow it
     * @param mayDeny whether the visitor may deny it
     */
    public record WaitingWish(
            String id,
            String investigation,
            String step,
            Optional<String> target,
            String command,
            int attempt,
            Optional<String> undo,
            String sha256,
            String approvers,
            Instant expiresAt,
            boolean mayApprove,
            boolean mayDeny) {}

    /**
     * Where one signs in.
     *
     * @param wrong what was wrong with the last attempt
     * @param next the path to go on to
     */
    public static String signIn(Optional<String> wrong, String next) {
        HtmlPage page = new HtmlPage("Sign in · Whydunit", STYLE, Optional.empty());
        page.line("<main>");
        page.line("<h1>Sign in</h1>");
        wrong.ifPresent(text -> page.line("<p class=\"warn\" role=\"alert\">" + HtmlText.escaped(text) + "</p>"));
        page.line("<form method=\"post\" action=\"/sign-in\">");
        page.line("<input type=\"hidden\" name=\"next\" value=\"" + HtmlText.escaped(next) + "\">");
        page.line("<label for=\"token\">API token</label>");
        page.line(
                "<input id=\"token\" name=\"token\" type=\"password\" autocomplete=\"off\" required maxlength=\"200\" autofocus>");
        page.line(
                "<p class=\"quiet\">An administrator makes tokens. It is kept by no page; the session ends after an hour.</p>");
        page.line("<p><button class=\"go\" type=\"submit\">Sign in</button></p>");
        page.line("</form>");
        page.line("<p class=\"quiet\">Came by a link and signed in already? <a href=\"" + HtmlText.escaped(next)
                + "\">Go on</a>.</p>");
        page.line("</main>");
        return page.end();
    }

    /** What waits for somebody's leave. */
    public static String approvals(List<WaitingWish> waiting, Visitor visitor, Optional<String> said) {
        HtmlPage page = new HtmlPage("Approvals · Whydunit", STYLE, Optional.empty());
        navigation(page, visitor);
        page.line("<main>");
        page.line("<h1>" + (waiting.isEmpty() ? "Nothing waits for leave" : "Waiting for leave") + "</h1>");
        said.ifPresent(text -> page.line("<p role=\"status\">" + HtmlText.escaped(text) + "</p>"));
        waiting.forEach(wish -> wish(page, wish, visitor, true));
        page.line("</main>");
        return page.end();
    }

    /** An investigation as it stands, with what waits in it on top. */
    public static String investigation(Summary summary, List<WaitingWish> waiting, Visitor visitor) {
        HtmlPage page = new HtmlPage(Wording.verdict(summary), STYLE, Optional.empty());
        navigation(page, visitor);
        if (!waiting.isEmpty()) {
            page.line("<section aria-label=\"Waiting for leave\">");
            waiting.forEach(wish -> wish(page, wish, visitor, false));
            page.line("</section>");
        }
        page.html(SummaryHtml.body(summary));
        return page.end();
    }

    /** One sentence, such as what went wrong. */
    public static String message(String heading, String text, Visitor visitor) {
        HtmlPage page = new HtmlPage(heading + " · Whydunit", STYLE, Optional.empty());
        navigation(page, visitor);
        page.line("<main>");
        page.line("<h1>" + HtmlText.escaped(heading) + "</h1>");
        page.line("<p>" + HtmlText.escaped(text) + "</p>");
        page.line("<p><a href=\"/approvals\">What waits for leave</a></p>");
        page.line("</main>");
        return page.end();
    }

    private static void navigation(HtmlPage page, Visitor visitor) {
        page.line("<nav aria-label=\"Pages\">");
        page.line("<a href=\"/approvals\">Approvals</a>");
        page.line("<span class=\"who\">" + HtmlText.escaped(visitor.name()) + " (" + HtmlText.escaped(visitor.role())
                + ")</span>");
        page.line("<form method=\"post\" action=\"/sign-out\">" + csrf(visitor)
                + "<button type=\"submit\">Sign out</button></form>");
        page.line("</nav>");
    }

    private static void wish(HtmlPage page, WaitingWish wish, Visitor visitor, boolean link) {
        String where = wish.target().map(target -> " on " + target).orElse("");
        String attempt = wish.attempt() > 1 ? ", attempt " + wish.attempt() : "";
        page.line("<article class=\"wish\">");
        page.line("<h2>Step " + HtmlText.escaped(wish.step() + " wants to run" + where + attempt) + "</h2>");
        page.line(HtmlPage.block(wish.command()));
        wish.undo().ifPresent(undo -> page.line("<p>Undone by:</p>" + HtmlPage.block(undo)));
        page.line("<p class=\"quiet\">Waits until "
                + HtmlText.escaped(
                        wish.expiresAt().truncatedTo(ChronoUnit.SECONDS).toString())
                + " · a token of role " + HtmlText.escaped(wish.approvers()) + " may allow it · SHA-256 <code>"
                + HtmlText.escaped(wish.sha256()) + "</code></p>");
        if (link) {
            page.line("<p><a href=\"/investigations/" + HtmlText.escaped(wish.investigation()) + "\">Investigation "
                    + HtmlText.escaped(wish.investigation()) + "</a>: why it wants to</p>");
        }
        if (wish.mayDeny()) {
            page.line("<form class=\"answers\" method=\"post\" action=\"/approvals/" + HtmlText.escaped(wish.id())
                    + "\">");
            page.line(csrf(visitor) + "<input type=\"hidden\" name=\"sha256\" value=\""
                    + HtmlText.escaped(wish.sha256()) + "\">");
            if (wish.mayApprove()) {
                page.line("<button class=\"go\" name=\"decision\" value=\"approve\" type=\"submit\">Approve</button>");
            }
            page.line("<button name=\"decision\" value=\"deny\" type=\"submit\">Deny</button>");
            page.line("</form>");
        }
        page.line("</article>");
    }

    private static String csrf(Visitor visitor) {
        return "<input type=\"hidden\" name=\"csrf\" value=\"" + HtmlText.escaped(visitor.csrf()) + "\">";
    }
}
