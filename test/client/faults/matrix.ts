import { bodyFaults } from "./body-faults.js";
import { connectionFaults } from "./connection-faults.js";
import { framingFaults } from "./framing-faults.js";
import { statusFaults } from "./status-faults.js";
import { tlsFaults } from "./tls-faults.js";

/** Every fault that a client must come through, and how. */
export const matrix = [
  ...connectionFaults,
  ...tlsFaults,
  ...framingFaults,
  ...statusFaults,
  ...bodyFaults,
];
