import type { Measure } from '@heavylift/core'

/** Evals of imports and tools. What they measure with is loaded when one runs. */
export const toolEvals: Measure[] = [
  {
    name: 'import',
    summary: 'Workflows of n8n, Dify and Flowise as drafts: nodes, expressions, arrows',
    goals: {
      parsedRate: { atLeast: 1 },
      nodeMappedRate: { atLeast: 0.88 },
      expressionRate: { atLeast: 0.85 },
      graphEqualRate: { atLeast: 1 },
      sideEffectsOnImport: { atMost: 0 },
    },
    run: async (input) => (await import('./import/import-eval.ts')).runImportEval(input),
  },
  {
    name: 'openapi',
    summary: 'OpenAPI documents as tools: documents, operations, schemas',
    goals: {
      importedRate: { atLeast: 0.98 },
      operationRate: { atLeast: 0.97 },
      schemaValidRate: { atLeast: 1 },
    },
    options: [{ flags: '--most <count>', summary: 'documents to take at most, spread over the folder' }],
    run: async (input) => (await import('./tools/openapi-eval.ts')).runOpenApiEval(input),
  },
  {
    name: 'tool-schemas',
    summary: 'Schemas of functions, right calls and wrong calls (JSON lines as BFCL has them)',
    goals: {
      accepted: { atLeast: 0.99 },
      goldCallsAccepted: { atLeast: 0.99 },
      badCallsRefused: { atLeast: 0.99 },
    },
    options: [{ flags: '--suite <dir>', summary: 'a copy of JSON-Schema-Test-Suite to score, too' }],
    run: async (input) => (await import('./tools/functions-eval.ts')).runFunctionsEval(input),
  },
]
