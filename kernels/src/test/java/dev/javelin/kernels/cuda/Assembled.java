package dev.javelin.kernels.cuda;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jcuda.nvptxcompiler.JNvPTXCompiler;
import jcuda.nvptxcompiler.nvPTXCompileResult;
import jcuda.nvptxcompiler.nvPTXCompilerHandle;

/**
 * What the assembler says of a kernel.
 *
 * @param spilled bytes of registers that went to memory
 * @param stack bytes of memory of each thread
 * @param sharedBytes of a block
 */
record Assembled(String entry, int registers, int spilled, int stack, int sharedBytes) {
    private static final Pattern KERNEL = Pattern.compile("Function properties for (\\w+)\\D*"
            + "(\\d+) bytes stack frame, (\\d+) bytes spill stores, (\\d+) bytes spill loads\\s+"
            + "ptxas info\\s+: Used (\\d+) registers([^\\n]*)");
    private static final Pattern SHARED = Pattern.compile("(\\d+) bytes smem");

    /** The kernels of a module, assembled for an architecture such as {@code sm_86}. */
    static List<Assembled> of(String ptx, String architecture) {
        byte[] text = (ptx + "\0").getBytes(US_ASCII);
        nvPTXCompilerHandle compiler = new nvPTXCompilerHandle();
        require("create", JNvPTXCompiler.nvPTXCompilerCreate(compiler, text.length, text), "");
        try {
            String[] options = {"--gpu-name=" + architecture, "--verbose"};
            int result = JNvPTXCompiler.nvPTXCompilerCompile(compiler, options.length, options);
            long[] size = new long[1];
            JNvPTXCompiler.nvPTXCompilerGetErrorLogSize(compiler, size);
            byte[] errors = new byte[Math.toIntExact(size[0]) + 1];
            JNvPTXCompiler.nvPTXCompilerGetErrorLog(compiler, errors);
            require("compile", result, new String(errors, US_ASCII).strip());
            JNvPTXCompiler.nvPTXCompilerGetInfoLogSize(compiler, size);
            byte[] log = new byte[Math.toIntExact(size[0]) + 1];
            require("log", JNvPTXCompiler.nvPTXCompilerGetInfoLog(compiler, log), "");
            return kernels(new String(log, US_ASCII));
        } finally {
            JNvPTXCompiler.nvPTXCompilerDestroy(compiler);
        }
    }

    private static List<Assembled> kernels(String log) {
        return KERNEL.matcher(log).results().map(Assembled::of).toList();
    }

    private static Assembled of(MatchResult found) {
        Matcher shared = SHARED.matcher(found.group(6));
        return new Assembled(
                found.group(1),
                Integer.parseInt(found.group(5)),
                Integer.parseInt(found.group(3)) + Integer.parseInt(found.group(4)),
                Integer.parseInt(found.group(2)),
                shared.find() ? Integer.parseInt(shared.group(1)) : 0);
    }

    private static void require(String call, int result, String log) {
        if (result != nvPTXCompileResult.NVPTXCOMPILE_SUCCESS) {
            throw new IllegalStateException(
                    "%s: %s %s".formatted(call, nvPTXCompileResult.stringFor(result), log));
        }
    }
}
