// @ts-expect-error: there is no default export
export { default } from "../../../../src/index.js";
