#!/usr/bin/env python3
"""How long until the prompt stands, and until a key press is answered while ten investigations run.

Drives ./whydunit in a pseudo-terminal of 100 columns. The peer is bash in the same kind of terminal, in the same run.
usage: bench/shell.py [STARTS]
"""
import fcntl, os, pty, select, struct, sys, tempfile, termios, time

HOME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROMPT = "▸".encode()
SLEEPY = """runbook: sleepy
title: It takes its time
symptom: it is slow
hypotheses:
  tired: {claim: It is tired}
steps:
""" + "".join(
    f"""  s{i}:
    host_command: {{run: [sleep, '{1 + i % 3}.{i}']}}
    findings:
      slept: {{when: exit_code == 0, supports: {{tired: weak}}}}
"""
    for i in range(1, 40)
)


class Terminal:
    def __init__(self, arguments, folder):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.environ.update(
                WHYDUNIT_STATE=os.path.join(folder, "state"), LANG="C.UTF-8", TERM="xterm-256color", PS1="> "
            )
            os.execvp(arguments[0], arguments)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self.seen = b""

    def read(self, seconds):
        if select.select([self.fd], [], [], seconds)[0]:
            try:
                got = os.read(self.fd, 65536)
            except OSError:
                return b""
            self.seen += got
            return got
        return b""

    def until(self, text, seconds=60):
        end = time.perf_counter() + seconds
        while text not in self.seen:
            if time.perf_counter() > end:
                raise SystemExit(f"{text!r} was not shown within {seconds} s; seen: {self.seen[-500:]!r}")
            self.read(0.5)

    def type(self, text):
        os.write(self.fd, text.encode())

    def drain(self, seconds=0.2):
        while self.read(seconds):
            pass

    def close(self):
        os.kill(self.pid, 9)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def started(arguments, prompt, folder):
    begin = time.perf_counter()
    terminal = Terminal(arguments, folder)
    terminal.until(prompt)
    taken = time.perf_counter() - begin
    return terminal, taken


def key_times(terminal, presses):
    """Milliseconds from a key press to its letter on the screen."""
    times = []
    for i in range(presses):
        letter = chr(ord("A") + i % 26)
        terminal.seen = b""
        begin = time.perf_counter()
        terminal.type(letter)
        while letter.encode() not in terminal.seen:
            if not terminal.read(5):
                raise SystemExit("a key press was not answered within 5 s")
        times.append((time.perf_counter() - begin) * 1000)
        terminal.type("\x7f")
        time.sleep(0.03)
        terminal.drain(0)
    return sorted(times)


def shown(name, times):
    at = lambda share: times[min(len(times) - 1, int(share * len(times)))]
    print(f"{name}: p50 {at(0.5):.1f} ms, p95 {at(0.95):.1f} ms, greatest {times[-1]:.1f} ms, of {len(times)} key presses")
    return at(0.95)


def main():
    starts = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    shell = [os.path.join(HOME, "whydunit")]
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "sleepy.yaml"), "w") as file:
            file.write(SLEEPY)
        started(shell, PROMPT, folder)[0].close()  # builds and trains what is not there yet
        taken = []
        for _ in range(starts):
            terminal, seconds = started(shell, PROMPT, folder)
            taken.append(seconds)
            terminal.close()
        taken.sort()
        print(f"prompt: median {taken[len(taken) // 2]:.2f} s, best {taken[0]:.2f} s, of {starts} starts (goal 0.9 s)")
        peer, _ = started(["bash", "--norc", "-i"], b"> ", folder)
        peer_p95 = shown("bash, idle", key_times(peer, 60))
        peer.close()
        terminal, _ = started(shell, PROMPT, folder)
        shown("whydunit, idle", key_times(terminal, 60))
        for i in range(10):
            terminal.type("run sleepy.yaml\r")
            terminal.until(b"sleepy", 30)
            time.sleep(0.3)
        terminal.drain()
        busy = shown("whydunit, ten investigations running", key_times(terminal, 200))
        print(f"goal 50 ms; {busy / peer_p95:.0f} x bash's p95 in the same run")
        terminal.close()


if __name__ == "__main__":
    main()
