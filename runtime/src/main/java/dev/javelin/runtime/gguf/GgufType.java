package dev.javelin.runtime.gguf;

import org.jspecify.annotations.Nullable;

/** The types of metadata values; the ordinals of the format are in {@link #id()}. */
public enum GgufType {
    UINT8(0, 1),
    INT8(1, 1),
    UINT16(2, 2),
    INT16(3, 2),
    UINT32(4, 4),
    INT32(5, 4),
    FLOAT32(6, 4),
    BOOL(7, 1),
    STRING(8, 8),
    ARRAY(9, 12),
    UINT64(10, 8),
    INT64(11, 8),
    FLOAT64(12, 8);

    private final int id;
    private final int leastBytes;

    GgufType(int id, int leastBytes) {
        this.id = id;
        this.leastBytes = leastBytes;
    }

    /** The number by which files name this type. */
    public int id() {
        return id;
    }

    /** The bytes of a value; of a string and an array those without any content. */
    int leastBytes() {
        return leastBytes;
    }

    /** Whether values are whole numbers. */
    public boolean integer() {
        return switch (this) {
            case UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64 -> true;
            case FLOAT32, FLOAT64, BOOL, STRING, ARRAY -> false;
        };
    }

    /** Whether values are floating-point numbers. */
    public boolean floating() {
        return this == FLOAT32 || this == FLOAT64;
    }

    static @Nullable GgufType ofId(int id) {
        for (GgufType type : values()) {
            if (type.id == id) {
                return type;
            }
        }
        return null;
    }
}
