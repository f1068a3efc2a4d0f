package dev.whydunit.source.elasticsearch;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.http.ContentTooLongException;
import org.apache.http.nio.ContentDecoder;
import org.apache.http.nio.IOControl;
import org.elasticsearch.client.HeapBufferedAsyncResponseConsumer;

/** Reads an answer into memory up to a limit. The client's own limit holds only for answers that announce their length. */
final class BoundedAnswer extends HeapBufferedAsyncResponseConsumer {
    private final int limit;
    private long received;

    /** @param limit in bytes */
    BoundedAnswer(int limit) {
        super(limit);
        this.limit = limit;
    }

    @Override
    protected void onContentReceived(ContentDecoder decoder, IOControl control) throws IOException {
        super.onContentReceived(
                new ContentDecoder() {
                    @Override
                    public int read(ByteBuffer into) throws IOException {
                        int read = decoder.read(into);
                        received += Math.max(0, read);
                        if (received > limit) {
                            throw new ContentTooLongException("more than " + limit + " bytes");
                        }
                        return read;
                    }

                    @Override
                    public boolean isCompleted() {
                        return decoder.isCompleted();
                    }
                },
                control);
    }
}
