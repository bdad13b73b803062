import { z } from 'zod'

const data = z.looseObject({
  name: z.string().catch(''),
  label: z.string().catch(''),
  category: z.string().catch(''),
  inputs: z.record(z.string(), z.unknown()).catch({}),
  outputs: z.record(z.string(), z.unknown()).catch({}),
})
const node = z.looseObject({
  id: z.string(),
  parentNode: z.string().optional().catch(undefined),
  data: data.optional(),
})
const edge = z.looseObject({
  source: z.string(),
  target: z.string(),
  sourceHandle: z.string().catch(''),
  targetHandle: z.string().catch(''),
})
/** A flow as Flowise exports it: what of it an import reads. */
export const flow = z.looseObject({ nodes: z.array(node), edges: z.array(edge) })
export type FlowiseEdge = z.infer<typeof edge>
export type FlowiseNode = z.infer<typeof node> & { data: z.infer<typeof data> }
