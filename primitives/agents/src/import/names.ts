/** Words of CEL, which name no field: `steps.null` cannot be read. */
export const reserved = new Set(
  'as break const continue else false for function if import in let loop null package namespace return true var void while'.split(
    ' ',
  ),
)

/** Gives each name of a source an id that is free: small letters, digits and underscores, at most 50 characters. */
export class Ids {
  readonly #taken: Set<string>

  constructor(taken: readonly string[] = []) {
    this.#taken = new Set(taken)
  }

  take(name: string): string {
    const plain = slug(name, '_').slice(0, 50).replace(/_+$/, '')
    const base = /^[a-z]/.test(plain) ? plain : `step_${plain}`.replace(/_+$/, '')
    let id = base
    for (let count = 2; this.#taken.has(id) || reserved.has(id); count++) id = `${base}_${count}`
    this.#taken.add(id)
    return id
  }
}

export function slug(name: string, joint: '_' | '-'): string {
  return name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, joint)
    .replace(/^[-_]+|[-_]+$/g, '')
}

/** A name of an agent: letters, digits and single hyphens. */
export function agentNameOf(title: string): string {
  const plain = slug(title, '-').slice(0, 60).replace(/-+$/, '')
  if (plain === '') return 'imported'
  return /^[a-z]/.test(plain) ? plain : `agent-${plain}`.slice(0, 64).replace(/-+$/, '')
}

/** A text cut to a length, whole characters. */
export const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`

/** A plain text inside a template: what would begin an expression is escaped. */
export const escapeTemplate = (text: string): string => text.replaceAll('${', () => '$${')
