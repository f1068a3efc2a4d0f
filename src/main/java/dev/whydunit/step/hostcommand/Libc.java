package dev.whydunit.step.hostcommand;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * The C library's functions, called with one handle and the function's address: making a handle takes several milliseconds.
 * Six words are more than most functions take; in the calling conventions of 64-bit Linux (registers for the first six) a
 * function does not look at those that it has no parameter for, nor at the upper half of a register that holds an int.
 */
final class Libc {
    private final MethodHandle call;
    private final SymbolLookup functions;

    /** @throws UnsupportedOperationException where the JDK has no linker for this platform */
    Libc(Linker linker) {
        functions = linker.defaultLookup();
        call = linker.downcallHandle(
                FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    }

    /** @throws java.util.NoSuchElementException when this C library has it not */
    MemorySegment function(String name) {
        return functions.findOrThrow(name);
    }

    /** Calls a function that takes words and gives an int. */
    int call(MemorySegment function, long... words) {
        long[] w = Arrays.copyOf(words, 6);
        try {
            return (int) call.invokeExact(function, w[0], w[1], w[2], w[3], w[4], w[5]);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a native function threw", e);
        }
    }
}
