package dev.javelin.cuda.ptx;

/**
 * Sizes of a matrix product, and which lane holds what. With {@code group = lane / 4} and {@code pair = lane % 4}:
 * a register of A and B holds {@code perWord} neighbours along K.
 *
 * @param rows of A and D
 * @param depth along K
 * @param perWord numbers of A and B in a register
 */
record MatrixShape(int rows, int depth, int perWord) {
    static final int COLUMNS = 8;

    static MatrixShape of(String shape, PtxType type, Coding c) {
        MatrixShape sizes = switch (shape) {
            case "m16n8k8" -> new MatrixShape(16, 8, 2);
            case "m16n8k16" -> new MatrixShape(16, 16, 32 / type.bits());
            case "m8n8k16" -> new MatrixShape(8, 16, 4);
            default -> new MatrixShape(16, 32, 4);
        };
        if (sizes.perWord != 32 / type.bits()) {
            throw c.error("no ." + shape + " of ." + type.modifier());
        }
        return sizes;
    }

    /** Numbers that all lanes together hold in one register along K. */
    int step() {
        return 4 * perWord;
    }

    void check(Coding c, int a, int b, int sums, int results, PtxType typeD) {
        int wordsA = rows / 8 * depth / step();
        int wordsB = depth / step();
        int wordsD = rows * COLUMNS * (typeD.bits() == 16 ? 1 : 2) / (2 * Lanes.COUNT);
        if (a != wordsA || b != wordsB || sums != wordsD || results != wordsD) {
            throw c.error("expected %d, %d and %d registers, found %d, %d, %d and %d"
                    .formatted(wordsA, wordsB, wordsD, results, a, b, sums));
        }
    }

    /** The row of A in a register: registers go down first, then along K. */
    int rowOfA(int lane, int register) {
        return lane / 4 + (rows == 16 ? 8 * (register % 2) : 0);
    }

    int depthOfA(int lane, int register, int part) {
        return lane % 4 * perWord + part + step() * (rows == 16 ? register / 2 : register);
    }

    int depthOfB(int lane, int register, int part) {
        return lane % 4 * perWord + part + step() * register;
    }

    static int columnOfB(int lane) {
        return lane / 4;
    }

    /** The row of D of the number that is the so-manyth of the lane. */
    static int rowOfD(int lane, int number) {
        return lane / 4 + 8 * (number / 2);
    }

    static int columnOfD(int lane, int number) {
        return lane % 4 * 2 + number % 2;
    }
}
