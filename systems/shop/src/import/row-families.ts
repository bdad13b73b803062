import { byName } from './by-name.ts'
import { cellOf } from './joined-columns.ts'
import type { ColumnProfile } from './column-profile.ts'
import { attributeName } from './clean-text.ts'
import type { ProductColumn } from './columns.ts'
import type { FlatRow } from './nested-row.ts'
import { priceSense } from './price-senses.ts'

/** A row that is one choice (a size, a colour, a pack) of a product whose other rows state the others. */
export interface FamilyRow {
  family: number
  /** Of the product: the row's own without what it chooses. */
  title: string
  options: Record<string, string>
  /** Columns that state the choice: no property of the product. */
  columns: readonly string[]
}

/** Rows of longer feeds are left as they are: all are looked at side by side. */
export const maxFamilyRows = 30_000

interface Held {
  /** Which row of the feed it is, from 1. */
  at: number
  fields: FlatRow['fields']
}

const text = (value: unknown): string =>
  typeof value === 'string'
    ? value.trim()
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : ''

const words = (value: string): string[] =>
  value
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? []

/** Whether what a cell says is a size, a measure or a pack by itself. */
const isMeasure = (value: string): boolean =>
  /^(?:\d{1,4}(?:[.,/]\d+)?\s?(?:[a-zµ]{1,4}|stück|stuks|st|pcs|pack|pz|ud|uds)?\.?|x{0,4}[sml]|[2-6]xl|one ?size|small|medium|large|\d+\s?x\s?\d+.*|pack of \d+|\d+ ?pack)$/iu.test(
    value,
  )

const unspaced = (value: string): string => value.toLowerCase().replaceAll(/\s+/g, '')

/** Finds a value where no letter or digit stands beside it, and what sets it apart. */
function standingAlone(value: string): RegExp {
  const bare = value.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/\s+/g, '\\s*')
  return new RegExp(`[\\s,;:/|–—-]*[([]?(?<![\\p{L}\\p{N}])${bare}(?![\\p{L}\\p{N}])[)\\]]?`, 'iu')
}

/** A text without the words of a value in it, once; null where they do not stand in it as they are. */
function without(title: string, value: string, expression: typeof standingAlone): string | null {
  // Most values stand in no title, and are told so for less than an expression costs.
  if (value === '' || !unspaced(title).includes(unspaced(value))) return null
  const found = expression(value).exec(title)
  if (!found) return null
  const rest = `${title.slice(0, found.index)} ${title.slice(found.index + found[0].length)}`
  return rest
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\(\s*\)|\[\s*\]/g, '')
    .replace(/[\s,;:/|–—-]+$/, '')
    .trim()
}

/** Shares nearly all words, so that a size named in a description does not make it another one. */
function isSameText(a: string, b: string): boolean {
  if (a === b) return true
  const [one, two] = [new Set(words(a)), new Set(words(b))]
  const shared = [...one].filter((word) => two.has(word)).length
  return shared >= 0.9 * Math.max(one.size, two.size)
}

/**
 * Rows that state one product by its sizes, colours or packs where no column names their parent: their titles are the same, or differ
 * only in what a column of choices states; brand, category and description agree; and the choices tell every row from every other.
 * Nothing is joined by a title alone.
 * @returns by number of the row; empty where the feed has none
 */
