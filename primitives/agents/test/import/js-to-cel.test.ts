import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/expressions/expression.ts'
import { atom, NotCel } from '../../src/import/js/cel-value.ts'
import { jsToCel } from '../../src/import/js/to-cel.ts'

const names = { variable: (name: string) => (name === 'x' ? atom('input', 'any') : null) }
const input = {
  name: 'Ada Lovelace',
  empty: '',
  count: 3,
  half: 7,
  list: ['b', 'a'],
  rows: [{ n: 'one' }, { n: 'two' }],
  when: '2026-01-31T12:30:59Z',
  json: '{"a":[1]}',
  'odd name': true,
}
/** What JavaScript gives, held against what the CEL gives. */
const both = (source: string): { js: unknown; cel: unknown } => ({
  js: JSON.parse(
    runInNewContext(`JSON.stringify([(${source})])`, {
      x: structuredClone(input),
      encodeURIComponent,
    }) as string,
  )[0] as unknown,
  cel: compile(jsToCel(source, names).text).evaluate({ input, run: { startedMs: 0 } }),
})

describe('JavaScript as CEL', () => {
  it.each([
    'x.name',
    'x["odd name"]',
    'x.rows[1].n',
    'x.missing?.deep ?? "none"',
    'x.missing || x.empty || "last"',
    'x.count > 2 && x.name !== "Bob" ? "many" : "few"',
    '!x.missing',
    'x.missing === undefined',
    'x.half / 2',
    'x.half % 2 === 1',
    '-x.count + 1',
    '`${x.name} has ${x.count}`',
    '"n" + x.count + x.name',
    'x.name.toUpperCase().split(" ")[0]',
    'x.name.slice(0, 3) + x.name.substring(4)',
    'x.name.slice(-4)',
    'x.name.replace(/a/gi, "-")',
    'x.name.replace(/(\\w+) (\\w+)/, "$2 $1")',
    'x.name.match(/L(.)/)[1]',
    'x.name.includes("Love")',
    'x.list.includes("a")',
    'x.list.map((item) => item + "!").join("; ")',
    'x.rows.filter((r) => r.n === "two").length',
    'x.rows.map(r => { const n = r.n; return { name: n }; })',
    'JSON.stringify({ a: x.list, b: x.count })',
    'JSON.parse(x.json).a[0]',
    'Object.keys(x.rows[0])',
    'Math.round(2.5) + Math.max(1, x.count)',
    'Number("4.5") * 2',
    'parseInt("42") + 1',
    '(12.345).toFixed(1)',
    'String(x.count).padStart(3, "0")',
    'new Date(x.when).getTime()',
    'encodeURIComponent(x.name)',
    '(() => { const n = x.name; return n.length })()',
    'typeof x.name === "string"',
    '[x.count, { deep: x.list }]',
  ])('%s has the same value [AGENTS-IMPORT-03]', (source) => {
    const { js, cel } = both(source)
    expect(cel).toEqual(js)
  })

  it.each([
    'fetch("https://example.com")',
    'x.constructor("return 1")()',
    'eval("1")',
    'x.a = 1',
    'while(true){}',
    'this.process',
    'x.list.sort((a, b) => a - b)',
  ])('%s is left to a person, and never run', (source) => {
    expect(() => jsToCel(source, names)).toThrow(NotCel)
  })
})
