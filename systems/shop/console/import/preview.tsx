import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { DataTable, Notice, Panel, Stat, Stats, format } from '@heavylift/ui'
import type { ColumnView, ImportView } from '../../src/catalog/import-record.ts'
import { productColumns } from '../../src/import/columns.ts'
import type { Product } from '../../src/domain/product.ts'
import { priceRange } from '../money.ts'
import { Picture } from '../picture.tsx'

/** What is changed by hand before anything goes live. */
export interface Mapping {
  /** Column of the file → what it is to be taken for; null for left out. */
  uses: Record<string, string | null>
  imageBase: string
  currency: string
  /** What amounts are in; null for what the file was read as. */
  priceUnit: 'major' | 'minor' | null
}

export const noMapping: Mapping = { uses: {}, imageBase: '', currency: '', priceUnit: null }

const uses = [
  { value: '-', label: 'left out' },
  { value: 'attribute', label: 'to choose by' },
  ...Object.keys(productColumns).map((value) => ({ value, label: value })),
]

/** `map=` of a request: only what was changed. */
export function mappingText(
  { uses: changed, imageBase, priceUnit }: Mapping,
  columns: readonly ColumnView[],
): string {
  const parts: string[] = []
  const ignored: string[] = []
  const facets: string[] = []
  for (const [name, use] of Object.entries(changed)) {
    const before = columns.find((column) => column.name === name)?.use ?? null
    if (use === null) {
      ignored.push(name)
      if (before !== null && before in productColumns) parts.push(`${before}=-`)
    } else if (use === 'attribute') facets.push(name)
    else parts.push(`${name.startsWith('variant.') ? `variant.${use}=${name.slice(8)}` : `${use}=${name}`}`)
  }
  if (ignored.length > 0) parts.push(`ignore=${ignored.join('|')}`)
  if (facets.length > 0) parts.push(`facet=${facets.join('|')}`)
  if (imageBase !== '') parts.push(`imageBase=${imageBase}`)
  if (priceUnit !== null) parts.push(`priceUnit=${priceUnit}`)
  return parts.join(',')
}

export interface PreviewProps {
  view: ImportView
  mapping: Mapping
  onMapping: (mapping: Mapping) => void
  isBusy: boolean
  onReadAgain: () => void
  onImport: () => void
  onCancel: () => void
  /** Null when no sample is live. */
  replacesSample: boolean | null
  onReplacesSample: (value: boolean) => void
}

