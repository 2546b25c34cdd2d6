// Generated from openapi/peaka.yaml by `npm run generate`. Do not edit.

export interface paths {
  "/connections/{projectId}/{connectionId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Update Connection
     * @description Updates the specified Connection. You can modify the name, credentials, or other parameters. The request body follows the same structure as the Create Connection endpoint.
     */
    put: operations["updateConnection"];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    ConnectionRequest: {
      /** @description Name of the connection given by the user */
      name?: string;
      /**
       * @description Type of connection.
       *
       *      Example: airtable for AirTable, stripe for Stripe, hubspot_access_token for HubSpot (with Access Token), etc.
       *
       *      Exact list can be fetched by following url: /connections/config
       */
      type?: string;
      /**
       * @description Credential object for the connection.
       *
       *     Its structure is dependent on the connection type and can be fetched by following url: /connections/config
       */
      credential?: {
        [key: string]: unknown;
      };
      /** @description The url to redirect to after an oauth connection is established. */
      connectionCallback?: string;
    };
    Connection: {
      /** @description Connection ID */
      id?: string;
      /** @description Name of the connection */
      name?: string;
      /**
       * @description Type of connection.
       *
       *     Example: airtable for AirTable, stripe for Stripe, hubspot_access_token for HubSpot (with Access Token), etc.
       *
       *     Exact list can be fetched by following url: /connections/config
       */
      type?: string;
      /** @description Oauth callback url if the connection is Oauth based. */
      url?: string;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  updateConnection: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description ID of the project
         * @example mtKDhe1U
         */
        projectId: string;
        /**
         * @description ID of the connection
         * @example 8db17e23-29de-4dab-8886-af9717e0e742
         */
        connectionId: string;
      };
      cookie?: never;
    };
    /** @description Connection Request */
    requestBody: {
      content: {
        "application/json": components["schemas"]["ConnectionRequest"];
      };
    };
    responses: {
      /** @description Connection updated successfully */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Connection"];
        };
      };
    };
  };
}
