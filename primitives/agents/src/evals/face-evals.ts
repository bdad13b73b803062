import type { Measure } from '@heavylift/core'

/** Evals of how agents are called, and call, by protocols. */
export const faceEvals: Measure[] = [
  {
    name: 'mcp',
    summary:
      'The public conformance suite of MCP (--kit, a folder where its package is installed) against the server and the client, at 2025-11-25 and 2026-07-28',
    options: [{ flags: '--kit <dir>', summary: 'a folder where the package of the suite is installed' }],
    run: async (input) => (await import('./faces/mcp-eval.ts')).runMcpEval(input),
  },
  {
    name: 'a2a',
    summary: 'The public test kit of A2A 1.0 (--kit, a copy of it) against an agent of a server of its own',
    options: [
      { flags: '--kit <dir>', summary: 'the kit, as its repository has it' },
      { flags: '--python <program>', summary: 'a Python that has what the kit needs; default python3' },
    ],
    run: async (input) => (await import('./faces/a2a-eval.ts')).runA2aEval(input),
  },
]
