import { z } from 'zod'

const data = z.looseObject({ type: z.string().catch(''), title: z.string().catch('') })
const node = z.looseObject({
  id: z.coerce.string(),
  type: z.string().catch(''),
  parentId: z.coerce.string().optional().catch(undefined),
  data,
})
export type DifyNode = z.infer<typeof node>
const edge = z.looseObject({
  source: z.coerce.string(),
  target: z.coerce.string(),
  sourceHandle: z.coerce.string().catch('source'),
})

const variable = z.looseObject({
  name: z.string(),
  value: z.unknown(),
  value_type: z.string().catch('string'),
})

/** An app as Dify exports it. What is not read here is let through. */
export const dsl = z.looseObject({
  app: z.looseObject({
    name: z.string().catch('Imported app'),
    description: z.string().nullish().catch(''),
    mode: z.string().catch(''),
  }),
  workflow: z
    .looseObject({
      environment_variables: z.array(variable).nullish().catch([]),
      conversation_variables: z.array(variable).nullish().catch([]),
      graph: z.looseObject({ nodes: z.array(node), edges: z.array(edge).catch([]) }),
    })
    .optional(),
  model_config: z.record(z.string(), z.unknown()).nullish().catch(undefined),
})
