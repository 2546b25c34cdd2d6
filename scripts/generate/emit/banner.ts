/** The first line of every generated file, whatever file it was generated from. */
export const banner = "// Generated from openapi/peaka.yaml by `npm run generate`. Do not edit.";
