package dev.whydunit.shell;

import dev.whydunit.engine.Approvals;
import dev.whydunit.engine.Questions;
import dev.whydunit.report.ApprovalText;
import dev.whydunit.report.PlainText;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Steps that wait for a person: for an answer, or for leave to change something. Thread-safe. */
final class Waiting implements Approvals, Questions {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** What a step asks; choices are empty when any text is an answer. */
    private record Question(List<String> choices, CompletableFuture<String> answer) {}

    private final Consumer<String> above;
    private final Map<String, Question> questions = new LinkedHashMap<>();
    private final Map<String, CompletableFuture<Approvals.Answer>> wishes = new LinkedHashMap<>();
    /** All that steps ask leave for, also those whose turn it is not. */
    private final Map<String, Set<CompletableFuture<Approvals.Answer>>> asked = new HashMap<>();

    private final Map<String, ReentrantLock> turns = new ConcurrentHashMap<>();

    /** @param above prints above the prompt */
    Waiting(Consumer<String> above) {
        this.above = above;
    }

    private static String person() {
        return System.getProperty("user.name", "somebody");
    }

    @Override
    public Approvals.Answer ask(Wish wanted) throws InterruptedException {
        String step = wanted.step();
        CompletableFuture<Approvals.Answer> wish = new CompletableFuture<>();
        synchronized (this) {
            asked.computeIfAbsent(step, id -> new HashSet<>()).add(wish);
        }
        try {
            return inTurn(wanted, wish);
        } finally {
            synchronized (this) {
                asked.getOrDefault(step, new HashSet<>()).remove(wish);
            }
        }
    }

    private Approvals.Answer inTurn(Wish wanted, CompletableFuture<Approvals.Answer> wish) throws InterruptedException {
        String step = wanted.step();
        turn(step).lockInterruptibly();
        try {
            synchronized (this) {
                if (wish.isDone()) {
                    return wish.join();
                }
                wishes.put(step, wish);
            }
            above.accept("? " + ApprovalText.of(wanted) + "  allow it: approve " + step + "      deny it: deny " + step
                    + "      (denied after 5 minutes)\n");
            return within(wish, PATIENCE).orElseGet(() -> new Approvals.Answer(false, "nobody"));
        } finally {
            synchronized (this) {
                wishes.remove(step, wish);
            }
            turn(step).unlock();
        }
    }

    /** Of a step with several targets one asks at a time, so that an answer is for what was shown. */
    private ReentrantLock turn(String step) {
        return turns.computeIfAbsent(step, id -> new ReentrantLock(true));
    }

    @Override
    public Optional<Questions.Answer> ask(String step, String question, List<String> choices, Duration patience)
            throws InterruptedException {
        Question asked = new Question(choices, new CompletableFuture<>());
        synchronized (this) {
            questions.put(step, asked);
        }
        above.accept("? step " + step + " asks: " + PlainText.forTerminal(question) + "\n  answer it: answer "
                + (choices.isEmpty() ? "TEXT" : PlainText.forTerminal(String.join(" | ", choices))) + "\n");
        Optional<String> answer = within(asked.answer(), patience);
        synchronized (this) {
            questions.remove(step, asked);
        }
        return answer.map(text -> new Questions.Answer(text, person()));
    }

    private static <T> Optional<T> within(CompletableFuture<T> future, Duration patience) throws InterruptedException {
        try {
            return Optional.of(future.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an answer is given, never a failure", e);
        }
    }

    synchronized boolean asks(String step) {
        return questions.containsKey(step);
    }

    /** Gives the answer; what is wrong with it, or empty. */
    synchronized Optional<String> answer(Optional<String> step, String text) {
        Optional<String> wrong = missing(step, questions, "asks anything");
        if (wrong.isPresent()) {
            return wrong;
        }
        Question question = chosen(step, questions);
        boolean fits = question.choices().isEmpty()
                || question.choices().stream().anyMatch(choice -> choice.equalsIgnoreCase(text.strip()));
        if (!fits) {
            return Optional.of("'" + text + "' is none of the answers: " + String.join(", ", question.choices()));
        }
        question.answer().complete(text);
        return Optional.empty();
    }

    /** Gives or refuses leave; what is wrong, or empty. */
    synchronized Optional<String> decide(Optional<String> step, boolean granted) {
        Optional<String> wrong = missing(step, wishes, "waits for leave");
        if (wrong.isEmpty()) {
            chosen(step, wishes).complete(new Approvals.Answer(granted, person()));
        }
        return wrong;
    }

    @Override
    public synchronized void withdraw(String step, String why) {
        boolean any = false;
        for (CompletableFuture<Approvals.Answer> wish : asked.getOrDefault(step, new HashSet<>())) {
            any |= wish.complete(Approvals.Answer.withdrawn(why));
        }
        if (any) {
            above.accept("what step " + step + " asked is withdrawn: " + PlainText.forTerminal(why) + "\n");
        }
    }

    private static Optional<String> missing(Optional<String> step, Map<String, ?> waiting, String does) {
        if (waiting.isEmpty()) {
            return Optional.of("no step " + does + " here");
        }
        if (step.isEmpty() && waiting.size() > 1) {
            return Optional.of("several steps wait: " + String.join(", ", waiting.keySet()) + "; say which");
        }
        return step.filter(one -> !waiting.containsKey(one))
                .map(one -> "step " + one + " does not wait; those that do: " + String.join(", ", waiting.keySet()));
    }

    private static <T> T chosen(Optional<String> step, Map<String, T> waiting) {
        return step.map(one -> java.util.Objects.requireNonNull(waiting.get(one)))
                .orElseGet(() -> waiting.values().iterator().next());
    }
}
