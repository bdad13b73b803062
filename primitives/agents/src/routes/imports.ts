import { route } from '@heavylift/core'
import { z } from 'zod'
import type { AgentsContext } from '../context.ts'
import { agentName } from '../definition/definition.ts'
import { canonicalText } from '../files/canonical.ts'
import { importFile } from '../import/import-file.ts'

const mostShown = 2_000

/** Files of other platforms, below `/api/agents`. */
export function importRoutes({ draftsOf }: Pick<AgentsContext, 'draftsOf'>) {
  return [
    route({
      method: 'post',
      path: '/imports',
      summary:
        'Reads a file of another platform (n8n, Dify, Flowise, OpenAPI, Arazzo, MCP, A2A, Agent Skills) and begins a draft with what it holds. Runs nothing, connects to nothing.',
      access: 'operator',
      maxBodyBytes: 32 * 1024 * 1024,
      body: z.object({
        name: agentName.describe('Of the draft.'),
        fileName: z.string().min(1).max(300),
        text: z.string().max(16_000_000),
      }),
      response: z.object({
        name: z.string().nullable().describe('The draft; null where the file only brings tools.'),
        format: z.string(),
        counts: z.object({ mapped: z.number(), approximated: z.number(), byHand: z.number() }),
        parts: z.array(
          z.object({ place: z.string(), what: z.string(), state: z.string(), note: z.string().optional() }),
        ),
        sources: z.array(z.object({ name: z.string(), title: z.string(), tools: z.number() })),
      }),
      handle: async ({ caller, body }) => {
        const { definition, sources, report } = importFile(body.text, body.fileName)
        if (definition !== null)
          await draftsOf(caller.tenantId).create(body.name, canonicalText({ ...definition, name: body.name }))
        const count = (state: string) => report.parts.filter((part) => part.state === state).length
        return {
          name: definition === null ? null : body.name,
          format: report.format,
          counts: { mapped: count('mapped'), approximated: count('approximated'), byHand: count('by-hand') },
          // What is left to do first.
          parts: report.parts
            .toSorted((a, b) => rank(b.state) - rank(a.state))
            .slice(0, mostShown)
            .map(({ place, what, state, note }) => ({
              place,
              what,
              state,
              ...(note === undefined ? {} : { note }),
            })),
          sources: sources.map(({ name, title, tools }) => ({ name, title, tools: tools.length })),
        }
      },
    }),
  ]
}

const rank = (state: string): number => ['mapped', 'approximated', 'by-hand'].indexOf(state)
