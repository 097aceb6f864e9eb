// llama.cpp through node-llama-cpp, for EngineRace. A line in is a number of tokens to generate and the tokens of a prompt,
// with commas; the answer is the milliseconds that reading the prompt took, and those of generating.
import {createInterface} from "node:readline";
import {getLlama} from "node-llama-cpp";

const [file, threads, context, flash] = process.argv.slice(2);
const llama = await getLlama({
    gpu: false, build: "never", progressLogs: false, logLevel: "disabled", maxThreads: Number(threads)
});
const begun = performance.now();
const model = await llama.loadModel({modelPath: file, useMmap: true});
const session = await model.createContext({
    contextSize: Number(context), batchSize: 512, threads: {ideal: Number(threads), min: Number(threads)},
    flashAttention: flash === "flash"
});
const sequence = session.getSequence();
console.log((performance.now() - begun).toFixed(1));
for await (const line of createInterface({input: process.stdin})) {
    const [count, ...prompt] = line.split(",").map(Number);
    await sequence.clearHistory();
    let start = performance.now();
    await sequence.evaluateWithoutGeneratingNewTokens(prompt.slice(0, -1));
    const read = performance.now() - start;
    start = performance.now();
    const made = [];
    for await (const token of sequence.evaluate(prompt.slice(-1), {temperature: 0})) {
        if (made.push(token) === count) {
            break;
        }
    }
    console.log(`${read.toFixed(1)} ${(performance.now() - start).toFixed(1)} ${made.join(",")}`);
}
process.exit(0);
