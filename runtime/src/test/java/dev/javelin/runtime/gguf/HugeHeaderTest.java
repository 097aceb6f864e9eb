package dev.javelin.runtime.gguf;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A header that would take more memory than there is. */
class HugeHeaderTest {

    @TempDir
    Path folder;

    @Test
    void isRefusedBeforeItIsRead() throws IOException {
        Path path = folder.resolve("huge.gguf");
        int strings = 16 << 20;
        ByteBuffer header = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
        header.put("GGUF".getBytes(StandardCharsets.US_ASCII))
                .putInt(3)
                .putLong(0)
                .putLong(1);
        header.putLong(3).put("all".getBytes(StandardCharsets.US_ASCII));
        header.putInt(9).putInt(8).putLong(strings); // an array of strings, all of them empty
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.write(header.array(), 0, header.position());
            file.setLength(300L << 20); // sparse: zeros are empty strings
        }
        assertThatThrownBy(() -> GgufFile.open(path))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining(path.toString());
    }
}
