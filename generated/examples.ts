// Generated from openapi/ by `npm run generate`. Do not edit.

/** The examples of the spec, by operationId: for tests and the demo. */
export const examples = {
  getConnection: {
    parameters: { projectId: "mtKDhe1U", connectionId: "8db17e23-29de-4dab-8886-af9717e0e742" },
    requests: {},
    responses: {},
  },
  updateConnection: {
    parameters: { projectId: "mtKDhe1U", connectionId: "8db17e23-29de-4dab-8886-af9717e0e742" },
    requests: {
      "HubSpot Connection Request with Oauth": {
        name: "exampleHubspotConnection",
        type: "hubspot",
        credential: {
          clientId: "15d6b8c5-48ea-4955-8ce5-d04bb9adad25",
          clientSecret: "64d70b56-ae19-4fee-9fa2-3e9113bcb202",
          refreshToken: "eu1-eae3-1af4-583d-91d4-f6414699feea",
        },
      },
      "Stripe Connection Request": {
        name: "exampleStripeConnection21",
        type: "stripe",
        credential: { token: "<stripeToken>" },
      },
      "AirTable Connection Request": {
        name: "exampleAirtableConnection",
        type: "airtable",
        credential: { personalAccessToken: "<yourAirtableApiKey>" },
      },
    },
    responses: {
      "Updated Connection": {
        id: "8db17e23-29de-4dab-8886-af9717e0e742",
        name: "exampleAirtableConnection",
        type: "airtable",
      },
    },
  },
  listConnections: { parameters: { projectId: "mtKDhe1U" }, requests: {}, responses: {} },
  listConnectionConfig: { parameters: {}, requests: {}, responses: {} },
  getConnectionConfig: { parameters: { connectionType: "stripe" }, requests: {}, responses: {} },
} as const;
