package dev.whydunit.step.packetcapture;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;
import org.pcap4j.core.PcapStat;
import org.pcap4j.core.Pcaps;

/** Captures on interfaces with libpcap, or has it filter a capture on standard input. Runs in the child process alone. */
final class Interfaces {
    private static final int KERNEL_BUFFER = 32 << 20;
    private static final int READ_TIMEOUT_MILLIS = 50;
    private static final long NANOS = 1_000_000_000L;
    private static final long CATCHING_UP_NANOS = 2 * NANOS;

    private final CaptureRequest request;
    private final PcapngWriter writer;
    private final PrintStream says;
    /** Packets after this moment, in nanoseconds since 1970, are beyond the time that was asked for. */
    private volatile long end = Long.MAX_VALUE;

    private final AtomicLong packets = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicReference<String> limit = new AtomicReference<>("");
    private final CountDownLatch enough = new CountDownLatch(1);

    Interfaces(CaptureRequest request, PcapngWriter writer, PrintStream says) {
        this.request = request;
        this.writer = writer;
        this.says = says;
    }

    void capture() throws CaptureFailure, IOException {
        boolean live = !request.interfaces().isEmpty();
        List<PcapHandle> handles = live ? openAll() : List.of(openInput());
        for (PcapHandle handle : handles) {
            filter(handle);
        }
        writer.begin(handles.stream().mapToInt(handle -> linkType(handle)).toArray(), request.snaplen());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < handles.size(); i++) {
            int index = i;
            threads.add(Thread.ofPlatform().daemon().start(() -> loop(handles.get(index), index)));
        }
        try {
            if (live) {
                says.println(CaptureOutcome.LISTENING + "=" + String.join(",", request.interfaces()));
                enough.await(request.millis(), TimeUnit.MILLISECONDS);
                statistics(handles);
                catchUp();
                handles.forEach(Interfaces::stop);
            }
            for (Thread thread : threads) {
                thread.join(live ? TimeUnit.SECONDS.toMillis(2) : 0);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writer.finish();
        if (!limit.get().isEmpty()) {
            says.println(CaptureOutcome.LIMIT + "=" + limit.get());
        }
    }

    /** LINKTYPE_RAW in files; libpcap gives its own number of raw IP, which differs by system. */
    private static int linkType(PcapHandle handle) {
        int dlt = handle.getDlt().value();
        return dlt == 12 || dlt == 14 ? 101 : dlt;
    }

    private List<PcapHandle> openAll() throws CaptureFailure {
        List<PcapHandle> handles = new ArrayList<>();
        for (String name : request.interfaces()) {
            try {
                handles.add(new PcapHandle.Builder(name)
                        .snaplen(request.snaplen())
                        .promiscuousMode(PromiscuousMode.NONPROMISCUOUS)
                        .timeoutMillis(READ_TIMEOUT_MILLIS)
                        .bufferSize(KERNEL_BUFFER)
                        .build());
            } catch (PcapNativeException e) {
                throw failure(name, e);
            }
        }
        return handles;
    }

    private static CaptureFailure failure(String name, PcapNativeException e) {
        String message = String.valueOf(e.getMessage());
        int code = e.getReturnCode() == null ? 0 : e.getReturnCode();
        // PCAP_ERROR_PERM_DENIED and PCAP_ERROR_PROMISC_PERM_DENIED; PCAP_ERROR_NO_SUCH_DEVICE;
        // PCAP_ERROR_IFACE_NOT_UP.
        if (code == -8 || code == -11 || message.contains("permission") || message.contains("not permitted")) {
            return new CaptureFailure("denied", "capturing on " + name);
        }
        if (code == -5 || message.contains("No such device")) {
            return new CaptureFailure("interface", "there is no interface " + name);
        }
        if (code == -9) {
            return new CaptureFailure("interface", "interface " + name + " is down");
        }
        return new CaptureFailure("open", "cannot capture on " + name + ": " + message);
    }

    private static PcapHandle openInput() throws CaptureFailure {
        try {
            return Pcaps.openOffline("-", PcapHandle.TimestampPrecision.NANO);
        } catch (PcapNativeException e) {
            throw new CaptureFailure("file", "libpcap cannot read the capture: " + e.getMessage());
        }
    }

    private void filter(PcapHandle handle) throws CaptureFailure {
        if (request.filter().isEmpty()) {
            return;
        }
        try {
            handle.setFilter(request.filter(), BpfCompileMode.OPTIMIZE);
        } catch (PcapNativeException e) {
            throw new CaptureFailure("filter", String.valueOf(e.getMessage()));
        } catch (NotOpenException e) {
            throw new CaptureFailure("open", "the interface was closed");
        }
    }

    private void loop(PcapHandle handle, int index) {
        try {
            handle.loop(-1, (byte[] data) -> packet(handle, index, data));
        } catch (PcapNativeException e) {
            limit.compareAndSet("", "what libpcap could read: " + e.getMessage());
        } catch (InterruptedException | NotOpenException e) {
            // Stopped: the time is over or a limit was reached.
            enough.countDown();
        }
    }

    private void packet(PcapHandle handle, int index, byte[] data) {
        Timestamp at = handle.getTimestamp();
        long nanos = Math.floorDiv(at.getTime(), 1000L) * NANOS + at.getNanos();
        if (enough.getCount() == 0 || nanos > end) {
            return;
        }
        if (packets.incrementAndGet() > request.packets()) {
            end(handle, request.packets() + " packets");
            return;
        }
        if (bytes.addAndGet(data.length) > request.bytes()) {
            end(handle, request.bytes() + " bytes");
            return;
        }
        Integer original = handle.getOriginalLength();
        try {
            writer.packet(index, data, original == null ? data.length : original, nanos);
        } catch (IOException e) {
            end(handle, "readers: " + e.getMessage());
        }
    }

    private void end(PcapHandle handle, String reached) {
        limit.compareAndSet("", reached);
        enough.countDown();
        stop(handle);
    }

    private static void stop(PcapHandle handle) {
        try {
            handle.breakLoop();
        } catch (NotOpenException e) {
            // Closed already is stopped as well.
            return;
        }
    }

    /** Reads on for a while: what was captured before the time was over may still wait in the kernel's buffer. */
    private void catchUp() throws InterruptedException {
        Instant now = Instant.now();
        end = now.getEpochSecond() * NANOS + now.getNano();
        long deadline = System.nanoTime() + CATCHING_UP_NANOS;
        long before = -1;
        while (packets.get() != before && System.nanoTime() < deadline) {
            before = packets.get();
            if (enough.await(2L * READ_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
        if (packets.get() != before) {
            says.println(CaptureOutcome.BEHIND + "=" + packets.get());
        }
        enough.countDown();
    }

    private void statistics(List<PcapHandle> handles) throws CaptureFailure {
        long received = 0;
        long dropped = 0;
        long byInterface = 0;
        for (PcapHandle handle : handles) {
            try {
                PcapStat stat = handle.getStats();
                received += stat.getNumPacketsReceived();
                dropped += stat.getNumPacketsDropped();
                byInterface += stat.getNumPacketsDroppedByIf();
            } catch (PcapNativeException | NotOpenException e) {
                throw new CaptureFailure("open", "libpcap gives no statistics: " + e.getMessage());
            }
        }
        says.println(CaptureOutcome.RECEIVED + "=" + received);
        says.println(CaptureOutcome.DROPPED + "=" + dropped);
        says.println(CaptureOutcome.DROPPED_BY_INTERFACE + "=" + byInterface);
    }
}
