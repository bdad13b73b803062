import fc from 'fast-check'

/** What may go wrong with a file on its way: cut off, doubled, other values, other names. */
export type Mutation = (text: string) => string

const values = [
  '',
  '-1',
  '0',
  '1e308',
  'NaN',
  'Infinity',
  '$x',
  '${',
  '${1/0}',
  'none',
  'true',
  '\u{1F697}',
  '7',
]
const names = ['Road', 'lane', 'Vertex', 'Condition', 'geometry', 'Event', 'x']

function nth<Item>(items: Item[], at: number): Item | undefined {
  return items[at % Math.max(1, items.length)]
}

function replaceAt(text: string, match: RegExpExecArray | undefined, by: string): string {
  return match ? text.slice(0, match.index) + by + text.slice(match.index + match[0].length) : text
}

const mutation: fc.Arbitrary<Mutation> = fc
  .record({
    kind: fc.constantFrom('value', 'value', 'drop attribute', 'drop', 'double', 'rename', 'cut', 'swap'),
    at: fc.nat(100_000),
    value: fc.constantFrom(...values),
    name: fc.constantFrom(...names),
  })
  .map(({ kind, at, value, name }) => (text) => {
    const attributes = [...text.matchAll(/ [\w]+="[^"]*"/g)]
    const empty = [...text.matchAll(/<\w+[^<>]*\/>/g)]
    const attribute = nth(attributes, at)
    const element = nth(empty, at)
    switch (kind) {
      case 'value':
        return replaceAt(text, attribute, attribute?.[0].replace(/"[^"]*"/, () => `"${value}"`) ?? '')
      case 'drop attribute':
        return replaceAt(text, attribute, '')
      case 'drop':
        return replaceAt(text, element, '')
      case 'double':
        return replaceAt(text, element, `${element?.[0]}${element?.[0]}`)
      case 'rename':
        return replaceAt(text, element, element?.[0].replace(/<\w+/, () => `<${name}`) ?? '')
      case 'swap':
        return replaceAt(text, element, nth(empty, at + 7)?.[0] ?? '')
      default:
        return text.slice(0, at % text.length)
    }
  })

/** A few mutations, one after the other. */
export const mutations = fc.array(mutation, { minLength: 1, maxLength: 3 }).map(
  (all): Mutation =>
    (text) =>
      all.reduce((changed, mutate) => mutate(changed), text),
)
