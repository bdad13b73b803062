import type { CsvValue } from '@heavylift/core/rows'
import type { ParsedAddress } from '../domain/parsed-address.ts'
import { standardFields } from '../domain/standard-address.ts'
import type { StandardAddress } from '../domain/standard-address.ts'
import { googleFields, smartyFields, toGoogle, toSmarty } from '../standardize/output-fields.ts'

/** What a row of output says of an address, and under which names. */
export interface FieldSet {
  columns: readonly string[]
  cells(parsed: ParsedAddress, standard: StandardAddress): CsvValue[]
}

export const fieldSets: ReadonlyMap<string, FieldSet> = new Map([
  [
    'standard',
    {
      columns: ['form', 'confidence', 'deliveryLine', 'lastLine', ...standardFields, 'changes'],
      cells: ({ form, confidence }, { deliveryLine, lastLine, fields, changes }) => [
        form,
        confidence.toFixed(4),
        deliveryLine,
        lastLine,
        ...standardFields.map((name) => fields[name] ?? ''),
        changes.map(({ text, to, rule }) => `${text} → ${to} (${rule})`).join('; '),
      ],
    },
  ],
  [
    'smarty',
    {
      columns: ['addressee', 'delivery_line_1', 'last_line', ...smartyFields],
      cells: (_, standard) => {
        const { components, ...lines } = toSmarty(standard)
        return [
          lines.addressee ?? '',
          lines.delivery_line_1,
          lines.last_line,
          ...smartyFields.map((name) => components[name] ?? ''),
        ]
      },
    },
  ],
  [
    'google',
    {
      columns: ['formatted_address', ...googleFields],
      cells: (_, standard) => {
        const { formatted_address, address_components } = toGoogle(standard)
        return [formatted_address, ...googleFields.map((name) => address_components[name] ?? '')]
      },
    },
  ],
])
