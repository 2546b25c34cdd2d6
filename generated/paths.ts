// Generated from openapi/ by `npm run generate`. Do not edit.

export interface paths {
  "/connections/{projectId}/{connectionId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get Connection
     * @description Reads a connection: its id, name and type, and never its credential. What updateConnection does not change has to be sent again, so read the name and the type first.
     */
    get: operations["getConnection"];
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
  "/connections/{projectId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List Connections
     * @description Lists the connections of a project, without their credentials.
     */
    get: operations["listConnections"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/connections/config": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List Connection Config
     * @description Lists, for every type of connection, what its credential consists of.
     */
    get: operations["listConnectionConfig"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/connections/config/{connectionType}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get Connection Config
     * @description Tells what the credential of one type of connection consists of.
     */
    get: operations["getConnectionConfig"];
    put?: never;
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
    /** @description The connections of a project */
    ConnectionList: components["schemas"]["Connection"][];
    /** @description What each type of connection asks for */
    ConnectionConfigurationList: components["schemas"]["ConnectionConfiguration"][];
    /** @description What a type of connection asks for */
    ConnectionConfiguration: {
      /** @description The type, as a connection has it */
      connectionType?: string;
      /** @description The type in words for people */
      connectionTypeLabel?: string;
      /** @description Name of this way to connect */
      name?: string;
      /** @description How the third party knows who asks, such as oauth2, api_key or bearer_token */
      authorizationType?: string;
      /** @description Which form the credential has */
      credentialSchemaType?: string;
      /** @description Whether the connection is made by sending a person to the third party's own pages */
      redirectRequired?: boolean;
      /** @description Kind of third party */
      category?: string;
      /** @description Where the connection is described */
      documentationUrl?: string;
      /** @description The properties of the credential */
      configuration?: components["schemas"]["ConnectionConfigurationItem"][];
    };
    /** @description A property of a credential */
    ConnectionConfigurationItem: {
      /** @description Its name */
      fieldName?: string;
      /**
       * @description Kind of its value; a password is text too
       * @enum {string}
       */
      fieldType?: "text" | "number" | "boolean";
      /** @description Whether it has to be there */
      required?: boolean;
      /** @description What it is */
      description?: string;
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
  getConnection: {
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
    requestBody?: never;
    responses: {
      /** @description The connection */
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
  listConnections: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description ID of the project
         * @example mtKDhe1U
         */
        projectId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The connections of the project */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ConnectionList"];
        };
      };
    };
  };
  listConnectionConfig: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The configuration of every type */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ConnectionConfigurationList"];
        };
      };
    };
  };
  getConnectionConfig: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description Type of connection, in the case in which listConnectionConfig has it
         * @example stripe
         */
        connectionType: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The configuration of the type */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ConnectionConfiguration"];
        };
      };
    };
  };
}
