import { createHash } from 'node:crypto'
import { Document } from 'yaml'
import { agentDefinition } from '../definition/definition.ts'
import type { AgentDefinition } from '../definition/definition.ts'
import { stepSchema } from '../definition/step.ts'
import { isEqual, isRecord } from './change.ts'

/** The definition without what it would be without saying, its fields in the order of the schema. */
export function leanDefinition(definition: AgentDefinition): Record<string, unknown> {
  const steps = definition.steps.map((step) => leanStep({ ...step }))
  const lean = withoutDefaults({ ...definition }, (value) => agentDefinition.safeParse(value).data)
  return { ...lean, steps }
}

function leanStep(step: Record<string, unknown>): Record<string, unknown> {
  const lean = withoutDefaults(step, (value) => stepSchema.safeParse(value).data)
  if (!Array.isArray(step['steps'])) return lean
  return { ...lean, steps: step['steps'].map((inner: Record<string, unknown>) => leanStep({ ...inner })) }
}

/** Leaves out each field without which the schema reads the same. */
function withoutDefaults(
  value: Record<string, unknown>,
  read: (value: Record<string, unknown>) => unknown,
): Record<string, unknown> {
  const whole = read(value)
  const lean = { ...value }
  for (const name of Object.keys(value)) {
    const { [name]: _, ...rest } = lean
    const reread = read(rest)
    if (reread !== undefined && isEqual(reread, whole)) delete lean[name]
  }
  return lean
}

/** The canonical file: the same definition gives the same bytes, whoever wrote it and in whatever order. */
export function canonicalText(definition: AgentDefinition): string {
  const document = new Document(leanDefinition(definition))
  return document.toString({ lineWidth: 0, flowCollectionPadding: false })
}

/** SHA-256 (hex) of what a definition means: the order of names in its objects and what it leaves to defaults change nothing. */
export function definitionHash(definition: AgentDefinition): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(agentDefinition.parse(definition))))
    .digest('hex')
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .toSorted()
      .map((name) => [name, sorted(value[name])]),
  )
}
