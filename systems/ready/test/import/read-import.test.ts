import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sampleFiles } from '../../samples/sample-files.ts'
import { readImport } from '../../src/import/read-import.ts'

const read = (name: string) => readImport(sampleFiles.find((file) => file.name === name)?.text ?? '')
const brief = (name: string) =>
  read(name).scenario.requests.map(({ method, path, body }) =>
    [method, path, ...(body === undefined ? [] : [body])].join(' '),
  )

test('reads requests of each format as they are [READY-IMPORT-01]', () => {
  expect(brief('visit.har')).toEqual([
    'GET /search?q=lamp&token={{token}}',
    'POST /login {"user":"ann","password":"{{password}}"}',
  ])
  expect(brief('openapi.yaml')).toEqual([
    'GET /v1/orders/o-1?full=true',
    'POST /v1/orders {"lines":[{"sku":"textxx","count":2}],"email":"somebody@example.com"}',
  ])
  expect(brief('postman.json')).toEqual(['POST /basket/{{id}}/lines {"sku":"lamp"}'])
  expect(brief('plan.jmx')).toEqual(['GET /find?q={{word}}'])
  expect(brief('artillery.yml')).toEqual(['GET /items/{{randomNumber}}', 'POST /basket {"sku":"lamp"}'])
  expect(brief('script.js')).toEqual(['GET /pizza/{{id}}', 'POST /order {"size":"L","token":"{{token}}"}'])
  expect(brief('access.log')).toEqual([
    'GET /item/0?session={{session}}',
    'GET /item/1?session={{session}}',
    'GET /item/2?session={{session}}',
  ])
})

test('reads a HAR that comes as a call for a page [READY-IMPORT-01]', () => {
  const { text } = sampleFiles.find(({ name }) => name === 'visit.har')!
  expect(readImport(`onInputData(${text});\n`)).toEqual(readImport(text))
})

test('takes over how requests are sent over time [READY-IMPORT-01]', () => {
  expect(read('artillery.yml').scenario.load).toEqual([
    { kind: 'ramp', fromPerSecond: 5, toPerSecond: 50, seconds: 10 },
    { kind: 'constant', ratePerSecond: 50, seconds: 60 },
  ])
  expect(read('script.js').scenario.load[0]).toEqual({ kind: 'users', users: 20, seconds: 90 })
  expect(read('plan.jmx').scenario).toMatchObject({
    target: 'http://127.0.0.1:8080',
    load: [{ kind: 'users', users: 7, seconds: 20 }],
  })
  expect(read('access.log').scenario.load[0]).toMatchObject({ kind: 'replay', counts: [10, 8, 10, 8] })
})

test('lists what it cannot read, with its place and what to do [READY-IMPORT-02]', () => {
  expect(read('visit.har').left).toEqual([
    { where: 'log.entries[2]', advice: expect.stringContaining('ads.example') as unknown },
  ])
  expect(read('postman.json').left.map(({ where }) => where)).toEqual(['item[0].item[0].event', 'item[1]'])
  expect(read('script.js').left).toEqual([
    { where: 'line 8', advice: expect.stringContaining('computed (pick(addresses))') as unknown },
  ])
  expect(read('plan.jmx').left[0]?.advice).toContain('JSR223Sampler is not read')
  expect(read('access.log').left[0]?.advice).toContain('not replayed')
  expect(() => readImport('nothing of the kind')).toThrow('none of HAR')
  expect(() => readImport('{"log": {"entries": [}}')).toThrow('It begins as JSON and does not go on so')
})

test('no secret of any file is in what comes of it [READY-IMPORT-03]', () => {
  for (const { name, text } of sampleFiles) {
    expect(JSON.stringify(readImport(text)), name).not.toContain('s3cret')
    if (text.includes('s3cret')) expect(readImport(text).secrets.length, name).toBeGreaterThan(0)
  }
})

test('entities, document types and bombs of aliases are not expanded [READY-IMPORT-04]', () => {
  const jmx = sampleFiles.find(({ name }) => name === 'plan.jmx')?.text ?? ''
  const evil = jmx
    .replace('<jmeterTestPlan', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n<jmeterTestPlan')
    .replace('/find', '&e;')
  expect(() => readImport(evil)).toThrow('A document type is not read')
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'
    .split('')
    .map(
      (name, at) =>
        `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefghij'[at]}`).join(',')}]`,
    )
    .join('\n')}\n`
  expect(() => readImport(bomb)).toThrow()
})

test('never throws anything but a refusal, whatever a file is cut to [READY-IMPORT-04]', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...sampleFiles),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.string({ maxLength: 5 }),
      ({ text }, share, noise) => {
        const cut = Math.floor(share * text.length)
        try {
          readImport(text.slice(0, cut) + noise + text.slice(cut + 3))
        } catch (error) {
          expect((error as { code?: string }).code).toMatch(/^import-/)
        }
      },
    ),
    { numRuns: 300 },
  )
})
