package dev.javelin.runtime.gguf;

import java.util.Arrays;

/**
 * The sizes that the metadata state of a decoder, by which the shapes of its tensors are known.
 *
 * @param heads of queries, of each block
 * @param kvHeads of keys and values, of each block
 * @param keyLength of one head
 * @param valueLength of one head
 * @param hidden width of the feed-forward part of each block
 * @param experts 0 if it has none
 * @param expertHidden width of one expert
 */
@SuppressWarnings("ArrayRecordComponent") // lives only during a check
record DecoderSizes(
        int blocks,
        int width,
        int[] heads,
        int[] kvHeads,
        int keyLength,
        int valueLength,
        int[] hidden,
        int experts,
        int expertHidden) {

    private static final int LARGEST = 1 << 24;

    /**
     * Reads the sizes and checks that they fit together.
     *
     * @throws GgufException for the first that does not
     */
    static DecoderSizes of(GgufMetadata metadata, String architecture) {
        return new Keys(metadata, architecture).read();
    }

    private record Keys(GgufMetadata metadata, String architecture) {

        DecoderSizes read() {
            require("context_length", Integer.MAX_VALUE);
            int blocks = require("block_count", TensorsReader.MOST_TENSORS);
            int width = require("embedding_length", LARGEST);
            int[] heads = perBlock("attention.head_count", blocks);
            int[] kvHeads = has("attention.head_count_kv") ? perBlock("attention.head_count_kv", blocks) : heads;
            for (int i = 0; i < blocks; i++) {
                if (heads[i] % kvHeads[i] != 0) {
                    throw fail("attention.head_count_kv", "divide the number of heads, " + heads[i], kvHeads[i]);
                }
            }
            if (!has("attention.key_length") && width % heads[0] != 0) {
                throw fail("attention.head_count", "divide embedding_length, " + width, heads[0]);
            }
            int keyLength = has("attention.key_length") ? require("attention.key_length", LARGEST) : width / heads[0];
            int valueLength =
                    has("attention.value_length") ? require("attention.value_length", LARGEST) : width / heads[0];
            requireRotation(keyLength);
            requireFraction("attention.layer_norm_rms_epsilon");
            int[] hidden = perBlock("feed_forward_length", blocks);
            int experts = has("expert_count") ? range("expert_count", 0, LARGEST) : 0;
            if (experts > 0) {
                require("expert_used_count", experts);
            }
            int expertHidden =
                    has("expert_feed_forward_length") ? require("expert_feed_forward_length", LARGEST) : hidden[0];
            return new DecoderSizes(
                    blocks, width, heads, kvHeads, keyLength, valueLength, hidden, experts, expertHidden);
        }

        private void requireRotation(int keyLength) {
            if (has("rope.dimension_count") && require("rope.dimension_count", keyLength) % 2 != 0) {
                throw fail("rope.dimension_count", "be even", metadata.integer(key("rope.dimension_count")));
            }
            if (has("rope.freq_base")) {
                double base = metadata.number(key("rope.freq_base"));
                if (!(base > 0 && base < Double.POSITIVE_INFINITY)) {
                    throw fail("rope.freq_base", "be above 0 and finite", base);
                }
            }
        }

        private void requireFraction(String name) {
            double value = metadata.number(key(name));
            if (!(value > 0 && value < 1)) {
                throw fail(name, "be between 0 and 1", value);
            }
        }

        private int require(String name, int most) {
            return range(name, 1, most);
        }

        private int range(String name, int least, int most) {
            return requireWithin(name, metadata.integer(key(name)), least, most);
        }

        /** One value for all blocks, or one for each. */
        private int[] perBlock(String name, int blocks) {
            if (!has(name) || metadata.type(key(name)) != GgufType.ARRAY) {
                int[] same = new int[blocks];
                Arrays.fill(same, require(name, LARGEST));
                return same;
            }
            int[] values = metadata.ints(key(name));
            if (values.length != blocks) {
                throw fail(name, "have a value for each of " + blocks + " blocks", "of " + values.length);
            }
            for (int value : values) {
                requireWithin(name, value, 1, LARGEST);
            }
            return values;
        }

        private int requireWithin(String name, long value, int least, int most) {
            if (value < least || value > most) {
                throw fail(name, "be " + least + " to " + most, value);
            }
            return (int) value;
        }

        private boolean has(String name) {
            return metadata.has(key(name));
        }

        private String key(String name) {
            return architecture + "." + name;
        }

        private GgufException fail(String name, String rule, Object value) {
            return GgufException.of(metadata.file(), "the value must %s: key=%s, value=%s", rule, key(name), value);
        }
    }
}
