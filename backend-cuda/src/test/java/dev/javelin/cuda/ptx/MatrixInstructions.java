package dev.javelin.cuda.ptx;

import java.util.List;

/** Matrix products of a warp, and loads of their operands. */
final class MatrixInstructions {
    private MatrixInstructions() {}

    static void addTo(InstructionSet set) {
        set.put("mma", MatrixInstructions::multiply);
        set.put("ldmatrix", MatrixInstructions::load);
        set.put("movmatrix", MatrixInstructions::transpose);
    }

    private static int[] columns(Coding c, int operand) {
        return Coding.elements(c.operand(operand)).stream()
                .mapToInt(element -> c.intSource(element, PtxType.B32))
                .toArray();
    }

    private static void checkWhole(int lanes) {
        if (lanes != Lanes.ALL) {
            throw new Fault(
                    Fault.Kind.INACTIVE_LANE,
                    Integer.numberOfTrailingZeros(lanes),
                    "all lanes must execute this, and only %08x do".formatted(lanes));
        }
    }

    private static Step multiply(Coding c) {
        c.takeOne("sync");
        c.takeOne("aligned");
        String shape = c.takeOne("m16n8k8", "m16n8k16", "m8n8k16", "m16n8k32");
        c.takeOne("row");
        c.takeOne("col");
        boolean saturate = c.take("satfinite");
        PtxType typeD = c.takeType();
        PtxType typeA = c.takeType();
        PtxType typeB = c.takeType();
        PtxType typeC = c.takeType();
        c.done(4);
        MatrixShape sizes = MatrixShape.of(shape, typeA, c);
        if (typeD != typeC) {
            throw c.error("results and sums of different types are not known");
        }
        int[] d = columns(c, 0);
        int[] a = columns(c, 1);
        int[] b = columns(c, 2);
        int[] sums = columns(c, 3);
        sizes.check(c, a.length, b.length, sums.length, d.length, typeD);
        if (typeA.integer()) {
            if (typeD != PtxType.S32) {
                throw c.error("no sums of ." + typeD.modifier());
            }
            return (warp, lanes) -> {
                checkWhole(lanes);
                MatrixProduct.integers(warp, sizes, d, a, b, sums, typeA.signed(), typeB.signed(), saturate);
            };
        }
        if (typeA != typeB || saturate) {
            throw c.error("no such product");
        }
        HalfFormat format = HalfFormat.of(typeA, c);
        boolean halfSums = typeD == PtxType.F16;
        if (typeD != PtxType.F32 && !(halfSums && format == HalfFormat.F16)) {
            throw c.error("no sums of ." + typeD.modifier());
        }
        return (warp, lanes) -> {
            checkWhole(lanes);
            MatrixProduct.halves(warp, sizes, format, halfSums, d, a, b, sums);
        };
    }

    private static Step load(Coding c) {
        c.takeOne("sync");
        c.takeOne("aligned");
        c.takeOne("m8n8");
        int count = c.takeOne("x1", "x2", "x4").charAt(1) - '0';
        boolean transposed = c.take("trans");
        c.takeOne("shared", "shared::cta");
        PtxType type = c.takeType();
        c.done(2);
        int[] d = columns(c, 0);
        if (type != PtxType.B16 || d.length != count) {
            throw c.error("expected " + count + " registers and .b16");
        }
        Location rows = Location.of(c, 1);
        return (warp, lanes) -> {
            checkWhole(lanes);
            for (int matrix = 0; matrix < count; matrix++) {
                // row r of a matrix begins where lane 8 * matrix + r says; a row has 8 numbers of 16 bits
                int[][] content = new int[8][4];
                for (int row = 0; row < 8; row++) {
                    int lane = 8 * matrix + row;
                    long address = rows.address(warp, lane);
                    Space.checkAligned(lane, address, 16);
                    byte[] bytes = warp.block().shared().load(warp, lane, address, 16);
                    for (int word = 0; word < 4; word++) {
                        content[row][word] = Bytes.getInt(bytes, warp.located + 4 * word);
                    }
                }
                spread(warp.ints[d[matrix]], content, transposed);
            }
        };
    }

    /** Lane l gets row l / 4, numbers 2 * (l % 4) and the next; of the transposed matrix if asked for. */
    private static void spread(int[] column, int[][] content, boolean transposed) {
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            int row = lane / 4;
            int pair = lane % 4;
            column[lane] = transposed
                    ? half(content[2 * pair], row) | half(content[2 * pair + 1], row) << 16
                    : content[row][pair];
        }
    }

    private static int half(int[] row, int index) {
        return row[index / 2] >>> (16 * (index % 2)) & 0xffff;
    }

    private static Step transpose(Coding c) {
        List.of("sync", "aligned", "m8n8", "trans").forEach(c::takeOne);
        c.takeType();
        c.done(2);
        int d = c.narrow(0);
        int a = c.intSource(1, PtxType.B32);
        return (warp, lanes) -> {
            checkWhole(lanes);
            int[][] content = new int[8][4];
            for (int lane = 0; lane < Lanes.COUNT; lane++) {
                content[lane / 4][lane % 4] = warp.ints[a][lane];
            }
            spread(warp.ints[d], content, true);
        };
    }
}
