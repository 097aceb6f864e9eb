package dev.javelin.cuda.driver;

/** Numbers of the driver's header that the CUDA backend uses. */
public final class Cu {
    public static final int SUCCESS = 0;
    public static final int INVALID_VALUE = 1;
    public static final int OUT_OF_MEMORY = 2;
    public static final int NOT_INITIALIZED = 3;
    public static final int STUB_LIBRARY = 34;
    public static final int DEVICE_UNAVAILABLE = 46;
    public static final int NO_DEVICE = 100;
    public static final int INVALID_DEVICE = 101;
    public static final int INVALID_IMAGE = 200;
    public static final int INVALID_CONTEXT = 201;
    public static final int NO_BINARY_FOR_GPU = 209;
    public static final int ECC_UNCORRECTABLE = 214;
    public static final int INVALID_PTX = 218;
    public static final int NVLINK_UNCORRECTABLE = 220;
    public static final int UNSUPPORTED_PTX_VERSION = 222;
    public static final int OPERATING_SYSTEM = 304;
    public static final int NOT_FOUND = 500;
    public static final int NOT_READY = 600;
    public static final int ILLEGAL_ADDRESS = 700;
    public static final int LAUNCH_OUT_OF_RESOURCES = 701;
    public static final int LAUNCH_TIMEOUT = 702;
    public static final int CONTEXT_IS_DESTROYED = 709;
    public static final int ASSERT = 710;
    public static final int HARDWARE_STACK_ERROR = 714;
    public static final int ILLEGAL_INSTRUCTION = 715;
    public static final int MISALIGNED_ADDRESS = 716;
    public static final int INVALID_ADDRESS_SPACE = 717;
    public static final int INVALID_PC = 718;
    public static final int LAUNCH_FAILED = 719;
    public static final int SYSTEM_NOT_READY = 802;
    public static final int SYSTEM_DRIVER_MISMATCH = 803;
    public static final int COMPAT_NOT_SUPPORTED_ON_DEVICE = 804;
    public static final int CONTAINED = 911;
    public static final int UNKNOWN = 999;

    public static final int ATTRIBUTE_MAX_THREADS_PER_BLOCK = 1;
    public static final int ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK = 8;
    public static final int ATTRIBUTE_WARP_SIZE = 10;
    public static final int ATTRIBUTE_CLOCK_RATE = 13;
    public static final int ATTRIBUTE_MULTIPROCESSOR_COUNT = 16;
    public static final int ATTRIBUTE_INTEGRATED = 18;
    public static final int ATTRIBUTE_COMPUTE_MODE = 20;
    public static final int ATTRIBUTE_MEMORY_CLOCK_RATE = 36;
    public static final int ATTRIBUTE_GLOBAL_MEMORY_BUS_WIDTH = 37;
    public static final int ATTRIBUTE_L2_CACHE_SIZE = 38;
    public static final int ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR = 75;
    public static final int ATTRIBUTE_COMPUTE_CAPABILITY_MINOR = 76;
    public static final int ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN = 97;

    /** The compute mode in which many may use the device. */
    public static final int COMPUTE_MODE_DEFAULT = 0;

    /** The compute mode in which nobody may use the device. */
    public static final int COMPUTE_MODE_PROHIBITED = 2;

    public static final int FUNCTION_MAX_THREADS_PER_BLOCK = 0;
    public static final int FUNCTION_SHARED_SIZE_BYTES = 1;
    public static final int FUNCTION_LOCAL_SIZE_BYTES = 3;
    public static final int FUNCTION_NUM_REGS = 4;
    public static final int FUNCTION_MAX_DYNAMIC_SHARED_SIZE_BYTES = 8;

    public static final int JIT_ERROR_LOG_BUFFER = 5;
    public static final int JIT_ERROR_LOG_BUFFER_SIZE_BYTES = 6;

    /** A stream that does not wait for the stream without a name. */
    public static final int STREAM_NON_BLOCKING = 1;

    /** A capture that only calls of the capturing thread can spoil. */
    public static final int STREAM_CAPTURE_MODE_THREAD_LOCAL = 1;

    /** An event that can be waited for without keeping a processor busy. */
    public static final int EVENT_BLOCKING_SYNC = 1;

    /** An event that measures no time. */
    public static final int EVENT_DISABLE_TIMING = 2;

    private Cu() {}
}
