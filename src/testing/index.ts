export type { Fault } from "./faults.js";
export { createTestGateway } from "./gateway.js";
export type { TestConnection, TestGateway, TestGatewayOptions, TestRequest } from "./options.js";
