package dev.javelin.cuda.ptx;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Registers that the hardware fills and that do not change while a warp runs. */
enum SpecialRegister {
    TID_X("%tid.x"),
    TID_Y("%tid.y"),
    TID_Z("%tid.z"),
    NTID_X("%ntid.x"),
    NTID_Y("%ntid.y"),
    NTID_Z("%ntid.z"),
    CTAID_X("%ctaid.x"),
    CTAID_Y("%ctaid.y"),
    CTAID_Z("%ctaid.z"),
    NCTAID_X("%nctaid.x"),
    NCTAID_Y("%nctaid.y"),
    NCTAID_Z("%nctaid.z"),
    LANEID("%laneid"),
    WARPID("%warpid"),
    NWARPID("%nwarpid"),
    LANEMASK_EQ("%lanemask_eq"),
    LANEMASK_LT("%lanemask_lt"),
    LANEMASK_LE("%lanemask_le"),
    LANEMASK_GT("%lanemask_gt"),
    LANEMASK_GE("%lanemask_ge"),
    DYNAMIC_SMEM_SIZE("%dynamic_smem_size"),
    TOTAL_SMEM_SIZE("%total_smem_size");

    private static final Map<String, SpecialRegister> NAMED =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(register -> register.text, Function.identity()));

    private final String text;

    SpecialRegister(String text) {
        this.text = text;
    }

    static @Nullable SpecialRegister named(String text) {
        return NAMED.get(text);
    }

    /** Whether it differs from block to block. */
    boolean ofBlock() {
        return this == CTAID_X || this == CTAID_Y || this == CTAID_Z;
    }

    /** The value in one lane of a warp. */
    int value(Warp warp, int lane) {
        Block block = warp.block();
        Size threads = block.launch().threads();
        Size blocks = block.launch().blocks();
        int thread = warp.index() * Lanes.COUNT + lane;
        return switch (this) {
            case TID_X -> threads.x(thread);
            case TID_Y -> threads.y(thread);
            case TID_Z -> threads.z(thread);
            case NTID_X -> threads.x();
            case NTID_Y -> threads.y();
            case NTID_Z -> threads.z();
            case CTAID_X -> blocks.x(block.index());
            case CTAID_Y -> blocks.y(block.index());
            case CTAID_Z -> blocks.z(block.index());
            case NCTAID_X -> blocks.x();
            case NCTAID_Y -> blocks.y();
            case NCTAID_Z -> blocks.z();
            case LANEID -> lane;
            case WARPID -> warp.index();
            case NWARPID -> block.warps();
            case LANEMASK_EQ -> 1 << lane;
            case LANEMASK_LT -> (1 << lane) - 1;
            case LANEMASK_LE -> (2 << lane) - 1;
            case LANEMASK_GT -> -(2 << lane);
            case LANEMASK_GE -> -(1 << lane);
            case DYNAMIC_SMEM_SIZE -> block.launch().dynamicBytes();
            case TOTAL_SMEM_SIZE -> block.shared().size();
        };
    }
}
