import { findNearest } from '@heavylift/core/runtime'
import type { GatewayConfig } from './gateway-config.ts'
import { sampleProvider } from './sample-names.ts'

/** A problem at a place in the table, not yet at a line of a file. */
export interface Finding {
  path: (string | number)[]
  message: string
}

/** Names that are there without standing in the file: a pulled model with its engine, an endpoint of the options. */
export interface NamesBeside {
  providers: readonly string[]
  models: readonly string[]
}

export const nothingBeside: NamesBeside = { providers: [], models: [] }

/** What each part of a valid table gets wrong about another: names that nothing has, cascades that go in circles. */
export function crossCheck(config: GatewayConfig, beside: NamesBeside): Finding[] {
  return [
    ...checkTargets(config, beside),
    ...checkNames(config, beside),
    ...checkCascades(config),
    ...checkReplicas(config),
    ...checkReserved(config),
  ]
}

function* checkTargets({ models, providers }: GatewayConfig, beside: NamesBeside): Generator<Finding> {
  const known = [...Object.keys(providers), ...beside.providers]
  for (const [name, model] of Object.entries(models)) {
    for (const [index, { provider }] of model.targets.entries()) {
      if (known.includes(provider)) continue
      yield {
        path: ['models', name, 'targets', index, 'provider'],
        message: `There is no provider "${provider}".${hint(provider, known, 'providers')}`,
      }
    }
  }
}

function* checkNames(config: GatewayConfig, beside: NamesBeside): Generator<Finding> {
  const models = [...Object.keys(config.models), ...beside.models]
  const unknown = (model: string, known: string[], path: Finding['path']): Finding | null =>
    known.includes(model)
      ? null
      : { path, message: `There is no model "${model}".${hint(model, known, 'models')}` }
  const findings: (Finding | null)[] = []
  for (const [task, model] of Object.entries(config.tasks))
    findings.push(unknown(model, models, ['tasks', task]))
  for (const [name, { cascade }] of Object.entries(config.models)) {
    if (cascade) findings.push(unknown(cascade.to, models, ['models', name, 'cascade', 'to']))
  }
  const holders = [
    { path: ['defaults'], limits: config.defaults },
    ...(['tenants', 'keys'] as const).flatMap((part) =>
      Object.entries(config[part]).map(([id, limits]) => ({ path: [part, id], limits })),
    ),
  ]
  // Callers may ask for a task in place of a model.
  const askable = [...models, ...Object.keys(config.tasks)]
  for (const { path, limits } of holders) {
    for (const [index, model] of (limits.models ?? []).entries()) {
      findings.push(unknown(model, askable, [...path, 'models', index]))
    }
  }
  for (const finding of findings) if (finding) yield finding
}

function* checkCascades({ models }: GatewayConfig): Generator<Finding> {
  for (const [name, { cascade }] of Object.entries(models)) {
    if (!cascade) continue
    const pattern = cascade.accept.refusePattern
    const patternError = pattern === null ? null : patternProblem(pattern)
    if (patternError) {
      yield { path: ['models', name, 'cascade', 'accept', 'refusePattern'], message: patternError }
    }
    const chain = chainFrom(name, models)
    // A circle is told of once: at the model that comes first by name.
    if (chain.at(-1) === name && chain.every((other) => name <= other)) {
      yield {
        path: ['models', name, 'cascade', 'to'],
        message: `The cascade goes in a circle: ${chain.join(' → ')}. End it at the best model.`,
      }
    }
  }
}

/** The models that are asked one after the other; ends with one that stood before when they go in a circle. */
function chainFrom(name: string, models: GatewayConfig['models']): string[] {
  const chain = [name]
  for (let next = models[name]?.cascade?.to; next !== undefined; next = models[next]?.cascade?.to) {
    const isCircle = chain.includes(next)
    chain.push(next)
    if (isCircle) break
  }
  return chain
}

function patternProblem(pattern: string): string | null {
  try {
    void new RegExp(pattern, 'iu')
    return null
  } catch (error) {
    return `This is no regular expression: ${(error as Error).message}.`
  }
}

function* checkReplicas({ providers }: GatewayConfig): Generator<Finding> {
  for (const [name, provider] of Object.entries(providers)) {
    if (!('replicas' in provider)) continue
    if (provider.replicas.length === 0 && (provider.kind !== 'openai' || provider.discover === null)) {
      yield {
        path: ['providers', name, 'replicas'],
        message:
          'It has no replicas. Name at least one address, or say in "discover" where to look for them.',
      }
    }
    const seen = new Map<string, number>()
    for (const [index, { url }] of provider.replicas.entries()) {
      const address = new URL(url).href.replace(/\/+$/, '')
      const before = seen.get(address)
      if (before === undefined) seen.set(address, index)
      else {
        yield {
          path: ['providers', name, 'replicas', index],
          message: `This is the address of replica ${before + 1} too. Give a replica more load by its weight.`,
        }
      }
    }
  }
}

/** The sample's names are its mark, so nothing else may have them. */
function* checkReserved(config: GatewayConfig): Generator<Finding> {
  for (const part of ['providers', 'models'] as const) {
    for (const name of Object.keys(config[part])) {
      if (!name.startsWith(sampleProvider)) continue
      yield {
        path: [part, name],
        message: `Names that begin with "${sampleProvider}" are those of the sample traffic. Choose another.`,
      }
    }
  }
}

function hint(name: string, known: string[], kind: string): string {
  const near = findNearest(name, known)
  if (near !== null) return ` Did you mean "${near}"?`
  return known.length === 0 ? ` There are no ${kind} yet.` : ` Known: ${known.slice(0, 8).join(', ')}.`
}
