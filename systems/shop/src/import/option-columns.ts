import { columnKey } from './columns.ts'

/** Two columns that state a property together: `Attribute 1 name` and `Attribute 1 value(s)`. */
export interface OptionColumns {
  name: string
  value: string
}

const root =
  /attribut|atribut|option|опци|opci|opzion|eigenschaft|caract|propert|feature|merkmal|variant|kenmerk|egenskap/
const nameWord = /(?:^|_)(?:names?|nom|nombre|имя|название|titel|title|label|nome|naam|namn|groups?)(?:_|$)/
const valueWord =
  /(?:^|_)(?:values?|valeurs?|valor(?:es)?|werte?|значени[ея]|waarden?|valore|valori|värden?)(?:_|$)/

/** Pairs of columns by their number, in the order of the file; `optionGroups` with `optionValues` is one, too. */
export function findOptionColumns(names: readonly string[]): OptionColumns[] {
  const byNumber = new Map<string, { name?: string; value?: string; described?: string }>()
  for (const column of names) {
    const key = columnKey(column).replace(/(\p{L})(\d)/gu, '$1_$2')
    if (!root.test(key)) continue
    const number = /\d+/.exec(key)?.[0] ?? ''
    const bare = key.replace(/\d+/, '').replaceAll(/_+/g, '_')
    // Without a number only the two that belong together by name.
    if (number === '' && !/^options?_(?:groups?|names?|values?)$/.test(bare)) continue
    const slot = byNumber.get(number) ?? {}
    if (nameWord.test(bare)) slot.name ??= column
    else if (valueWord.test(bare)) slot.value ??= column
    // As Wix calls its values.
    else if (/(?:^|_)description(?:_|$)/.test(bare)) slot.described ??= column
    byNumber.set(number, slot)
  }
  return [...byNumber.values()].flatMap(({ name, value, described }) => {
    const stated = value ?? described
    return name !== undefined && stated !== undefined ? [{ name, value: stated }] : []
  })
}

const text = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''

/** What a row states in such columns; names come from `above` where the row leaves them out (its product's first row). */
export function statedOptions(
  columns: readonly OptionColumns[],
  fields: Readonly<Record<string, unknown>>,
  above: Readonly<Record<string, unknown>> | null,
): [name: string, value: string][] {
  const stated: [string, string][] = []
  for (const { name, value } of columns) {
    const label = text(fields[name]) || text(above?.[name])
    const own = text(fields[value])
    if (label === '' || own === '') continue
    // The only option of a product without any (Shopify).
    if (label === 'Title' && own === 'Default Title') continue
    const labels = label.split('|')
    const values = own.split('|')
    if (labels.length > 1 && labels.length === values.length) {
      for (const [index, each] of labels.entries()) stated.push([each.trim(), values[index]?.trim() ?? ''])
    } else stated.push([label, own])
  }
  return stated
}

/** `sku=A,size=M,color=Red|sku=B,size=L,color=Red` (Magento): the rows that are this product's variants, with their options. */
export function parseVariations(cell: unknown): { sku: string; options: Record<string, string> }[] | null {
  const all = text(cell)
  if (!/^sku=[^,|]+(?:,[^=,|]+=[^|]*)*(?:\||$)/.test(all)) return null
  return all.split('|').flatMap((part) => {
    const options: Record<string, string> = {}
    let sku = ''
    for (const pair of part.split(/,(?=[^,=]+=)/)) {
      const at = pair.indexOf('=')
      const name = pair.slice(0, at).trim()
      const value = pair.slice(at + 1).trim()
      if (name === 'sku') sku = value
      else if (name !== '' && name !== '__proto__') options[name] = value
    }
    return sku === '' ? [] : [{ sku, options }]
  })
}
