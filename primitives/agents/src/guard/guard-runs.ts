import type { AgentDefinition, PolicyRule } from '../definition/definition.ts'
import { parseTemplate } from '../expressions/template.ts'
import type { ProposedCall } from '../run/deps.ts'
import type { StartedBy } from '../run/run-row.ts'
import type { Verdict } from '../tools/tool.ts'
import { definitionOrigins, stepPath } from './definition-origins.ts'
import type { OriginScope } from './definition-origins.ts'
import { judge, noAnswers } from './judge.ts'
import type { GuardedCall } from './judge.ts'
import { defaultPolicy } from './policy.ts'
import { from, originsOf } from './origins.ts'
import type { Origins } from './origins.ts'

/** Definitions by agent and version, for the rules of those that called. */
export type FindDefinition = (tenantId: string, agent: string, version: number) => Promise<AgentDefinition>

/** Judges the calls of runs by the tenant's policy (default: the house's) and the definition's rules, its callers' included. */
export function guardRuns(
  find: FindDefinition,
  policyOf: (tenantId: string) => Promise<readonly PolicyRule[]> = () => Promise.resolve(defaultPolicy),
): (call: ProposedCall) => Promise<Verdict> {
  return async (call) => {
    const { tenantId, definition, reference, tool, args, started, version } = call
    const callers = await Promise.all(
      (started.callers ?? []).map(async ({ agent, version: of }) => (await find(tenantId, agent, of)).policy),
    )
    const guarded: GuardedCall = {
      agent: { name: definition.name, version },
      user: { id: started.by ?? started.kind },
      tool: {
        id: reference.id,
        source: reference.from,
        name: tool.name,
        description: tool.description,
        input: tool.input,
        effect: tool.effect,
      },
      args,
      by: howItCame(call),
      answers: call.hearing?.answers ?? noAnswers,
    }
    const { verdict, rule, because, found, origins, sameness, deed } = judge(guarded, {
      tenant: await policyOf(tenantId),
      definition: definition.policy,
      callers,
    })
    return { verdict, rule, because, found, origins, sameness, deed }
  }
}

function howItCame({ hearing, definition, started, path }: ProposedCall): GuardedCall['by'] {
  if (hearing !== undefined) return { kind: 'model', evidence: hearing.evidence, request: hearing.request }
  const at = stepPath(path)
  return { kind: 'definition', origins: argumentOrigins(definition, at, scopeOf(definition, started, at)) }
}

function argumentOrigins(definition: AgentDefinition, at: string, scope: OriginScope): Origins {
  let steps = definition.steps
  let found
  for (const id of at.split('.')) {
    found = steps.find((step) => step.id === id)
    if (found?.kind === 'map') steps = found.steps
  }
  // Where no step wired them, nothing is known of them.
  if (found === undefined || !('with' in found)) return from('outside')
  return originsOf(parseTemplate(found.with).flow, scope)
}

const known = new WeakMap<AgentDefinition, Map<string, ReadonlyMap<string, OriginScope>>>()

/** Origins of what the expressions of a step read, in a run that was started so. */
export function scopeOf(definition: AgentDefinition, started: StartedBy, at: string): OriginScope {
  const input = inputOrigins(started)
  const key = JSON.stringify(input)
  let byInput = known.get(definition)
  if (byInput === undefined) known.set(definition, (byInput = new Map()))
  let scopes = byInput.get(key)
  if (scopes === undefined) byInput.set(key, (scopes = definitionOrigins(definition, input)))
  return scopes.get(at) ?? { input }
}

/** What a person or a program starts by itself, with a key. */
const asksForItself = new Set<StartedBy['kind']>(['manual', 'mcp', 'a2a', 'agui'])

/** A person's or a program's call says what is wanted; what a webhook, an event or a stream brings is text from outside. */
export function inputOrigins(started: StartedBy): Origins {
  if (started.origins !== undefined) return started.origins
  if (asksForItself.has(started.kind)) return from('user')
  return from(started.kind === 'schedule' ? 'definition' : 'outside')
}
