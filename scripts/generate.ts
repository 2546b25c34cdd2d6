import { main } from "./generate/main.js";

process.exitCode = await main(process.argv.slice(2), console);
