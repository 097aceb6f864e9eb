package dev.javelin.api;

/**
 * Where weights come from: most often a mapped file. {@link Device#place} asks for each weight once, from any thread, but not
 * for two at once.
 *
 * <p>The memory must be readable from any thread, since a device may repack with many: mapped into a shared arena, say, not
 * a confined one. It must stay alive until placing ends, and beyond that for as long as the placed weights {@linkplain
 * Weights#retainsSource() retain it}.
 */
public interface WeightSource {

    /**
     * The weight of that name.
     *
     * @throws JavelinException if there is none
     */
    Tensor tensor(String name);

    /** The device has taken what it needs of this weight and will not read it again, so its pages may go. */
    default void release(String name) {}

    /** The weight, after a check that it is what the program means by that name. */
    default Tensor require(Value weight) {
        Tensor tensor = tensor(weight.name());
        if (tensor.format() != weight.format() || !tensor.shape().equals(weight.shape())) {
            throw new IllegalArgumentException("the tensor is not what the program reads: weight=%s, tensor=%s%s"
                    .formatted(weight, tensor.format(), tensor.shape()));
        }
        return tensor;
    }
}
