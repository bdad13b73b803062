import type { Condition } from '../facts/condition.ts'
import { both } from '../resolve/conditions.ts'
import type { Effect } from '../resolve/values.ts'
import type { FoundOperation } from './flat-routes.ts'

/** When an operation is there and what reads something of its requests too. */
export const readWhen = (
  { conditions }: Pick<Effect, 'conditions'>,
  { handlersWhen, around }: Pick<FoundOperation, 'handlersWhen' | 'around'>,
  there: Condition,
): Condition =>
  [...(handlersWhen?.values() ?? []), ...(around ?? []).flatMap(({ when }) => (when ? [when] : []))]
    .filter((one) => conditions.includes(one))
    .reduce(both, there)