export function findRowFamilies(
  rows: readonly Held[],
  columns: ReadonlyMap<ProductColumn, string>,
  profiles: ReadonlyMap<string, ColumnProfile>,
): Map<number, FamilyRow> {
  const found = new Map<number, FamilyRow>()
  const titleName = columns.get('title')
  if (titleName === undefined || rows.length < 3 || rows.length > maxFamilyRows) return found
  const cell = ({ fields }: Held, name: string | undefined) =>
    name === undefined ? '' : text(cellOf(fields, name))
  const shared = (['brand', 'category'] as const).flatMap((role) => columns.get(role) ?? [])
  const choices = choiceColumns(columns, profiles)
  if (choices.length === 0) return found
  // Of thousands of columns a row states a dozen: each is looked at where it is stated.
  const isChoice = new Set(choices.map(({ name }) => name))
  const stated = new Map<Held, [name: string, value: string][]>(
    rows.map((row) => [
      row,
      Object.keys(row.fields).flatMap((name): [string, string][] => {
        const value = isChoice.has(name) ? cell(row, name) : ''
        return value === '' ? [] : [[name, value]]
      }),
    ]),
  )
  // Values recur from row to row.
  const expression = byName(standingAlone)
  const stating = new Map<string, number>()
  for (const values of stated.values())
    for (const [name] of values) stating.set(name, (stating.get(name) ?? 0) + 1)
  // How many of its values may still stand in no title.
  const spare = new Map([...stating].map(([name, of]) => [name, of * 0.4]))
  for (const [row, values] of stated) {
    const title = cell(row, titleName)
    for (const [name, value] of values) {
      const left = spare.get(name) ?? 0
      if (left >= 0 && without(title, value, expression) === null) spare.set(name, left - 1)
    }
  }
  const inTitle = choices.filter(({ name }) => (stating.get(name) ?? 0) >= 3 && (spare.get(name) ?? 0) >= 0)
  const sharedTitle = (row: Held, chosen: readonly Choice[]): string =>
    chosen.reduce(
      (title, { name }) => without(title, cell(row, name), expression) ?? title,
      cell(row, titleName),
    )
  const groups = new Map<string, Held[]>()
  for (const row of rows) {
    const base = sharedTitle(row, inTitle)
    if (base === '') continue
    const category = shared.map((name) =>
      Array.isArray(row.fields[name]) ? JSON.stringify(row.fields[name]) : cell(row, name),
    )
    const key = [words(base).join(' '), ...category].join('\n')
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  // A value that only one title is ever had in says what that title is, not how it is had.
  const titlesOf = new Map<string, Set<string>>()
  for (const [key, group] of groups)
    for (const row of group)
      for (const [name, said] of stated.get(row) ?? []) {
        const value = `${name}\n${said.toLowerCase()}`
        titlesOf.set(value, (titlesOf.get(value) ?? new Set()).add(key))
      }
  let family = 0
  for (const own of groups.values()) {
    const [first] = own
    if (own.length < 2 || first === undefined) continue
    const varying = [...new Set(own.flatMap(({ fields }) => Object.keys(fields)))].filter(
      (name) => profiles.has(name) && new Set(own.map((row) => cell(row, name))).size > 1,
    )
    const isVarying = new Set(varying)
    const chosen = choices.filter(({ name, isNamed }) => {
      if (!isVarying.has(name)) return false
      const values = own.map((row) => cell(row, name)).filter((value) => value !== '')
      const recurs = values.filter(
        (value) => (titlesOf.get(`${name}\n${value.toLowerCase()}`)?.size ?? 0) > 1,
      ).length
      return isNamed || values.every(isMeasure) || recurs >= values.length / 2
    })
    const names = chosen.map(({ name }) => name)
    const isFree = (name: string) =>
      names.includes(name) || name === titleName || isOwnOfRow(name, columns, profiles)
    const description = columns.get('description')
    const told = new Set(own.map((row) => names.map((name) => cell(row, name).toLowerCase()).join('\n')))
    if (
      names.length === 0 ||
      told.size !== own.length ||
      !varying.every((name) => name === description || isFree(name)) ||
      !own.every((row) => isSameText(cell(first, description), cell(row, description)))
    )
      continue
    const title = sharedTitle(
      first,
      inTitle.filter(({ name }) => names.includes(name)),
    )
    for (const row of own) {
      const options: Record<string, string> = {}
      for (const { name, label } of chosen) {
        const value = cell(row, name)
        if (value !== '' && label !== '') options[label] = value.slice(0, 200)
      }
      found.set(row.at, { family, title, options, columns: names })
    }
    family++
  }
  return found
}

interface Choice {
  name: string
  label: string
  /** Its name says that it states a choice. */
  isNamed: boolean
}

const choiceNames =
  /^(?:colou?r|colou?rs|farben?|couleurs?|colore?s?|cor(?:es)?|kleur|f[aä]rg|sizes?|gr(?:ö|oe)(?:ß|ss)en?|tailles?|tallas?|taglia|maat|storlek|tamanho|tama[nñ]o|format|formato|pack|pack_?size|package|packung|presentation|presentaci[oó]n|apresenta[cç][aã]o|confezione|conditionnement|verpakking|f[oö]rpackning|finish|flavou?r|geschmack|go[uû]t|sabor|gusto|smaak|smak|scent|volume|peso|weight|gewicht|length|width|l[aä]nge|longitud|розмір|размер|цвет|колір)$/u

function choiceColumns(
  columns: ReadonlyMap<ProductColumn, string>,
  profiles: ReadonlyMap<string, ColumnProfile>,
): Choice[] {
  const roles = new Map([...columns].map(([role, name]) => [name, role]))
  return [...profiles].flatMap(([name, p]) => {
    const role = roles.get(name)
    if (role !== undefined && role !== 'color' && role !== 'size') return []
    const key = attributeName(name.replace(/^param_/, ''))
    const isNamed = role !== undefined || choiceNames.test(key)
    const isShort = p.filled > 1 && p.meanLength <= 30 && p.meanWords <= 4 && p.maxLength <= 80
    const isPlain =
      p.link < 0.1 && p.image < 0.1 && p.html < 0.1 && p.date < 0.2 && p.list < 0.1 && p.boolean < 0.5
    const recurs = p.distinctShare < 0.7 && p.distinct > 1
    // What is measured of each is no choice, unless its name says so.
    const isAmount = priceSense(name) !== null || p.money > 0.3 || (!isNamed && p.number > 0.5)
    return isShort && isPlain && (isNamed || recurs) && !isAmount
      ? [{ name, label: role ?? key, isNamed }]
      : []
  })
}

/** What each row has for itself: its id and number, its price and stock, its pictures and page. */
function isOwnOfRow(
  name: string,
  columns: ReadonlyMap<ProductColumn, string>,
  profiles: ReadonlyMap<string, ColumnProfile>,
): boolean {
  const p = profiles.get(name)
  const role = [...columns].find(([, taken]) => taken === name)?.[0]
  if (role !== undefined)
    return [
      'id',
      'variantId',
      'price',
      'salePrice',
      'compareAt',
      'stock',
      'availability',
      'image',
      'moreImages',
      'url',
    ].includes(role)
  if (p === undefined || priceSense(name) !== null) return true
  return (
    (p.distinctShare > 0.95 && p.meanWords < 3) ||
    p.link > 0.5 ||
    p.image > 0.5 ||
    p.date > 0.5 ||
    p.number > 0.9
  )
}
