import { setSourceMapsSupport } from "node:module";

// Preloaded into the worker, so that its stack traces name our sources. Node's own flag loads the maps of every package as
// well: 35 MB.
setSourceMapsSupport(true, { nodeModules: false });