/** Ten products as shoppers will see them, what each column was taken for, and what would change; nothing is live yet. */
export function Preview(props: PreviewProps) {
  const { view, mapping, onMapping, isBusy, replacesSample } = props
  const [isChanged, setIsChanged] = useState(false)
  const { rows, products, examples = [], columns = [] } = view
  const change = (next: Partial<Mapping>) => {
    setIsChanged(true)
    onMapping({ ...mapping, ...next })
  }
  return (
    <Panel title="How shoppers will see it" note="nothing is live yet">
      <Stats>
        <Stat
          label="Products"
          value={format.formatCount(products.added + products.updated + products.unchanged)}
        />
        <Stat label="Rows in" value={format.formatCount(rows.accepted)} />
        <Stat label="Hidden by the shop" value={format.formatCount(rows.hidden ?? 0)} />
        <Stat label="Refused" value={format.formatCount(rows.rejected)} />
      </Stats>
      {view.error ? (
        <Notice tone="bad" title="It cannot be imported like this">
          {view.error.message}
        </Notice>
      ) : null}
      {view.notes.map((note) => (
        <Notice key={note} tone="warn" title="Note">
          {note}
        </Notice>
      ))}
      {view.reasons.map((reason) => (
        <p key={reason.code} className="hl-dim">
          {format.formatCount(reason.count)} × {reason.code}, first on line {reason.firstLines[0]}:{' '}
          {reason.message}
        </p>
      ))}
      <ul className="shop-preview">
        {examples.map((product) => (
          <PreviewCard key={product.id} product={product} />
        ))}
      </ul>
      {columns.length > 0 ? (
        <DataTable
          caption="Columns of the file"
          rows={columns}
          keyOf={(column) => column.name}
          columns={[
            { key: 'name', title: 'Column', isWide: true, render: (column) => column.name },
            {
              key: 'use',
              title: 'Taken for',
              width: '208px',
              render: (column) => (
                <Select
                  size="xs"
                  aria-label={`${column.name} is`}
                  data={uses}
                  searchable
                  value={(column.name in mapping.uses ? mapping.uses[column.name] : column.use) ?? '-'}
                  onChange={(value) =>
                    change({
                      uses: {
                        ...mapping.uses,
                        [column.name]: value === '-' || value === null ? null : value,
                      },
                    })
                  }
                />
              ),
            },
            {
              key: 'filled',
              title: 'Filled',
              isNumber: true,
              isSecondary: true,
              width: '80px',
              render: (column) => `${Math.round(column.filledRate * 100)} %`,
            },
            {
              key: 'examples',
              title: 'Such as',
              isWide: true,
              isSecondary: true,
              render: (column) => <span className="hl-dim">{column.examples.join(' · ')}</span>,
            },
          ]}
        />
      ) : null}
      <div className="hl-row">
        <TextInput
          size="xs"
          label="Currency of prices that name none"
          placeholder="USD"
          maxLength={3}
          value={mapping.currency}
          onChange={(event) => change({ currency: event.currentTarget.value.toUpperCase() })}
        />
        <Select
          size="xs"
          label="Amounts are"
          placeholder="as read"
          data={[
            { value: 'major', label: 'in units (12.99)' },
            { value: 'minor', label: 'in cents (1299)' },
          ]}
          value={mapping.priceUnit}
          onChange={(value) => change({ priceUnit: value === 'major' || value === 'minor' ? value : null })}
        />
        <TextInput
          size="xs"
          label="Pictures that are file names are below"
          placeholder="https://shop.example/media/"
          value={mapping.imageBase}
          onChange={(event) => change({ imageBase: event.currentTarget.value.trim() })}
        />
      </div>
      {replacesSample === null ? null : (
        <Checkbox
          label="Instead of the sample: its products, rules, customers and orders go"
          checked={replacesSample}
          onChange={(event) => props.onReplacesSample(event.currentTarget.checked)}
        />
      )}
      <div className="hl-row">
        <Button loading={isBusy} disabled={isChanged || view.error !== null} onClick={props.onImport}>
          Import
        </Button>
        <Button
          variant="default"
          disabled={!isChanged || isBusy}
          onClick={() => {
            setIsChanged(false)
            props.onReadAgain()
          }}
        >
          Read again with the changes
        </Button>
        <Button variant="subtle" disabled={isBusy} onClick={props.onCancel}>
          Cancel
        </Button>
      </div>
    </Panel>
  )
}

function PreviewCard({ product }: { product: Product }) {
  const options = new Map<string, Set<string>>()
  for (const variant of product.variants) {
    for (const [name, value] of Object.entries(variant.options)) {
      options.set(name, (options.get(name) ?? new Set()).add(value))
    }
  }
  const price = priceRange(product)
  return (
    <li>
      <Picture src={product.variants[0]?.image ?? product.images[0] ?? null} size={96} />
      <div>
        <span className="hl-dim">{product.categories.join(' › ')}</span>
        <strong>{product.title}</strong>
        <span>{[product.brand, price === '–' ? null : price].filter(Boolean).join(' · ')}</span>
        {[...options].map(([name, values]) => (
          <span key={name} className="hl-dim">
            {name}: {[...values].slice(0, 8).join(', ')}
          </span>
        ))}
        <span className="hl-dim">
          {Object.entries(product.attributes)
            .slice(0, 6)
            .map(([name, values]) => `${name.replaceAll('_', ' ')}: ${values.join(', ')}`)
            .join(' · ')}
        </span>
      </div>
    </li>
  )
}
