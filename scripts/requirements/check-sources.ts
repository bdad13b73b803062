import type { Requirement } from '../../docs/requirements/requirement.ts'
import { findFault, type Checkout } from '../docs/checkout.ts'

/**
 * Requirements whose `source` does not resolve. A source is one or more of these, separated by `; `: a file or folder of the repository,
 * relative to its root, with `#section` if it is a page; `standard: NAME, section`; or `https://…`.
 */
export function checkSources(requirements: readonly Requirement[], checkout: Checkout): string[] {
  return requirements.flatMap(({ id, source }) =>
    source.split('; ').flatMap((part) => {
      if (/^standard: \S/.test(part) || /^https:\/\/\S+$/.test(part)) return []
      const fault = findFault(part, checkout)
      return fault === null
        ? []
        : [`${id}: source "${part}": ${fault}. It is path#section, "standard: NAME, section" or https://…`]
    }),
  )
}
