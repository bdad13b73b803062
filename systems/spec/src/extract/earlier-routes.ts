import { always } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import { unknownPart } from '../packs/path.ts'
import type { Router } from '../packs/router.ts'
import { keptIn } from '../facts/once-for.ts'
import { placeKey } from '../resolve/values.ts'
import { withChosen } from './chosen-handlers.ts'
import { flattenRouter } from './flat-routes.ts'
import type { EarlierRoute, FoundOperation } from './flat-routes.ts'
import type { Observation } from './observation.ts'

/** Everything that a router answers, with what settings choose for it and which of its routes come first. */
export function routesOf(root: Router): FoundOperation[] {
  const found = flattenRouter(root).map(withChosen)
  noteEarlier(root, found)
  return found
}

// Notes for the routes of a program those that come before them and take what is asked of them, where the first of these answers.
function noteEarlier(root: Router, found: readonly FoundOperation[]): void {
  const before = new Map<string, Placed[]>()
  for (const [index, one] of found.entries()) {
    const { pack, method, template, site, handlers } = one
    if (pack.firstRouteAnswers !== true || template.isUnsure || template.path.includes(unknownPart)) continue
    one.route = `${placeKey(root.site)} ${placeKey(site)} ${index}`
    const [own, ofAny] = bucketsOf(one)
    const earlier = [...(before.get(own) ?? []), ...(own === ofAny ? [] : (before.get(ofAny) ?? []))]
      .filter(
        ({ other }) =>
          other.pack === pack &&
          other.handlers.at(-1) !== handlers.at(-1) &&
          fits(other.template, template.path),
      )
      .sort((a, b) => a.index - b.index)
    if (earlier.length > 0)
      one.earlier = earlier.map(({ other }) => ({
        route: other.route ?? '',
        title: `${method} ${other.template.path}`,
        isSame: other.template.path === template.path,
      }))
    // One that only some settings put there leaves it to the others.
    if (one.when === undefined) keptIn(before, own, () => []).push({ other: one, index })
  }
}

interface Placed {
  other: FoundOperation
  index: number
}

// Among which routes those are found that may take the same requests: by method, number of parts and first part, and those whose first part is a variable.
function bucketsOf({ method, template: { path } }: FoundOperation): [own: string, ofAny: string] {
  const parts = path.split('/')
  const first = parts[1] ?? ''
  const ofAny = `${method} ${parts.length} {`
  return [first.startsWith('{') ? ofAny : `${method} ${parts.length} ${first}`, ofAny]
}

// Whether all that is asked of a path fits a template: each part of it is the same, or a variable that takes any text.
function fits({ path, variables }: FoundOperation['template'], asked: string): boolean {
  const [own, parts] = [path.split('/'), asked.split('/')]
  return (
    own.length === parts.length &&
    own.every((part, index) => {
      const other = parts[index] ?? ''
      if (part === other) return !part.includes('*')
      const name = /^\{(\w+)\}$/.exec(part)?.[1]
      const variable = variables.find((one) => one.name === name)
      return variable !== undefined && (variable.pattern ?? '') === '' && other !== '' && !other.includes('*')
    })
  )
}

/** What comes to routes behind others that take the same requests. */
export class EarlierRoutes {
  readonly #leaves = new Map<string, Condition | null>()

  note({ route, behind }: FoundOperation, { leaves = null }: Observation): void {
    // Of what comes to it only in part, what goes on is not known.
    if (route !== undefined) this.#leaves.set(route, behind ? null : leaves)
  }

  /** What goes on to an operation; always where that is not known. `by`: the route that answers all of it. */
  reach({ earlier = [] }: FoundOperation): { when: Condition; by: EarlierRoute | null } {
    const known = earlier.map((one) => ({ one, when: this.#leaves.get(one.route) ?? null }))
    const [by] = known.filter(({ when }) => when?.length === 0)
    const [only, ...others] = known
    return { by: by?.one ?? null, when: others.length === 0 && only?.when ? only.when : always }
  }
}
