import { expect, test } from 'vitest'
import { durationSeconds } from '../../src/import/imported.ts'
import { readImport } from '../../src/import/read-import.ts'

const steps = (text: string) =>
  readImport(text).scenario.requests.map(({ method, path, thinkMs, extract }) => ({
    method,
    path,
    ...(thinkMs === undefined ? {} : { thinkMs }),
    ...(extract === undefined ? {} : { extract }),
  }))

test('a Taurus file becomes requests of the scenario that is executed, with users or a rate [READY-IMPORT-05]', () => {
  const text = `
execution:
  - { throughput: 20, ramp-up: 1m, hold-for: 2m, scenario: shop }
scenarios:
  shop:
    default-address: http://127.0.0.1:8080/
    think-time: 500ms
    headers: { Accept: application/json }
    requests:
      - /home
      - { url: '/item/\${id}', method: POST, body: { size: M }, think-time: 2s, extract-jsonpath: { order: $.order.id } }
  other: { requests: [/never] }
`
  const found = readImport(text)
  expect(found.format).toBe('Taurus')
  expect(found.scenario.target).toBe('http://127.0.0.1:8080')
  expect(found.scenario.load).toEqual([
    { kind: 'ramp', fromPerSecond: 0, toPerSecond: 20, seconds: 60 },
    { kind: 'constant', ratePerSecond: 20, seconds: 120 },
  ])
  expect(steps(text)).toEqual([
    { method: 'GET', path: '/home', thinkMs: 500 },
    { method: 'POST', path: '/item/{{id}}', thinkMs: 2000, extract: { order: '$.order.id' } },
  ])
  expect(() =>
    readImport('execution: [{ scenario: a }]\nscenarios: { a: { script: locustfile.py } }'),
  ).toThrow('locustfile.py is a script of another tool')
})

test('pauses and values from answers are taken over from k6, Artillery, JMeter and HAR [READY-IMPORT-05]', () => {
  expect(
    steps(`import http from 'k6/http'
const base = \`http://\${__ENV.HOST}\`
const api = \`\${base}/api\`
export default function () {
  http.get(http.url \`\${api}/a\`); sleep(0.5)
  http.post('http://h/b', null)
}`),
  ).toEqual([
    { method: 'GET', path: '/api/a', thinkMs: 500 },
    { method: 'POST', path: '/b' },
  ])
  expect(
    steps(`config: { target: 'http://h', phases: [{ duration: 1m, arrivalRate: 2 }] }
scenarios:
  - flow:
      - post: { url: /login, capture: [{ json: $.token, as: token }] }
      - think: 3
      - get: { url: /me }`),
  ).toEqual([
    { method: 'POST', path: '/login', thinkMs: 3000, extract: { token: '$.token' } },
    { method: 'GET', path: '/me' },
  ])
  const sampler = (path: string) =>
    `<HTTPSamplerProxy testclass="HTTPSamplerProxy" testname="${path}"><stringProp name="HTTPSampler.domain">h</stringProp><stringProp name="HTTPSampler.path">${path}</stringProp><stringProp name="HTTPSampler.method">GET</stringProp></HTTPSamplerProxy>`
  expect(
    steps(
      `<jmeterTestPlan><hashTree>${sampler('/a')}<hashTree><UniformRandomTimer testclass="UniformRandomTimer" testname="wait"><stringProp name="ConstantTimer.delay">300</stringProp><stringProp name="RandomTimer.range">200</stringProp></UniformRandomTimer><JSONPostProcessor testclass="JSONPostProcessor" testname="take"><stringProp name="JSONPostProcessor.referenceNames">id;n</stringProp><stringProp name="JSONPostProcessor.jsonPathExprs">$.id;$.list[0]</stringProp></JSONPostProcessor></hashTree>${sampler('/b')}</hashTree></jmeterTestPlan>`,
    ),
  ).toEqual([
    { method: 'GET', path: '/a', thinkMs: 400, extract: { id: '$.id', n: '$.list[0]' } },
    { method: 'GET', path: '/b' },
  ])
  const entry = (path: string, at: string) => ({
    startedDateTime: `2026-01-01T00:00:${at}Z`,
    request: { method: 'GET', url: `http://h${path}`, headers: [] },
  })
  expect(
    steps(
      JSON.stringify({ log: { entries: [entry('/a', '00.0'), entry('/b', '00.2'), entry('/c', '04.2')] } }),
    ),
  ).toEqual([
    { method: 'GET', path: '/a' },
    { method: 'GET', path: '/b', thinkMs: 4000 },
    { method: 'GET', path: '/c' },
  ])
})

test('executors of k6 become stages; one that is not known is listed [READY-IMPORT-05]', () => {
  const found = readImport(`import http from 'k6/http'
export const options = { scenarios: {
  steady: { executor: 'constant-arrival-rate', rate: 1_200, timeUnit: '1m', duration: '2m' },
  climb: { executor: 'ramping-arrival-rate', startRate: 10, stages: [{ duration: '30s', target: 50 }] },
  people: { executor: 'ramping-vus', stages: [{ duration: '10s', target: 5 }] },
  odd: { executor: 'quantum-vus' },
} }
export default () => { http.get('http://h/') }`)
  expect(found.scenario.load).toEqual([
    { kind: 'constant', ratePerSecond: 20, seconds: 120 },
    { kind: 'ramp', fromPerSecond: 10, toPerSecond: 50, seconds: 30 },
    { kind: 'users', users: 5, seconds: 10 },
  ])
  expect(found.left.map(({ where }) => where)).toEqual(['options.scenarios.odd', 'options.scenarios'])
})

test.each([
  ['1h2m3.5s', 3600],
  ['1m30s', 90],
  ['2 minutes', 120],
  ['500ms', 0.5],
  [7, 7],
  ['soon', null],
  ['', null],
])('reads %s as a duration', (text, seconds) => {
  expect(durationSeconds(text)).toBe(seconds)
})
