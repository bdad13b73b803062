import type { ColumnView } from '../catalog/import-record.ts'
import type { ColumnProfile } from './column-profile.ts'
import type { ProductColumn } from './columns.ts'
import { partsOf } from './joined-columns.ts'
import { facetLabel } from './propose-columns.ts'
import type { FeedPlan } from './feed-plan.ts'

/** Columns of a file beyond this are not listed: nobody maps them by hand. */
const maxColumns = 300

/** What each column of a feed was taken for, for people to check and change. */
export function viewColumns(plan: FeedPlan): ColumnView[] {
  const paired = new Set(plan.optionColumns.flatMap(({ name, value }) => [name, value]))
  const viewsOf = (
    profiles: ReadonlyMap<string, ColumnProfile>,
    columns: ReadonlyMap<ProductColumn, string>,
    prefix: string,
  ) => {
    const roles = new Map(
      [...columns].flatMap(([role, name]) => [name, ...partsOf(name)].map((part) => [part, role] as const)),
    )
    return [...profiles].map(([name, profile]): ColumnView => {
      const role = roles.get(name)
      const use =
        role !== undefined
          ? role
          : paired.has(name)
            ? 'option'
            : plan.pairColumns.has(name)
              ? 'attributes'
              : plan.visibilityColumns.includes(name)
                ? 'status'
                : plan.facets.has(facetLabel(name))
                  ? 'attribute'
                  : plan.descriptions.includes(name) ||
                      plan.texts.includes(name) ||
                      plan.toldPairs.has(facetLabel(name))
                    ? 'description'
                    : null
      return {
        name: prefix + name,
        use,
        filledRate: Math.round((profile.filled / Math.max(1, profile.rows)) * 1000) / 1000,
        examples: profile.examples.slice(0, 3).map((text) => text.slice(0, 80)),
      }
    })
  }
  const columns = new Set([...plan.profiles.keys()].map(facetLabel))
  return [
    ...viewsOf(plan.profiles, plan.columns, ''),
    ...viewsOf(plan.variantProfiles, plan.variantColumns, 'variant.'),
    ...viewsOf(new Map([...plan.stated].filter(([label]) => !columns.has(label))), new Map(), ''),
  ].slice(0, maxColumns)
}
