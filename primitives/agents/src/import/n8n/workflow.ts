import { z } from 'zod'

/** A node as n8n saves it. What is not read here is let through. */
const node = z.looseObject({
  name: z.string(),
  type: z.string(),
  typeVersion: z.number().catch(1).default(1),
  parameters: z.record(z.string(), z.unknown()).catch({}).default({}),
  credentials: z.record(z.string(), z.unknown()).optional().catch(undefined),
  disabled: z.boolean().optional().catch(undefined),
  onError: z.string().optional().catch(undefined),
  continueOnFail: z.boolean().optional().catch(undefined),
  retryOnFail: z.boolean().optional().catch(undefined),
  maxTries: z.number().optional().catch(undefined),
  waitBetweenTries: z.number().optional().catch(undefined),
  notes: z.string().optional().catch(undefined),
})
export type N8nNode = z.infer<typeof node>

const target = z.looseObject({ node: z.string(), type: z.string().catch('main'), index: z.number().catch(0) })
const outputs = z.array(z.array(target).nullable().catch(null))

/** A workflow as n8n exports it. */
export const n8nWorkflow = z.looseObject({
  id: z.union([z.string(), z.number()]).optional().catch(undefined),
  name: z.string().catch('Imported workflow').default('Imported workflow'),
  nodes: z.array(node),
  connections: z
    .record(z.string(), z.record(z.string(), outputs.catch([])))
    .catch({})
    .default({}),
})
export type N8nWorkflow = z.infer<typeof n8nWorkflow>

/** `httpRequest` of `n8n-nodes-base.httpRequest`. */
export const baseOf = (type: string): string => type.slice(type.lastIndexOf('.') + 1)
