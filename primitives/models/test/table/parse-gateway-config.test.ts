import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyConfigEdits } from '../../src/table/edit-gateway-config.ts'
import { secretReader } from '../../src/secret.ts'
import { parseGatewayConfig } from '../../src/table/parse-gateway-config.ts'

const provider = `"vllm": { "kind": "openai", "replicas": ["http://10.0.0.1:8000/v1"] }`

function problems(text: string): string[] {
  const parsed = parseGatewayConfig(text)
  if (!('problems' in parsed)) return []
  return parsed.problems.map(({ line, column, path, message }) => `${line}:${column} ${path} ${message}`)
}

test('reads a table with comments and trailing commas', () => {
  const parsed = parseGatewayConfig(`{
    // One machine.
    "providers": { ${provider}, },
    "models": { "large": { "targets": [{ "provider": "vllm", "model": "m" }] } }, /* end */
  }`)
  expect('config' in parsed && parsed.config.models['large']?.policy).toBe('least-outstanding')
})

test('names line and column of what is wrong, all of it [MODELS-CONFIG-01]', () => {
  const found = problems(`{
  "providers": {
    "vllm": { "kind": "openai", "replicas": [{ "url": "http://a/v1", "wieght": 2 }] },
    "bad name!": { "kind": "openai", "replicas": ["http://b/v1"] }
  },
  "modles": {},
  "models": { "large": { "targets": [{ "provider": "vllm" }], "retries": 9 } }
}`)
  expect(found).toEqual([
    expect.stringMatching(/^3:70 providers\.vllm\.replicas\[0\]\.wieght .*Did you mean "weight"/),
    expect.stringMatching(/^4:5 providers\["bad name!"\] expected letters/),
    expect.stringMatching(/^7:38 models\.large\.targets\[0\]\.model "model" is missing/),
    expect.stringMatching(/^7:74 models\.large\.retries /),
    expect.stringMatching(/^6:3 modles .*Did you mean "models"/),
  ])
})

test('names the place of an error of the syntax and of a name that stands twice [MODELS-CONFIG-01]', () => {
  expect(problems('{\n  "models": {,}\n}')[0]).toMatch(/^2:14 /)
  expect(problems('')[0]).toMatch(/^1:1 /)
  expect(problems('{\n "tasks": {},\n "tasks": {}\n}')).toEqual([
    '3:2 tasks This stands here twice. Remove one.',
  ])
})

test('finds names that nothing has, with the nearest, and cascades in circles [MODELS-CONFIG-02]', () => {
  const target = `"targets": [{ "provider": "vllm", "model": "m" }]`
  const found = problems(`{
  "providers": { "vllm": { "kind": "openai", "replicas": ["http://a/v1", "http://a/v1/"] } },
  "models": {
    "large": { "targets": [{ "provider": "vlm", "model": "m" }] },
    "a": { ${target}, "cascade": { "to": "b", "accept": { "refusePattern": "(" } } },
    "b": { ${target}, "cascade": { "to": "a" } }
  },
  "tasks": { "answer": "larg" },
  "keys": { "k1": { "models": ["answer", "lagre"] } }
}`)
  expect(found).toEqual([
    expect.stringMatching(/^4:42 .*no provider "vlm"\. Did you mean "vllm"/),
    expect.stringMatching(/^8:24 tasks\.answer .*Did you mean "large"/),
    expect.stringMatching(/^9:42 keys\.k1\.models\[1\] .*Did you mean "large"/),
    expect.stringMatching(/^5:\d+ models\.a\.cascade\.accept\.refusePattern .*no regular expression/),
    expect.stringMatching(/^5:\d+ models\.a\.cascade\.to .*a → b → a/),
    expect.stringMatching(/^2:\d+ providers\.vllm\.replicas\[1\] .*replica 1 too/),
  ])
})

test('warns of unknown prices, unreadable secrets and weights without effect', async () => {
  const parsed = parseGatewayConfig(`{
  "providers": { "vllm": { "kind": "openai", "apiKey": "env:HEAVYLIFT_SECRET_ABSENT", "replicas": ["http://a/v1"] } },
  "models": { "large": { "targets": [{ "provider": "vllm", "model": "m" }] } },
  "keys": { "k1": { "weight": 2 } }
}`)
  if ('problems' in parsed) throw new Error('it is valid')
  const readSecret = secretReader({ secretsDir: '/nowhere', environment: {} })
  const warnings = await parsed.warnings({ hasPrice: () => false, readSecret })
  expect(warnings.map(({ line, path }) => `${line} ${path}`)).toEqual([
    '3 models.large.targets[0].model',
    '4 keys.k1.weight',
    '2 providers.vllm.apiKey',
  ])
})

test('whatever the text, it is read or told of at a place inside it [MODELS-CONFIG-01]', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"models"',
    ':',
    ',',
    '1',
    '//x\n',
    '"a',
    '\n',
    'null',
    '\\',
  )
  const text = fc.oneof(
    fc.string(),
    fc.array(piece).map((pieces) => pieces.join('')),
    fc.json(),
  )
  fc.assert(
    fc.property(text, (source) => {
      const parsed = parseGatewayConfig(source)
      if (!('problems' in parsed)) return
      expect(parsed.problems.length).toBeGreaterThan(0)
      const lines = source.split('\n')
      for (const { line, column } of parsed.problems) {
        expect(line).toBeLessThanOrEqual(lines.length)
        expect(column).toBeLessThanOrEqual(lines[line - 1]!.length + 1)
      }
    }),
  )
})

test('an edit changes its value and leaves comments and all else alone [MODELS-CONFIG-04]', () => {
  const name = fc.stringMatching(/^[a-z]{1,6}$/)
  fc.assert(
    fc.property(name, name, fc.nat(1000), (model, other, value) => {
      fc.pre(model !== other)
      const text = `// top\n{\n  // tasks\n  "tasks": { "${other}": "x" /* kept */ }\n}\n`
      const edited = applyConfigEdits(text, [{ path: ['tasks', model], value: `m${value}` }])
      for (const comment of ['// top', '// tasks', '/* kept */']) expect(edited).toContain(comment)
      const without = edited.replaceAll(/\/\/[^\n]*|\/\*.*?\*\//g, '')
      expect(JSON.parse(without)).toEqual({ tasks: { [other]: 'x', [model]: `m${value}` } })
    }),
  )
})
