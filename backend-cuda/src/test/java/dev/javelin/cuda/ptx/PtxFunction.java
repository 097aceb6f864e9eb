package dev.javelin.cuda.ptx;

import java.util.List;
import java.util.Map;

/**
 * A kernel, or a function that kernels call.
 *
 * @param results of a function
 * @param directives such as {@code maxntid}, with their numbers
 * @param variables declared in the body, parameter space for calls included
 * @param labels the index of the instruction behind each label
 * @param targets the lists of labels that indexed branches choose from
 */
record PtxFunction(
        String name,
        boolean kernel,
        int line,
        List<PtxVariable> results,
        List<PtxVariable> parameters,
        Map<String, List<Integer>> directives,
        List<PtxVariable> variables,
        List<PtxInstruction> instructions,
        Map<String, Integer> labels,
        Map<String, List<String>> targets) {}
