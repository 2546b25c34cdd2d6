import eslint from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  globalIgnores(["dist", "docs", "generated", "coverage", ".tmp", ".runtimes", ".types"]),
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ["*.config.js"] } },
    },
    rules: {
      // They are what some of ours look for, and names of classes of characters cost at every import.
      "no-control-regex": "off",
      // One line for one thing that is done.
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // A module of Nest's is its decorator.
      "@typescript-eslint/no-extraneous-class": ["error", { allowWithDecorator: true }],
      // Numbers in a message read as they print.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
);
