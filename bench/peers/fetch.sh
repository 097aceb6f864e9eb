# Sets peers to the folder with llama.cpp as its users on Node have it, and fetches it first where it is missing; to be read by
# other scripts, which set here to their own folder.
peers="$here/../target/peers"
mkdir -p "$peers"
if [ ! -d "$peers/node_modules/@node-llama-cpp/linux-x64" ]; then
    (cd "$peers" && echo '{"private": true}' >package.json &&
        npm install --ignore-scripts --omit=optional node-llama-cpp@3.22.1 &&
        npm install --ignore-scripts --omit=optional @node-llama-cpp/linux-x64@3.22.1) >&2
fi
cp "$here"/*.mjs "$peers/"
