// llama.cpp's tokenizer through node-llama-cpp, for TokenizerRace: one line in, milliseconds and tokens out.
import {readFileSync} from "node:fs";
import {createInterface} from "node:readline";
import {getLlama} from "node-llama-cpp";

const [vocabulary, file] = process.argv.slice(2);
const llama = await getLlama({gpu: false, build: "never", progressLogs: false, logLevel: "disabled"});
const model = await llama.loadModel({modelPath: vocabulary, vocabOnly: true});
const text = readFileSync(file, "utf8");
for await (const line of createInterface({input: process.stdin})) {
    const start = performance.now();
    // The binding itself: what model.tokenize does around it is not llama.cpp's work.
    const tokens = model._model.tokenize(text, false);
    console.log(`${(performance.now() - start).toFixed(1)} ${tokens.length}`);
}
process.exit(0);
