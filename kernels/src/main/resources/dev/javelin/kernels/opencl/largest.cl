// The largest of a row of numbers, found by a group of LOCAL work-items. Of equal ones the lowest index counts as larger, so
// that there is one order: largest first.

typedef struct {
    float number;
    int index; // -1 for none
} Found;

// Whether one comes before another in the order.
static bool before(float number, int index, Found other) {
    return other.index < 0 || number > other.number || (number == other.number && index < other.index);
}

// Takes the number into account unless it comes before what was found last time, or is that.
static Found take(Found best, float number, int index, Found last) {
    const bool left = last.index < 0 || (before(last.number, last.index, (Found){number, index}) && index != last.index);
    return left && before(number, index, best) ? (Found){number, index} : best;
}

// The best of what all work-items of the group found. All of them call it.
GROUP_FUNCTION Found best_of_all(Found own, local float *numbers, local int *indices) {
    const int lane = get_local_id(0);
    barrier(CLK_LOCAL_MEM_FENCE); // nobody reads the last result any more
    numbers[lane] = own.number;
    indices[lane] = own.index;
    for (int step = LOCAL / 2; step > 0; step /= 2) {
        barrier(CLK_LOCAL_MEM_FENCE);
        if (lane < step && indices[lane + step] >= 0
                && before(numbers[lane + step], indices[lane + step], (Found){numbers[lane], indices[lane]})) {
            numbers[lane] = numbers[lane + step];
            indices[lane] = indices[lane + step];
        }
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    return (Found){numbers[0], indices[0]};
}
