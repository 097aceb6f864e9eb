package dev.javelin.conformance;

import dev.javelin.api.Activation;
import dev.javelin.api.ArgMax;
import dev.javelin.api.Attention;
import dev.javelin.api.Binary;
import dev.javelin.api.Dim;
import dev.javelin.api.Embed;
import dev.javelin.api.Format;
import dev.javelin.api.Glu;
import dev.javelin.api.KvGroup;
import dev.javelin.api.MatMul;
import dev.javelin.api.Program;
import dev.javelin.api.RmsNorm;
import dev.javelin.api.Rope;
import dev.javelin.api.RopeSpec;
import dev.javelin.api.Rows;
import dev.javelin.api.Shape;
import dev.javelin.api.Value;
import dev.javelin.api.Want;
import dev.javelin.api.WriteKv;
import java.util.List;

/**
 * A transformer of two layers, one with a window, as a runtime would write it: what promises about whole steps are checked
 * with. Immutable.
 */
final class TinyModel {

    static final int VOCABULARY = 48;

    private static final int HEADS = 4;
    private static final int KV_HEADS = 2;

    final Format format;
    final int width;
    final KvGroup recent;
    final KvGroup all;
    final Program program;

    /** @param chooses whether the program also chooses the next id of every output row */
    TinyModel(Format format, Format kept, boolean chooses) {
        this.format = format;
        this.width = Math.max(64, format.blockLength());
        int keySize = Math.max(32, width / HEADS);
        this.recent = new KvGroup("recent", 1, KV_HEADS, keySize, keySize, 6, kept, kept);
        this.all = new KvGroup("all", 1, KV_HEADS, keySize, keySize, 0, kept, kept);
        Program.Builder builder = Program.builder("tiny model");
        Value table = builder.weight("table", format, Shape.of(VOCABULARY, width));
        Value x = result(builder, "embedded", width);
        builder.add(new Embed(x, table, 3));
        x = layer(builder, "0", x, recent);
        x = layer(builder, "1", x, all);
        Value hidden = normed(builder, "hidden", x, width);
        builder.output(hidden);
        Value wanted = builder.result("wanted", Shape.rows(Dim.Symbol.OUTPUTS, width));
        Value logits = builder.result("logits", Shape.rows(Dim.Symbol.OUTPUTS, VOCABULARY));
        builder.add(new Rows(wanted, hidden))
                .add(new MatMul(logits, wanted, table))
                .output(logits, Want.LOGITS);
        if (chooses) {
            Value ids = builder.indices("ids", new Shape(List.of(Dim.Symbol.OUTPUTS)));
            builder.add(new ArgMax(ids, logits)).output(ids, Want.ID);
        }
        this.program = builder.build();
    }

    private Value layer(Program.Builder builder, String name, Value x, KvGroup group) {
        int rows = HEADS * group.keySize();
        int keyRows = KV_HEADS * group.keySize();
        Value input = normed(builder, "input " + name, x, width);
        Value query = product(builder, "query " + name, input, rows);
        Value key = product(builder, "key " + name, input, keyRows);
        Value value = product(builder, "value " + name, input, keyRows);
        Value queryNormed = normed(builder, "query norm " + name, query, group.keySize());
        Value keyNormed = normed(builder, "key norm " + name, key, group.keySize());
        Value attended = result(builder, "attended " + name, rows);
        builder.add(new WriteKv(turned(builder, "key turned " + name, keyNormed, group), value, group, 0));
        Value turned = turned(builder, "query turned " + name, queryNormed, group);
        builder.add(new Attention(attended, turned, group, 0, 0.2f, 0));
        Value mixed = sum(builder, "mixed " + name, product(builder, "output " + name, attended, width), x);

        Value fed = normed(builder, "fed " + name, mixed, width);
        Value gate = product(builder, "gate " + name, fed, width);
        Value up = product(builder, "up " + name, fed, width);
        Value active = result(builder, "active " + name, width);
        builder.add(new Glu(active, gate, up, Activation.SILU));
        return sum(builder, "out " + name, product(builder, "down " + name, active, width), mixed);
    }

    private static Value result(Program.Builder builder, String name, int width) {
        return builder.result(name, Shape.rows(Dim.Symbol.TOKENS, width));
    }

    private static Value normed(Program.Builder builder, String name, Value x, int size) {
        Value out = result(builder, name, x.width());
        builder.add(new RmsNorm(out, x, builder.weight(name + " norm", Format.F32, Shape.of(size)), 1e-5f));
        return out;
    }

    private Value product(Program.Builder builder, String name, Value x, int rows) {
        Value out = result(builder, name, rows);
        builder.add(new MatMul(out, x, builder.weight(name + " matrix", format, Shape.of(rows, x.width()))));
        return out;
    }

    private static Value sum(Program.Builder builder, String name, Value a, Value b) {
        Value out = result(builder, name, a.width());
        builder.add(new Binary(out, Binary.Kind.ADD, a, b));
        return out;
    }

    private static Value turned(Program.Builder builder, String name, Value x, KvGroup group) {
        Value out = result(builder, name, x.width());
        RopeSpec spec = RopeSpec.plain(RopeSpec.Order.HALVES, group.keySize(), 10_000);
        builder.add(new Rope(out, x, group.keySize(), spec, null));
        return out;
    }

    /** Weights that are the same each time. */
    Contents contents() {
        return contents(new Draw(7, "tiny model"));
    }

    /** Weights from the draw. */
    Contents contents(Draw draw) {
        Contents contents = new Contents();
        program.weights().values().forEach(weight -> {
            if (weight.shape().rank() == 1) {
                draw.vector(contents, weight, 0.5, 1.5);
            } else {
                draw.weight(contents, weight);
            }
        });
        return contents;
    }
}
