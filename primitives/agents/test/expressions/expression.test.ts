import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compile } from '../../src/expressions/expression.ts'
import { parseTemplate } from '../../src/expressions/template.ts'

const value = (source: string, scope: Record<string, unknown> = {}) => compile(source).evaluate(scope)
const code = (run: () => unknown): string | undefined => {
  try {
    run()
    return undefined
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('expressions', () => {
  test('read JSON and give JSON: whole numbers stay whole, others stay numbers [AGENTS-CEL-01]', () => {
    const scope = {
      input: { n: 9, price: 9.5, tags: ['a', 'b'], name: 'Ada', nested: { deep: [1, { x: null }] } },
    }
    expect(value('input', scope)).toEqual(scope.input)
    expect(value('input.n + 1', scope)).toBe(10)
    expect(value('input.n * 1.5', scope)).toBe(13.5)
    expect(value('input.price + input.n', scope)).toBe(18.5)
    expect(value('input.tags.map(t, t.upperAscii())', scope)).toEqual(['A', 'B'])
    expect(value('{"who": input.name, "when": timestamp("2026-01-02T03:04:05Z")}', scope)).toEqual({
      who: 'Ada',
      when: '2026-01-02T03:04:05Z',
    })
    expect(value('has(input.nested.deep) && !has(input.missing)', scope)).toBe(true)
    expect(value('9007199254740993')).toBe('9007199254740993')
  })

  test('any JSON passes through an expression unchanged', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false } as never), (json) => {
        expect(JSON.stringify(value('input', { input: json }))).toBe(
          JSON.stringify(json, (_key, part: unknown) => (Object.is(part, -0) ? 0 : part)),
        )
      }),
      { numRuns: 200 },
    )
  })

  test('nothing but what the input has itself can be read [AGENTS-CEL-02]', () => {
    for (const source of [
      'input.constructor',
      'input.__proto__',
      'input["constructor"]["constructor"]("return process")()',
      'input.toString',
      'process.env.HOME',
      'globalThis',
      'input.map',
      '"".constructor',
      '@tick()',
      'this',
    ])
      expect(['expression-failed', 'expression-syntax'], source).toContain(
        code(() => value(source, { input: {} })),
      )
    expect(code(() => value('input', { input: () => 1 }))).toBe('expression-failed')
    const polluted = value('input', { input: JSON.parse('{"__proto__": {"isAdmin": true}}') }) as object
    expect(Object.getPrototypeOf(polluted)).toBe(Object.prototype)
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })

  test('says where an expression cannot be read', () => {
    expect(code(() => compile('input.a +'))).toBe('expression-syntax')
    expect(() => compile('input.a + * 2')).toThrow(expect.objectContaining({ offset: expect.any(Number) }))
    expect(code(() => compile('('.repeat(5000)))).toBe('expression-syntax')
    expect(code(() => compile('1+'.repeat(4990) + '1').evaluate({}))).not.toBe(undefined)
  })

  const list = Array.from({ length: 300 }, (_, at) => at)
  const doubling = `[s]${'.map(x, x + x)'.repeat(60)}`
  const sharing = `[[1]]${'.map(x, [x, x])'.repeat(60)}`
  test.each([
    ['loops inside loops', 'l.all(a, l.all(b, l.all(c, l.all(d, true || a > b))))'],
    ['loops whose failures are swallowed', 'l.all(a, l.exists(b, l.all(c, l.exists(d, a > 1000))) || true)'],
    ['a text that doubles', doubling],
    ['a list that shares its parts, compared', `${sharing} == ${sharing}`],
    ['a list that shares its parts, returned', sharing],
    ['replacing everything by much', 'l.map(i, s.replace("", s))'],
    ['a pattern of many repetitions on a long text', 'l.all(i, !(s + s).matches("(a?){900}(a){900}x"))'],
    [
      'a pattern that backtracking engines never finish',
      '(s + "!").matches("(a+)+$") || l.all(a, l.all(b, l.all(c, true)))',
    ],
    ['joining long texts', 'l.map(i, s).join(s)'],
  ])('an expression with %s ends, and says that it cost too much [AGENTS-CEL-03]', (_name, source) => {
    expect(code(() => value(source, { l: list, s: 'a'.repeat(10_000) }))).toBe('expression-cost')
  })

  test('lists of ordinary length cost little', () => {
    const items = Array.from({ length: 1_500 }, (_, at) => ({ id: at, ok: at % 2 === 0 }))
    expect((value('items.filter(i, i.ok).map(i, i.id)', { items }) as number[]).at(-1)).toBe(1_498)
  })

  test('tells what an expression reads, by path', () => {
    const reads = compile(
      'steps.fetch.output.items.filter(i, i.price > input.limit).map(i, i.name)[0] + steps["b"].output[2].c',
    ).reads.map((path) => path.join('.'))
    expect(reads).toContain('steps.fetch.output.items.*.price')
    expect(reads).toContain('input.limit')
    expect(reads).toContain('steps.b.output.2.c')
  })
})

describe('templates', () => {
  const scope = { input: { n: 3, who: 'Ada', list: [1, 2] } }
  test('a string that is one expression keeps its type; others become text [AGENTS-CEL-04]', () => {
    const template = parseTemplate({
      n: '${input.n}',
      all: ['${input.list}', 'Hello ${input.who}, ${input.n + 1} times: ${input.list}${null}'],
      escaped: 'costs $${input.n} and ${"}"} ${{"a": 1}.a}',
      plain: 'plain $5 {x}',
      flag: true,
    })
    expect(template.render(scope)).toEqual({
      n: 3,
      all: [[1, 2], 'Hello Ada, 4 times: [1,2]'],
      escaped: 'costs ${input.n} and } 1',
      plain: 'plain $5 {x}',
      flag: true,
    })
    expect(template.reads.map((path) => path.join('.')).toSorted()).toEqual([
      'input.list',
      'input.n',
      'input.who',
    ])
  })

  test('a failure names the string and the place in it', () => {
    expect(() => parseTemplate({ a: ['x ${input.'] })).toThrow(
      expect.objectContaining({ code: 'expression-syntax', at: ['a', 0], offset: 2 }),
    )
    expect(() => parseTemplate({ a: 'ab ${1 +}' })).toThrow(expect.objectContaining({ at: ['a'] }))
    expect(() => parseTemplate({ a: '${input.nothing}' }).render(scope)).toThrow(
      expect.objectContaining({ code: 'expression-failed', at: ['a'] }),
    )
  })

  test('what a value says is never read as an expression again [AGENTS-CEL-02]', () => {
    const evil = { input: { who: '${input.secret}', secret: 's' } }
    expect(parseTemplate('${input.who}').render(evil)).toBe('${input.secret}')
    expect(parseTemplate('Hi ${input.who}').render(evil)).toBe('Hi ${input.secret}')
  })
})
